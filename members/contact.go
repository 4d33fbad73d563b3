package members

import (
	"cmp"
	"context"

	"github.com/jackc/pgx/v5"
)

// Duty is what a client's contact may do for the client.
type Duty string

// The duties of contacts. Both do everything that the client does; only a
// manager also invites and removes colleagues.
const (
	Manager      Duty = "manager"
	PlainContact Duty = "contact"
)

// Duties lists them.
func Duties() []Duty { return []Duty{Manager, PlainContact} }

// Contact is a person who acts for a client.
type Contact struct {
	Role       RoleID
	Person     PersonID
	Name       string
	Email      Email
	Duty       Duty
	Restricted bool
}

// mayManage reports who may invite and remove a client's contacts.
func (a Actor) mayManage() bool { return a.Kind == RoleClient && a.Duty == Manager }

// Colleagues lists the contacts of the acting manager's client by name, and the
// invitations that wait. It returns ErrNotFound to everybody else.
func (s *Service) Colleagues(ctx context.Context, by Actor) ([]Contact, []ColleagueInvitation, error) {
	if !by.mayManage() {
		return nil, nil, ErrNotFound
	}
	people, err := listContacts(ctx, s.db, by.Cooperative, by.Client)
	if err != nil {
		return nil, nil, err
	}
	invited, err := listColleagueInvitations(ctx, s.db, by, s.now())
	return people, invited, err
}

// EndContact takes the client's role away from a colleague, by a manager, from
// the colleague's next request on. What they did stays. It returns
// ErrLastManager for the only one, and ErrNotFound for anybody who is no contact
// of this client.
func (s *Service) EndContact(ctx context.Context, by Actor, role RoleID) error {
	return s.manageTx(ctx, by, func(tx pgx.Tx) error {
		person, duty, err := findContact(ctx, tx, by, role)
		if err != nil {
			return err
		}
		if duty == Manager {
			if err := s.otherManagerTx(ctx, tx, by); err != nil {
				return err
			}
		}
		if err := endRole(ctx, tx, by.Cooperative, role, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "client_colleague_removed", Ref: clientRef(by.Client)})
	})
}

func (s *Service) otherManagerTx(ctx context.Context, tx pgx.Tx, by Actor) error {
	managers, err := countManagers(ctx, tx, by)
	if err == nil && managers < 2 {
		return ErrLastManager
	}
	return err
}

// manageTx lets one manager at a time change who acts for the client. The
// client's row is locked first, so that two managers cannot remove each other.
func (s *Service) manageTx(ctx context.Context, by Actor, change func(pgx.Tx) error) error {
	if !by.mayManage() {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := lockClient(ctx, tx, by.Cooperative, by.Client); err != nil {
			return err
		}
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if _, duty, err := findContact(ctx, tx, by, by.Role); err != nil || duty != Manager {
			return cmp.Or(err, ErrNotFound)
		}
		return change(tx)
	})
}
