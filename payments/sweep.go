package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Sweep is the periodic task that takes up money which is due, may leave and does
// not move: whatever it waited for is over, and nobody said so.
type Sweep struct{}

// Kind names the task.
func (Sweep) Kind() string { return "payments.sweep" }

// sweepEach is how often one payout is taken up again.
const sweepEach = time.Hour

// SweepTx does it, the oldest first, at most 1,000 at a time.
func (s *Service) SweepTx(ctx context.Context, tx pgx.Tx, _ Sweep) error {
	idle, err := listIdle(ctx, tx, s.now().Add(-silence), s.now())
	if err != nil {
		return err
	}
	for _, p := range idle {
		if err := s.onceEachTx(ctx, tx, sweepEach, p.cooperative, p.id.String(), takeUp(p.cooperative, p.id, p.there)); err != nil {
			return err
		}
	}
	return nil
}
