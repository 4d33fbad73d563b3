package members

import (
	"cmp"
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// WayIn is how a person of the cooperative signs in, for the office.
type WayIn struct {
	Person PersonID
	Name   string
	Email  Email
	Kinds  []RoleKind // in the actor's cooperative
	Has    Factors
	Phone  bool // a mobile number; which, nobody sees
}

// WaysIn lists everybody of the actor's cooperative by name. It is for the
// office: for others it is empty.
func (s *Service) WaysIn(ctx context.Context, by Actor) ([]WayIn, error) {
	if by.Kind != RoleCoordinator {
		return nil, nil
	}
	return listWaysIn(ctx, s.db, by.Cooperative)
}

// WayIn gives one person of the actor's cooperative. It returns ErrNotFound for
// everybody else, to everybody but the office, and for the actor: who has lost
// their own needs another human.
func (s *Service) WayIn(ctx context.Context, by Actor, person PersonID) (WayIn, error) {
	if by.Kind != RoleCoordinator || person == by.Person {
		return WayIn{}, ErrNotFound
	}
	return findWayIn(ctx, s.db, by.Cooperative, person)
}

// ResetFactors is for who has lost a phone: passkeys, app, spare codes and the
// number go, and all sessions end. The person signs in by mail again and is told.
// Nobody is kept out by it. It returns check.Problems at "why", ErrRestricted, and
// ErrNotFound as WayIn does, and for who works as a coach or coordinator elsewhere:
// no other office weakens how they sign in.
func (s *Service) ResetFactors(ctx context.Context, by Actor, person PersonID, why string) error {
	why = strings.TrimSpace(why)
	if _, err := s.WayIn(ctx, by, person); err != nil {
		return err
	}
	var p check.Problems
	p.Text("why", why, 5, 500)
	if err := p.Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if elsewhere, err := worksElsewhere(ctx, tx, by.Cooperative, person); err != nil || elsewhere {
			return cmp.Or(err, ErrNotFound)
		}
		if _, err := lockFactors(ctx, tx, person); err != nil {
			return err
		}
		if err := deleteFactors(ctx, tx, person); err != nil {
			return err
		}
		if err := deleteSessionsOf(ctx, tx, person, s.now()); err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, person, FactorsReset); err != nil {
			return err
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "factors_reset", Why: why})
	})
}
