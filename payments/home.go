package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// Watch is the periodic task that looks whether the database is where it was, and
// stops payouts where a difference is too old.
type Watch struct{}

// Kind names the task.
func (Watch) Kind() string { return "payments.watch" }

// WatchTx stops all payouts when the database was put back to an earlier moment,
// or moved to another server: what the gateway did meanwhile may be forgotten.
// Until this has seen it, mayMove refuses by itself.
func (s *Service) WatchTx(ctx context.Context, tx pgx.Tx, _ Watch) error {
	known, home, err := lockHome(ctx, tx)
	if err != nil {
		return err
	}
	if known && !home {
		if err := s.quarantineTx(ctx, tx); err != nil {
			return err
		}
	}
	if !known || !home {
		if err := keepHome(ctx, tx, s.now()); err != nil {
			return err
		}
	}
	return s.stopForDifferencesTx(ctx, tx)
}

// ComeHome is WatchTx at the start of a program that does tasks, before it does any.
func (s *Service) ComeHome(ctx context.Context) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.WatchTx(ctx, tx, Watch{}) })
}

// Quarantine stops all payouts of every cooperative as after a restored database,
// for an operator who put it back in a way that leaves no trace.
func (s *Service) Quarantine(ctx context.Context) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.quarantineTx(ctx, tx) })
}

// quarantineTx stops payouts, and lets the gateway be asked for all that it did.
func (s *Service) quarantineTx(ctx context.Context, tx pgx.Tx) error {
	list, err := listCooperatives(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := insertStop(ctx, tx, c, id.New[Stop](s.random), StopRestored, s.now()); err != nil {
			return err
		}
	}
	if err := s.soonTx(ctx, tx, FillGaps{Restored: true}, 0); err != nil {
		return err
	}
	return s.soonTx(ctx, tx, Reconcile{Whole: true}, afterEvents)
}

func (s *Service) soonTx(ctx context.Context, tx pgx.Tx, t tasks.Task, wait time.Duration) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Due: s.now().Add(wait)})
	return err
}
