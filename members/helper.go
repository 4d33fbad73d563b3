package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Helper is who acts in a member's name, because the member lets them. Both
// names stand wherever it is written who did something.
type Helper struct {
	Person PersonID // zero: nobody, the actor acts for themselves
	Role   RoleID
	Name   string
}

// IsZero reports nobody.
func (h Helper) IsZero() bool { return h.Person.IsZero() }

// Helped reports whether somebody else acts in the actor's name.
func (a Actor) Helped() bool { return !a.Helper.IsZero() }

// ActorForTx gives the member as an actor, with the acting coach as helper, and
// notes in the member's access log that they act: so it is asked for each request.
// The words are the coach's language. Whom a coach follows is for the caller to
// know: see coaching. It returns *NotGranted without a live grant, ErrRestricted
// for a coach who is restricted, and ErrNotFound to everybody who is no coach and
// for a member whose role has ended.
func (s *Service) ActorForTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID) (Actor, error) {
	switch {
	case by.Kind != RoleCoach || by.Helped():
		return Actor{}, ErrNotFound
	case by.Restricted():
		return Actor{}, ErrRestricted
	}
	if _, err := s.ReadTx(ctx, tx, by, m, ActForMeScope); err != nil {
		return Actor{}, err
	}
	person, role, err := findRoleOfMember(ctx, tx, by.Cooperative, m)
	if err != nil {
		return Actor{}, err
	}
	as, err := findActor(ctx, tx, person, role)
	if err != nil || as.Member != m || person == by.Person {
		return Actor{}, notOr(err)
	}
	as.Helper, as.Locale, as.Several = Helper{Person: by.Person, Role: by.Role, Name: by.Name}, by.Locale, false
	return as, nil
}

// notOr is the error, or else that it is not found.
func notOr(err error) error {
	if err != nil {
		return err
	}
	return ErrNotFound
}

// HelpedTx writes down that a helper did something in the actor's name; of who
// acts for themselves it writes nothing. Domains call it last in the transaction,
// where they have no deed of their own.
func (s *Service) HelpedTx(ctx context.Context, tx pgx.Tx, by Actor, what, ref string) error {
	if !by.Helped() {
		return nil
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: what, Ref: ref})
}
