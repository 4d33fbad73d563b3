package coaching

import (
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
	BuddyAsked   BuddyState = "asked" // the member first, then the buddy
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
	Until      members.Day // included, while they are on
	person     members.PersonID
}

// Live reports whether they are on today.
func (b Buddy) Live(today members.Day) bool { return b.State == BuddyOn && b.Until >= today }

// turn reports whether the two wait for this member's yes.
func (b Buddy) turn(m members.MemberID) bool {
	return b.State == BuddyAsked && (!b.MemberYes && m == b.Member || b.MemberYes && m == b.Buddy)
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
// to be the buddy of the other: the member first. It returns check.Problems at
// "buddy", ErrBuddyThere, and members.ErrNotFound to everybody but the coach of
// both.
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
// instead of whom they asked before. It looks the same for an address that nobody
// has here, and then asks nobody: who belongs is nobody's to find out. It returns check.Problems at "email",
// ErrBuddyThere, and members.ErrNotFound to everybody who is not a member.
func (s *Service) AskBuddy(ctx context.Context, by members.Actor, email string) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	if email = strings.TrimSpace(email); email == "" {
		return check.Problems{{Field: "email", Rule: "missing"}}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := endAskedBuddy(ctx, tx, by.Cooperative, by.Member, members.DayOf(s.now()), s.now()); err != nil {
			return err
		}
		buddy, err := findMemberByEmail(ctx, tx, by.Cooperative, email)
		if errors.Is(err, members.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if buddy == by.Member {
			return check.Problems{{Field: "email", Rule: "is_the_member"}}
		}
		return s.askBuddyTx(ctx, tx, by, by.Member, buddy, true)
	})
}

func (s *Service) askBuddyTx(ctx context.Context, tx pgx.Tx, by members.Actor, m, buddy members.MemberID, yes bool) error {
	pair := id.New[Buddy](s.random)
	if err := endOldBuddy(ctx, tx, by.Cooperative, m, members.DayOf(s.now())); err != nil {
		return err
	}
	if err := insertBuddy(ctx, tx, by, pair, m, buddy, yes, s.now()); err != nil {
		return err
	}
	if err := s.buddyNewsTx(ctx, tx, by.Cooperative, pair, m, buddy, yes); err != nil {
		return err
	}
	who, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: who, What: "buddy_asked", Ref: "member:" + m.String()})
}

// buddyNewsTx tells the buddy, or the member.
func (s *Service) buddyNewsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, pair BuddyID, m, buddy members.MemberID, toBuddy bool) error {
	to := m
	if toBuddy {
		to = buddy
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: to, Task: BuddyNews{pair, c, toBuddy}})
}

// AnswerBuddy is a yes or no of whose turn it is: the member, then the buddy.
// After both said yes they are on for six months. It returns ErrBuddyMoved, and
// members.ErrNotFound to everybody else.
func (s *Service) AnswerBuddy(ctx context.Context, by members.Actor, pair BuddyID, yes bool) error {
	return s.moveBuddy(ctx, by, pair, func(tx pgx.Tx, b Buddy) error {
		if !b.turn(by.Member) {
			return ErrBuddyMoved
		}
		to, what := BuddyRefused, "buddy_refused"
		switch {
		case yes && by.Member == b.Member:
			to, what = BuddyAsked, "buddy_agreed"
		case yes:
			to, what = BuddyOn, "buddy_agreed"
		}
		until := members.DayOf(s.now()).AddMonths(members.UsualGrantMonths)
		if err := markBuddy(ctx, tx, by.Cooperative, b, to, until, s.now()); err != nil {
			return err
		}
		if err := s.buddyNewsTx(ctx, tx, by.Cooperative, pair, b.Member, b.Buddy, by.Member == b.Member); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: b.person, What: what, Ref: "member:" + b.Member.String()})
	})
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
