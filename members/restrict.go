package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Restrict lets a person take nothing new in the cooperative, by a coordinator
// who says why. What they agreed before goes on and is paid. It returns
// check.Problems at "why", ErrOneself, ErrDecided for a person who is restricted
// already, ErrNoKey, and ErrNotFound to everybody else and for people of another
// cooperative.
func (s *Service) Restrict(ctx context.Context, by Actor, person PersonID, why string) error {
	r := Restriction{ID: id.New[Restriction](s.random), Cooperative: by.Cooperative, Person: person, Why: strings.TrimSpace(why), At: s.now()}
	return s.judge(ctx, by, person, why, func(tx pgx.Tx) error {
		sealed, err := s.SealTx(ctx, tx, person, r.whyColumn(), r.Why)
		if err != nil {
			return err
		}
		if err := insertRestriction(ctx, tx, by, r, sealed); err != nil {
			return err
		}
		return s.restrictionMovedTx(ctx, tx, by, r, "person_restricted", r.Why)
	})
}

// Restore ends the restriction that holds. Errors are those of Restrict;
// ErrDecided where there is none.
func (s *Service) Restore(ctx context.Context, by Actor, person PersonID, why string) error {
	return s.judge(ctx, by, person, why, func(tx pgx.Tx) error {
		held, err := findHolding(ctx, tx, by.Cooperative, person)
		if err != nil {
			return decided(err)
		}
		return s.liftTx(ctx, tx, by, held, strings.TrimSpace(why))
	})
}

// judge is what holds for every decision about a person: who may, and that it
// has a reason. All roles of both people are locked, in one order for
// everybody: so two coordinators who restrict each other do it one by one.
func (s *Service) judge(ctx context.Context, by Actor, person PersonID, why string, decide func(pgx.Tx) error) error {
	switch {
	case by.Kind != RoleCoordinator || by.Person.IsZero():
		return ErrNotFound
	case by.Person == person:
		return ErrOneself
	}
	if err := whyProblems("why", strings.TrimSpace(why)).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockRolesOf(ctx, tx, by, person); err != nil {
			return err
		}
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		return decide(tx)
	})
}

// liftTx ends a restriction that holds.
func (s *Service) liftTx(ctx context.Context, tx pgx.Tx, by Actor, r Restriction, why string) error {
	sealed, err := s.SealTx(ctx, tx, r.Person, r.liftedColumn(), why)
	if err != nil {
		return err
	}
	if err := updateLifted(ctx, tx, by, r.ID, sealed, s.now()); err != nil {
		return err
	}
	return s.restrictionMovedTx(ctx, tx, by, r, "person_restored", why)
}

// restrictionMovedTx tells the person, and writes the deed.
func (s *Service) restrictionMovedTx(ctx context.Context, tx pgx.Tx, by Actor, r Restriction, what, why string) error {
	if err := s.tellTx(ctx, tx, by.Cooperative, RestrictionChanged{Restriction: r.ID, Cooperative: by.Cooperative}); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: r.Person, What: what, Ref: "restriction:" + r.ID.String(), Why: why})
}

// decided says that there is nothing left to decide, where there is nothing.
func decided(err error) error {
	if err == ErrNotFound {
		return ErrDecided
	}
	return err
}
