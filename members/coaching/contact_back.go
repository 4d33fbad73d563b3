package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// takeBackWithin is how long a coach may take back what they wrote. Later it is
// part of what they account for, and a second contact corrects it.
const takeBackWithin = 24 * time.Hour

// Backable reports whether this role may take the contact back at this moment.
func (c Contact) Backable(role members.RoleID, now time.Time) bool {
	return c.Coach == role && now.Before(c.Logged.Add(takeBackWithin))
}

// TakeBack removes a contact that the acting coach logged less than a day ago.
// The member is told, and that it was there stays among the deeds. It returns
// ErrContactStays when it is later, and members.ErrNotFound for what somebody
// else wrote and to who does not follow the member any more.
func (s *Service) TakeBack(ctx context.Context, by members.Actor, m members.MemberID, contact ContactID) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		c, err := lockOwnContact(ctx, tx, by, m, contact)
		if err != nil {
			return err
		}
		now := s.now()
		if !c.Backable(by.Role, now) {
			return ErrContactStays
		}
		if err := deleteContact(ctx, tx, by, contact); err != nil {
			return err
		}
		person, err := findPersonOf(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		notice := members.Notice{Member: m, Task: ContactTakenBack{by.Cooperative, m}}
		if err := members.NotifyTx(ctx, tx, s.tasks, now, by.Cooperative, notice); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: person, What: "contact_taken_back", Ref: contactRef(contact)})
	})
}

// Noted gives the person of a member who is to hear of a contact. It returns
// members.ErrNotFound.
func (s *Service) Noted(ctx context.Context, c id.Cooperative, m members.MemberID) (members.Person, error) {
	return findStaying(ctx, s.db, c, m)
}
