package payments

import (
	"context"
	"errors"
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

const (
	silence  = 10 * time.Minute    // so long an event is waited for
	doubtful = 10 * 24 * time.Hour // so long a paid payout may still come back
)

// LookAgainTx lets tasks look at checkouts and payouts of which nothing was
// heard, each at most once an hour, and once a day at those that were paid
// lately: a bank sends money back days later.
func (s *Service) LookAgainTx(ctx context.Context, tx pgx.Tx, _ LookAgain) error {
	before := s.now().Add(-silence)
	checkouts, err := listStaleCheckouts(ctx, tx, before)
	if err != nil {
		return err
	}
	for _, t := range checkouts {
		if err := s.onceEachTx(ctx, tx, time.Hour, t.Cooperative, t.Bill.String(), t); err != nil {
			return err
		}
	}
	if err := s.lookAtDepositsTx(ctx, tx, before); err != nil {
		return err
	}
	sent, err := listStalePayouts(ctx, tx, before)
	if err != nil {
		return err
	}
	paid, err := listPaidSince(ctx, tx, s.now().Add(-doubtful))
	if err != nil {
		return err
	}
	return errors.Join(s.askTx(ctx, tx, time.Hour, sent), s.askTx(ctx, tx, 24*time.Hour, paid), s.lookAtUnreadyTx(ctx, tx), s.backAgainTx(ctx, tx))
}

// lookAtDepositsTx does the same with what is paid beforehand, lets what is not
// back yet be given back, and once a day looks at what was given back lately.
func (s *Service) lookAtDepositsTx(ctx context.Context, tx pgx.Tx, before time.Time) error {
	paying, err := listStaleDeposits(ctx, tx, before)
	if err != nil {
		return err
	}
	for _, t := range paying {
		if err := s.onceEachTx(ctx, tx, time.Hour, t.Cooperative, t.Deposit.String(), t); err != nil {
			return err
		}
	}
	back, err := listReturning(ctx, tx, before)
	if err != nil {
		return err
	}
	returned, err := listReturned(ctx, tx, s.now().Add(-doubtful))
	if err != nil {
		return err
	}
	return errors.Join(s.askReturnsTx(ctx, tx, time.Hour, back), s.askReturnsTx(ctx, tx, 24*time.Hour, returned))
}

func (s *Service) askReturnsTx(ctx context.Context, tx pgx.Tx, each time.Duration, list []ReturnDeposit) error {
	for _, t := range list {
		if err := s.onceEachTx(ctx, tx, each, t.Cooperative, t.Deposit.String(), t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) askTx(ctx context.Context, tx pgx.Tx, each time.Duration, payouts []LookAtPayout) error {
	for _, t := range payouts {
		if err := s.onceEachTx(ctx, tx, each, t.Cooperative, t.Payout.String(), t); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) onceEachTx(ctx context.Context, tx pgx.Tx, each time.Duration, c id.Cooperative, what string, t tasks.Task) error {
	key := fmt.Sprintf("%s:%s:%d", what, each, s.now().Unix()/int64(each/time.Second))
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c, Key: key, Lane: tasks.Low})
	return err
}
