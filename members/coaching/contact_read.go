package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ContactsPage is how many contacts are shown at once.
const ContactsPage = 25

// ContactList is a part of a member's contacts, the newest first.
type ContactList struct {
	List    []Contact
	Older   bool // there are more
	Count   int  // this month, by the clocks in the Netherlands
	Minutes int
}

// Contacts gives the contacts of a member whom the acting coach follows, from
// behind one of them on; none means from the newest. Those of former coaches are
// among them. That the coach reads is noted in the member's access log. It
// returns members.ErrNotGranted, members.ErrNoKey, and members.ErrNotFound to
// everybody but the member's coach.
func (s *Service) Contacts(ctx context.Context, by members.Actor, m members.MemberID, before ContactID) (list ContactList, err error) {
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.SharedNotesScope); err != nil {
			return err
		}
		list, err = s.contactsTx(ctx, tx, by, m, before)
		return err
	})
	return list, err
}

// OwnContacts gives the acting member everything that coaches wrote about them;
// there are no other notes. It is empty for everybody else. It returns
// members.ErrNoKey.
func (s *Service) OwnContacts(ctx context.Context, by members.Actor, before ContactID) (list ContactList, err error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() {
		return list, nil
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		list, err = s.contactsTx(ctx, tx, by, by.Member, before)
		return err
	})
	return list, err
}

func (s *Service) contactsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, before ContactID) (list ContactList, err error) {
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return list, err
	}
	kept, err := listContactsBehind(ctx, tx, by.Cooperative, m, before, ContactsPage+1)
	if err != nil {
		return list, err
	}
	if list.Older = len(kept) > ContactsPage; list.Older {
		kept = kept[:ContactsPage]
	}
	if list.Count, list.Minutes, err = sumContacts(ctx, tx, by.Cooperative, m, startOfMonth(s.now())); err != nil {
		return list, err
	}
	list.List, err = s.openContacts(ctx, tx, person, kept)
	return list, err
}

func startOfMonth(now time.Time) time.Time {
	at := now.In(members.Amsterdam())
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
}

// ContactGoals gives the open goals among which the acting coach chooses when
// they log a contact: none where the member does not let them read the progress.
// It returns members.ErrNotGranted when they may not log any contact,
// members.ErrNoKey, and members.ErrNotFound to everybody but the member's coach.
func (s *Service) ContactGoals(ctx context.Context, by members.Actor, m members.MemberID) (goals []Goal, err error) {
	err = s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if by.Kind != members.RoleCoach {
			return members.ErrNotFound
		}
		if err := findCurrent(ctx, tx, by, m); err != nil {
			return err
		}
		until, err := s.people.ReadEachTx(ctx, tx, by, m, members.SharedNotesScope, members.ProgressScope)
		switch {
		case err != nil:
			return err
		case until[members.SharedNotesScope] == "":
			return &members.NotGranted{Member: m, Scope: members.SharedNotesScope}
		case until[members.ProgressScope] == "":
			return nil
		}
		goals, err = s.openGoalsTx(ctx, tx, by, m)
		return err
	}))
	return goals, err
}

// openGoalsTx gives the goals that nobody judged.
func (s *Service) openGoalsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) ([]Goal, error) {
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return nil, err
	}
	kept, err := listOpenGoals(ctx, tx, by.Cooperative, m)
	if err != nil {
		return nil, err
	}
	return s.openGoals(ctx, tx, person, kept)
}
