package coaching

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// BuddyID identifies a buddy and the member whom they help.
type BuddyID = id.Of[Buddy]

// BuddyState is where the two stand: asked → on | refused; on → ended.
type BuddyState string

// The states.
const (
	BuddyAsked   BuddyState = "asked" // the buddy first, then the member, unless they asked
	BuddyOn      BuddyState = "on"
	BuddyRefused BuddyState = "refused"
	BuddyEnded   BuddyState = "ended"
)

// Buddy is a member with experience who helps another: they write to each other,
// and the buddy sees the agenda while the member lets them. Nothing else.
type Buddy struct {
	ID         BuddyID // zero: there is none
	Member     members.MemberID
	MemberName string
	Buddy      members.MemberID
	BuddyRole  members.RoleID
	BuddyName  string
	State      BuddyState
	MemberYes  bool
	BuddyYes   bool
	Until      members.Day // included, while they are on
	person     members.PersonID
}

// Live reports whether they are on today.
func (b Buddy) Live(today members.Day) bool { return b.State == BuddyOn && b.Until >= today }

// turn reports whether the two wait for this member's yes.
func (b Buddy) turn(m members.MemberID) bool {
	return b.State == BuddyAsked && (b.BuddyYes && m == b.Member || !b.BuddyYes && m == b.Buddy)
}

// BuddyNews tells one of the two that there is something to read or decide, and
// never what.
type BuddyNews struct {
	Pair        BuddyID
	Cooperative id.Cooperative
	ToBuddy     bool // or to the member
}

// Kind names the task.
func (BuddyNews) Kind() string { return "coaching.buddy_news" }

// ProposeBuddy asks two members of the acting coach's caseload whether one wants
// to be the buddy of the other: the buddy first, who does not hear for whom, and
// after their yes the member. It returns check.Problems at "buddy", ErrBuddyThere,
// and members.ErrNotFound to everybody but the coach of both.
func (s *Service) ProposeBuddy(ctx context.Context, by members.Actor, m, buddy members.MemberID) error {
	if m == buddy {
		return check.Problems{{Field: "buddy", Rule: "is_the_member"}}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for _, one := range []members.MemberID{m, buddy} {
			follow, err := findFollow(ctx, tx, by, one, members.DayOf(s.now()))
			if err != nil {
				return err
			}
			if follow.StandsIn() { // it lasts longer than they do
				return members.ErrNotFound
			}
		}
		return s.askBuddyTx(ctx, tx, by, m, buddy, false)
	})
}

// AskBuddy asks the member with this address to be the acting member's buddy,
// instead of whom they asked before: five times a day at the most. It looks the same
// for an address that nobody has here, leaves the same deed, and then asks nobody:
// who belongs is nobody's to find out. It returns check.Problems at "email",
// ErrBuddyThere, and members.ErrNotFound to everybody who is not a member, or not
// any more.
func (s *Service) AskBuddy(ctx context.Context, by members.Actor, email string) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	if email = strings.TrimSpace(email); email == "" {
		return check.Problems{{Field: "email", Rule: "missing"}}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.mayAskBuddyTx(ctx, tx, by); err != nil {
			return err
		}
		buddy, err := findMemberByEmail(ctx, tx, by.Cooperative, email)
		switch {
		case errors.Is(err, members.ErrNotFound):
			return s.buddyAskedTx(ctx, tx, by, by.Person, by.Member)
		case err != nil:
			return err
		case buddy == by.Member:
			return check.Problems{{Field: "email", Rule: "is_the_member"}}
		}
		return s.askBuddyTx(ctx, tx, by, by.Member, buddy, true)
	})
}

// mayAskBuddyTx decides before anybody is looked up, and makes room for another.
func (s *Service) mayAskBuddyTx(ctx context.Context, tx pgx.Tx, by members.Actor) error {
	if _, err := lockReleases(ctx, tx, by.Cooperative, by.Member); err != nil { // one ask of a member at a time
		return err
	}
	if alumni, err := isAlumni(ctx, tx, by.Cooperative, by.Member); err != nil || alumni {
		return cmp.Or(err, members.ErrNotFound)
	}
	asked, err := countBuddyAsks(ctx, tx, by, dayBegins(members.DayOf(s.now())))
	if err != nil {
		return err
	}
	if asked >= mostBuddyAsks {
		return check.Problems{{Field: "email", Rule: "asked_often"}}
	}
	return endAskedBuddy(ctx, tx, by.Cooperative, by.Member, members.DayOf(s.now()), s.now())
}

// askBuddyTx asks the buddy, who is told once a day however often they are asked.
func (s *Service) askBuddyTx(ctx context.Context, tx pgx.Tx, by members.Actor, m, buddy members.MemberID, yes bool) error {
	pair := id.New[Buddy](s.random)
	if err := endOldBuddy(ctx, tx, by.Cooperative, m, members.DayOf(s.now())); err != nil {
		return err
	}
	told, err := wasToldOfBuddy(ctx, tx, by.Cooperative, buddy, s.now().Add(-buddyTellAgain))
	if err != nil {
		return err
	}
	if err := insertBuddy(ctx, tx, by, pair, m, buddy, yes, !told, s.now()); err != nil {
		return err
	}
	if !told {
		if err := s.buddyNewsTx(ctx, tx, by.Cooperative, pair, m, buddy, true); err != nil {
			return err
		}
	}
	who, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	return s.buddyAskedTx(ctx, tx, by, who, m)
}

// buddyAskedTx writes down that somebody was asked, or nobody: the same.
func (s *Service) buddyAskedTx(ctx context.Context, tx pgx.Tx, by members.Actor, who members.PersonID, m members.MemberID) error {
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: who, What: "buddy_asked", Ref: "member:" + m.String()})
}

// mostBuddyAsks is how often one member may ask in a day, and buddyTellAgain after
// how long somebody is told anew that they are asked.
const (
	mostBuddyAsks  = 5
	buddyTellAgain = 24 * time.Hour
)

// buddyNewsTx tells the buddy, or the member.
func (s *Service) buddyNewsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, pair BuddyID, m, buddy members.MemberID, toBuddy bool) error {
	to := m
	if toBuddy {
		to = buddy
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: to, Task: BuddyNews{pair, c, toBuddy}})
}

// AnswerBuddy is a yes or no of whose turn it is: the buddy, then the member where
// they did not ask themselves. After both said yes they are on for six months. Of
// the buddy's no the member hears nothing. It returns ErrBuddyMoved, and
// members.ErrNotFound to everybody else.
func (s *Service) AnswerBuddy(ctx context.Context, by members.Actor, pair BuddyID, yes bool) error {
	return s.moveBuddy(ctx, by, pair, func(tx pgx.Tx, b Buddy) error {
		if !b.turn(by.Member) {
			return ErrBuddyMoved
		}
		byBuddy := by.Member == b.Buddy
		to, what := BuddyRefused, "buddy_refused"
		switch {
		case yes && byBuddy && !b.MemberYes:
			to, what = BuddyAsked, "buddy_agreed"
		case yes:
			to, what = BuddyOn, "buddy_agreed"
		}
		until := members.DayOf(s.now()).AddMonths(members.UsualGrantMonths)
		if err := markBuddy(ctx, tx, by.Cooperative, b, to, until, s.now()); err != nil {
			return err
		}
		deed := members.Deed{By: by, For: b.person, What: what, Ref: "member:" + b.Member.String()}
		if byBuddy && !yes { // who asks does not learn that there is somebody who said no
			deed.For, deed.Ref = by.Person, "member:"+b.Buddy.String()
			return s.people.AuditTx(ctx, tx, deed)
		}
		if err := s.buddyNewsTx(ctx, tx, by.Cooperative, pair, b.Member, b.Buddy, !byBuddy); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, deed)
	})
}

// PartBuddiesTx ends what a former member has with a buddy, or is to others; who is
// back by then keeps it.
func PartBuddiesTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, now time.Time) error {
	return partBuddies(ctx, tx, c, m, now)
}

// EndBuddy ends it, by either of the two, from the next request on, and takes the
// agenda's key back. It returns ErrBuddyMoved, and members.ErrNotFound to
// everybody else.
func (s *Service) EndBuddy(ctx context.Context, by members.Actor, pair BuddyID) error {
	return s.moveBuddy(ctx, by, pair, func(tx pgx.Tx, b Buddy) error {
		if b.State != BuddyOn {
			return ErrBuddyMoved
		}
		if err := markBuddy(ctx, tx, by.Cooperative, b, BuddyEnded, b.Until, s.now()); err != nil {
			return err
		}
		if err := s.people.EndGrantsTx(ctx, tx, by.Cooperative, b.Member, b.BuddyRole); err != nil {
			return err
		}
		if err := s.buddyNewsTx(ctx, tx, by.Cooperative, pair, b.Member, b.Buddy, by.Member == b.Member); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: b.person, What: "buddy_ended", Ref: "member:" + b.Member.String()})
	})
}

// moveBuddy lets one of the two do something at a time.
func (s *Service) moveBuddy(ctx context.Context, by members.Actor, pair BuddyID, move func(pgx.Tx, Buddy) error) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		m, err := findBuddyMember(ctx, tx, by, pair)
		if err != nil {
			return err
		}
		if _, err := lockCoach(ctx, tx, by.Cooperative, m); err != nil { // as GrantTx does, before anything else
			return err
		}
		b, err := lockBuddy(ctx, tx, by, pair)
		if err != nil {
			return err
		}
		return move(tx, b)
	})
}

// MostBuddyMessage is how many characters a message may have, mostBuddyDay how
// many one of the two may send in a day, and BuddyMessages how many are shown.
const (
	MostBuddyMessage = 500
	mostBuddyDay     = 20
	BuddyMessages    = 50
)

// BuddyMessage is what one wrote to the other.
type BuddyMessage struct {
	Mine   bool // the reader wrote it
	Name   string
	Text   string
	Gone   bool
	At     time.Time
	id     id.Of[BuddyMessage]
	sealed []byte
}

// WriteBuddy sends a message to the other of the two, who is told that there is
// one. It returns check.Problems at "text", ErrManyMessages, ErrBuddyMoved when
// they are not on, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) WriteBuddy(ctx context.Context, by members.Actor, pair BuddyID, text string) error {
	var p check.Problems
	text = strings.TrimSpace(text)
	if p.Paragraphs("text", text, 1, MostBuddyMessage); len(p) > 0 {
		return p
	}
	return s.moveBuddy(ctx, by, pair, func(tx pgx.Tx, b Buddy) error {
		if !b.Live(members.DayOf(s.now())) {
			return ErrBuddyMoved
		}
		own := by.Member == b.Member
		sent, err := countBuddyMessages(ctx, tx, by.Cooperative, pair, own, dayBegins(members.DayOf(s.now())))
		if err != nil {
			return err
		}
		if sent >= mostBuddyDay {
			return ErrManyMessages
		}
		message := id.New[BuddyMessage](s.random)
		sealed, err := s.people.SealTx(ctx, tx, b.person, buddyColumn(message), text)
		if err != nil {
			return err
		}
		if err := insertBuddyMessage(ctx, tx, by.Cooperative, pair, message, own, sealed, s.now()); err != nil {
			return err
		}
		return s.buddyNewsTx(ctx, tx, by.Cooperative, pair, b.Member, b.Buddy, own)
	})
}

func buddyColumn(m id.Of[BuddyMessage]) string { return "buddy_message.text@" + m.String() }
