package coaching

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// How late and how early a contact may say that it was.
const (
	oldestContact = 31 * 24 * time.Hour
	clockSkew     = 5 * time.Minute // phones run ahead; what is later is a mistake
)

// NewContact is what a coach logs. Whoever draws the form draws its id.
type NewContact struct {
	ID      ContactID
	Member  members.MemberID
	Kind    ContactKind
	At      time.Time // zero: now
	Minutes int       // 1 to MostMinutes
	Goal    GoalID    // of the member; zero: for none
	Why     string    // 1 to MostWhy characters
	Next    string    // at most MostNext characters; may be empty
}

// trimmed is without space around the words, and at a moment that was.
func (n NewContact) trimmed(now time.Time) NewContact {
	n.Why, n.Next = strings.TrimSpace(n.Why), strings.TrimSpace(n.Next)
	if n.At.IsZero() || n.At.After(now) && n.At.Sub(now) <= clockSkew {
		n.At = now
	}
	n.At = n.At.Truncate(time.Microsecond) // as the database keeps it
	return n
}

func (n NewContact) problems(now time.Time) (p check.Problems) {
	check.OneOf(&p, "kind", n.Kind, ContactKinds()...)
	p.Between("minutes", n.Minutes, 1, MostMinutes)
	p.Paragraphs("why", n.Why, 1, MostWhy)
	p.Paragraphs("next", n.Next, 0, MostNext)
	switch {
	case n.At.After(now):
		p.Add("at", "not_yet", nil)
	case now.Sub(n.At) > oldestContact:
		p.Add("at", "too_old", map[string]any{"Days": int(oldestContact / (24 * time.Hour))})
	}
	return p
}

// ContactLogged tells the member that there is something new to read, after the
// commit: once a day, however many there are.
type ContactLogged struct {
	Cooperative id.Cooperative
	Member      members.MemberID
}

// ContactTakenBack tells the member that a contact is gone.
type ContactTakenBack struct {
	Cooperative id.Cooperative
	Member      members.MemberID
}

// The kinds of the tasks.
func (ContactLogged) Kind() string    { return "coaching.contact_logged" }
func (ContactTakenBack) Kind() string { return "coaching.contact_taken_back" }

// LogContact keeps what the acting coach did for a member whom they follow, who
// lets them read and write shared notes at this moment: also what a phone kept
// and sends later. What is sent twice is kept once, as it came first, and is no
// error. It returns check.Problems at "kind", "minutes", "why", "next", "at" and
// "goal", members.ErrNotGranted, members.ErrNoKey, and members.ErrNotFound to
// everybody but the member's coach, for a member who left, and for an id that is
// another contact's.
func (s *Service) LogContact(ctx context.Context, by members.Actor, n NewContact) error {
	return s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if sent, err := sentBefore(ctx, tx, by, n); err != nil || sent {
			return err
		}
		if err := s.mayLogTx(ctx, tx, by, n.Member); err != nil {
			return err
		}
		now := s.now()
		n = n.trimmed(now)
		if err := n.problems(now).Err(); err != nil {
			return err
		}
		if err := ofMember(ctx, tx, by.Cooperative, n); err != nil {
			return err
		}
		return s.keepContactTx(ctx, tx, by, n, now)
	}))
}

// mayLogTx is what must hold before anything is read or kept.
func (s *Service) mayLogTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	if by.Kind != members.RoleCoach {
		return members.ErrNotFound
	}
	if err := findCurrent(ctx, tx, by, m); err != nil {
		return err
	}
	_, err := s.people.ReadTx(ctx, tx, by, m, members.SharedNotesScope)
	return err
}

// keepContactTx seals, keeps, tells and writes the deed.
func (s *Service) keepContactTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewContact, now time.Time) error {
	person, err := findPersonOf(ctx, tx, by.Cooperative, n.Member)
	if err != nil {
		return err
	}
	kept := keptContact{Contact: Contact{ID: n.ID, Member: n.Member, Kind: n.Kind, At: n.At, Minutes: n.Minutes, Goal: n.Goal, Logged: now}}
	if kept.why, err = s.people.SealTx(ctx, tx, person, whyColumn(n.ID), n.Why); err != nil {
		return err
	}
	if n.Next != "" {
		if kept.next, err = s.people.SealTx(ctx, tx, person, nextColumn(n.ID), n.Next); err != nil {
			return err
		}
	}
	isNew, err := insertContact(ctx, tx, by, kept)
	if err != nil {
		return err
	}
	if !isNew { // sent at once from two places: the other was first
		_, err := sentBefore(ctx, tx, by, n)
		return err
	}
	if err := s.tellLoggedTx(ctx, tx, by, n, now); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: person, What: "contact_logged", Ref: contactRef(n.ID)})
}

// tellLoggedTx tells the member of the first contact of the day.
func (s *Service) tellLoggedTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewContact, now time.Time) error {
	told, err := loggedSince(ctx, tx, by.Cooperative, n, startOfDay(now))
	if err != nil || told {
		return err
	}
	notice := members.Notice{Member: n.Member, Task: ContactLogged{by.Cooperative, n.Member}}
	return members.NotifyTx(ctx, tx, s.tasks, now, by.Cooperative, notice)
}

// startOfDay is midnight by the clocks in the Netherlands.
func startOfDay(now time.Time) time.Time {
	at := now.In(members.Amsterdam())
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
}

func contactRef(c ContactID) string { return "contact:" + c.String() }
