package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// LenderKind is who lends people out: the cooperative itself, or a partner on
// whose payroll they are.
type LenderKind string

// The kinds.
const (
	OwnLender     LenderKind = "self"
	PartnerLender LenderKind = "partner"
)

// LenderKinds lists them.
func LenderKinds() []LenderKind { return []LenderKind{OwnLender, PartnerLender} }

// AdmissionID identifies an admission.
type AdmissionID = id.Of[Admission]

// Admission is what the state gives to who lends people out (Wet toelating
// terbeschikkingstelling van arbeidskrachten, Wtta): for these days, both
// included.
type Admission struct {
	ID    AdmissionID
	Kind  LenderKind
	Name  string // of the lender
	From  Day
	Until Day
	// Number is the one in the public register.
	Number string
}

// MostAdmissionYears is how long an admission may last: beyond it somebody
// mistyped a year.
const MostAdmissionYears = 10

func (a Admission) problems() (p check.Problems) {
	check.OneOf(&p, "kind", a.Kind, LenderKinds()...)
	p.Text("name", a.Name, 1, 80)
	p.Text("number", a.Number, 1, 40)
	switch last := a.From.AddMonths(12 * MostAdmissionYears); {
	case !a.From.Real():
		p.Add("from", "no_such_day", nil)
	case !a.Until.Real():
		p.Add("until", "no_such_day", nil)
	case a.Until < a.From:
		p.Add("until", "ends_before", nil)
	case a.Until > last:
		p.Add("until", "day_too_far", map[string]any{"Day": string(last)})
	}
	return p
}

// Admissions lists those of the actor's cooperative that were not ended, by kind
// and the last first, for coordinators; it is empty for others.
func (s *Service) Admissions(ctx context.Context, by Actor) ([]Admission, error) {
	if by.Kind != RoleCoordinator {
		return nil, nil
	}
	return listAdmissions(ctx, s.db, by.Cooperative)
}

// AddAdmission notes one, by a coordinator: from now on work on its days may be
// posted and agreed. It returns check.Problems, ErrRestricted, and ErrNotFound
// to everybody else.
func (s *Service) AddAdmission(ctx context.Context, by Actor, a Admission) error {
	a.Name, a.Number = strings.TrimSpace(a.Name), strings.TrimSpace(a.Number)
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	if err := a.problems().Err(); err != nil {
		return err
	}
	a.ID = id.New[Admission](s.random)
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := insertAdmission(ctx, tx, by.Cooperative, a, s.now()); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, a.deed(by, "admission_added"))
	})
}

// EndAdmission takes one away, before its time or because it was mistyped: no
// more work is posted or agreed that needs it. It returns ErrRestricted, and
// ErrNotFound for one that ended, or of another cooperative, and to everybody but
// a coordinator.
func (s *Service) EndAdmission(ctx context.Context, by Actor, admission AdmissionID) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		a, err := endAdmission(ctx, tx, by.Cooperative, admission, s.now())
		if err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, a.deed(by, "admission_ended"))
	})
}

func (a Admission) deed(by Actor, what string) Deed {
	return Deed{By: by, What: what, Ref: "admission:" + a.ID.String(), Detail: map[string]string{"name": a.Name, "number": a.Number, "until": string(a.Until)}}
}

// AdmittedTx reports whether such a lender may lend on this day; if not, last is
// the last day of the admission before it, if there was one. It stays so until
// the transaction ends.
func (s *Service) AdmittedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind LenderKind, day Day) (admitted bool, last Day, err error) {
	return findAdmitted(ctx, tx, c, kind, day)
}
