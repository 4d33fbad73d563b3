package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// Staff is a coach or a coordinator of a cooperative. Who is both is there
// twice.
type Staff struct {
	Role   RoleID
	Person PersonID
	Kind   RoleKind
	Name   string
	Email  Email
	Since  time.Time
}

// NewStaff is whom a coordinator makes a coach or a coordinator.
type NewStaff struct {
	NewPerson
	Kind RoleKind
}

// StaffKinds lists what staff can be.
func StaffKinds() []RoleKind { return []RoleKind{RoleCoach, RoleCoordinator} }

func (n NewStaff) problems() (p check.Problems) {
	n.NewPerson.problems(&p)
	check.OneOf(&p, "kind", n.Kind, StaffKinds()...)
	return p
}

// StaffAdded is the task that tells somebody what they are from now on.
type StaffAdded struct {
	Role        RoleID
	Cooperative id.Cooperative
}

// Kind names the task.
func (StaffAdded) Kind() string { return "members.staff_added" }

// Staff lists the coaches and coordinators of the acting coordinator's
// cooperative by name; it is empty for others.
func (s *Service) Staff(ctx context.Context, by Actor) ([]Staff, error) {
	if by.Kind != RoleCoordinator {
		return nil, nil
	}
	return listStaff(ctx, s.db, by.Cooperative)
}

// StaffOf gives one of them. It returns ErrNotFound to everybody but the office,
// and for everybody else.
func (s *Service) StaffOf(ctx context.Context, by Actor, role RoleID) (Staff, error) {
	if by.Kind != RoleCoordinator {
		return Staff{}, ErrNotFound
	}
	return findStaff(ctx, s.db, by.Cooperative, role)
}

// AddStaff makes somebody a coach or a coordinator from now on, by a coordinator;
// a person who is new here gets a sign-in of their own, at the address that was
// typed. They are told by mail. It returns check.Problems, ErrRestricted, and
// ErrNotFound to everybody else.
func (s *Service) AddStaff(ctx context.Context, by Actor, n NewStaff) error {
	if err := n.problems().Err(); err != nil {
		return err
	}
	return s.staffTx(ctx, by, func(tx pgx.Tx) error { return s.addStaffTx(ctx, tx, by, n) })
}

func (s *Service) addStaffTx(ctx context.Context, tx pgx.Tx, by Actor, n NewStaff) error {
	person, err := s.EnsurePersonTx(ctx, tx, n.NewPerson)
	if err != nil {
		return err
	}
	there, err := hasStaffRole(ctx, tx, by.Cooperative, person, n.Kind)
	if err != nil {
		return err
	}
	if there {
		return check.Problems{{Field: "email", Rule: "staff_already"}}
	}
	role, err := s.AddRoleTx(ctx, tx, NewRole{Person: person, Cooperative: by.Cooperative, Kind: n.Kind})
	if err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, StaffAdded{Role: role, Cooperative: by.Cooperative}); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "staff_added", Detail: map[string]string{"kind": string(n.Kind)}})
}

// EndStaff ends the work of a coach or a coordinator here, with a reason, from
// their next request on. left says in the same transaction what they must hand
// over first. What members let them read ends too, and their invitations. It returns check.Problems at
// "why", ErrLastCoordinator, ErrRestricted, what left returns, and ErrNotFound to
// everybody but the office, and for everybody else.
func (s *Service) EndStaff(ctx context.Context, by Actor, role RoleID, why string, left func(pgx.Tx) error) error {
	var p check.Problems
	why = strings.TrimSpace(why)
	if p.Text("why", why, 5, 500); len(p) > 0 {
		return p
	}
	return s.staffTx(ctx, by, func(tx pgx.Tx) error {
		one, err := findStaff(ctx, tx, by.Cooperative, role)
		if err != nil {
			return err
		}
		if err := s.endStaffTx(ctx, tx, one, by.Cooperative); err != nil {
			return err
		}
		if err := left(tx); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: one.Person, What: "staff_ended", Detail: map[string]string{"kind": string(one.Kind)}, Why: why})
	})
}

func (s *Service) endStaffTx(ctx context.Context, tx pgx.Tx, one Staff, c id.Cooperative) error {
	if err := endRole(ctx, tx, c, one.Role, s.now()); err != nil {
		return err
	}
	if err := endGrantsTo(ctx, tx, c, one.Role, s.now()); err != nil {
		return err
	}
	if err := revokeInvitationsOf(ctx, tx, c, one.Role, s.now()); err != nil {
		return err
	}
	if one.Kind != RoleCoordinator {
		return nil
	}
	others, err := countCoordinators(ctx, tx, c)
	if err == nil && others == 0 {
		return ErrLastCoordinator
	}
	return err
}

// staffTx lets one coordinator at a time change who works here: so two cannot
// end each other.
func (s *Service) staffTx(ctx context.Context, by Actor, change func(pgx.Tx) error) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findSettings(ctx, tx, by.Cooperative, forUpdate); err != nil {
			return err
		}
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		return change(tx)
	})
}

// StaffNews is what somebody of the staff is told of their role. It returns
// ErrNotFound when they do not have it any more.
func (s *Service) StaffNews(ctx context.Context, t StaffAdded) (who Person, kind RoleKind, cooperative string, err error) {
	return findStaffNews(ctx, s.db, t)
}
