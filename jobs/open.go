package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// Open posts a draft that the actor runs: from then on it is what PostTx would
// have posted, and waits for money that is asked beforehand. It returns check.Problems for all that PostTx refuses, at the same
// fields, members.ErrNotFound, members.ErrRestricted and members.ErrNotApproved. A
// gig that was posted already stays as it is; see runTx for others.
func (s *Service) Open(ctx context.Context, by members.Actor, gig GigID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runTx(ctx, tx, by, gig)
		if err != nil || g.state != Draft {
			return err
		}
		if err := s.openTx(ctx, tx, by, g); err != nil {
			return err
		}
		if waits, err := s.awaitDepositTx(ctx, tx, by.Cooperative, gig, g.client); err != nil || waits {
			return err
		}
		return s.announceTx(ctx, tx, by.Cooperative, gig, time.Time{})
	})
}

func (s *Service) openTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running) error {
	if err := lockClient(ctx, tx, by.Cooperative, g.client); err != nil {
		return err
	}
	wrong, err := s.missingTx(ctx, tx, by, g)
	if err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return markOpen(ctx, tx, by, g.id, s.now())
}

// Missing is what Open would refuse now.
func (s *Service) Missing(ctx context.Context, by members.Actor, gig GigID) (wrong check.Problems, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runTx(ctx, tx, by, gig)
		if err == nil {
			wrong, err = s.missingTx(ctx, tx, by, g)
		}
		return err
	})
	return wrong, err
}

// missingTx looks at the three steps as they stand.
func (s *Service) missingTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running) (check.Problems, error) {
	what, rates, err := findWhat(ctx, tx, by, g.id)
	if err != nil {
		return nil, err
	}
	when, err := findWhen(ctx, tx, by, g.id)
	if err != nil {
		return nil, err
	}
	p, err := what.problemsTx(ctx, tx)
	if err != nil {
		return nil, err
	}
	p = append(append(p, when.problems(s.now())...), rates.problems()...)
	return p, s.lawTx(ctx, tx, by, when, rates, &p)
}
