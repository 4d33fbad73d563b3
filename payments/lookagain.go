package payments

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// LookAgain is the periodic task that asks after money of which no event came.
type LookAgain struct{}

// Kind names the task.
func (LookAgain) Kind() string { return "payments.look_again" }

// silence is how long an event is waited for.
const silence = 10 * time.Minute

// LookAgainTx lets tasks look at checkouts and payouts of which nothing was
// heard, each at most once an hour.
func (s *Service) LookAgainTx(ctx context.Context, tx pgx.Tx, _ LookAgain) error {
	before := s.now().Add(-silence)
	checkouts, err := listStaleCheckouts(ctx, tx, before)
	if err != nil {
		return err
	}
	for _, t := range checkouts {
		if err := s.hourlyTx(ctx, tx, t.Cooperative, t.Bill.String(), t); err != nil {
			return err
		}
	}
	payouts, err := listStalePayouts(ctx, tx, before)
	if err != nil {
		return err
	}
	for _, t := range payouts {
		if err := s.hourlyTx(ctx, tx, t.Cooperative, t.Payout.String(), t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) hourlyTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, what string, t tasks.Task) error {
	key := fmt.Sprintf("%s:%d", what, s.now().Unix()/3600)
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Key: key, Lane: tasks.Low})
	return err
}
