package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// backAgainTx asks after refunds and disputes of which nothing was heard, and lets
// go what waited while no money left.
func (s *Service) backAgainTx(ctx context.Context, tx pgx.Tx) error {
	before := s.now().Add(-silence)
	unsent, err := listRefundsToSend(ctx, tx, before)
	if err != nil {
		return err
	}
	moving, done, err := listRefundsUnderWay(ctx, tx, before, s.now().Add(-doubtful))
	if err != nil {
		return err
	}
	disputes, err := listDisputesGoingOn(ctx, tx, before)
	if err != nil {
		return err
	}
	answers, err := listAnswersToSend(ctx, tx, before)
	if err != nil {
		return err
	}
	reversals, err := listReversalsToSend(ctx, tx, before)
	if err != nil {
		return err
	}
	var list []again
	for _, t := range reversals {
		list = append(list, again{silence, t.Cooperative, "reversal:" + t.Settlement.String(), t})
	}
	for _, t := range unsent {
		list = append(list, again{silence, t.Cooperative, "refund:" + t.Refund.String(), t})
	}
	for _, t := range moving {
		list = append(list, again{time.Hour, t.Cooperative, "refund:" + t.Refund.String(), t})
	}
	for _, t := range done {
		list = append(list, again{24 * time.Hour, t.Cooperative, "refund:" + t.Refund.String(), t})
	}
	for _, t := range disputes {
		list = append(list, again{6 * time.Hour, t.Cooperative, t.Outside, t})
	}
	for _, t := range answers {
		list = append(list, again{silence, t.Cooperative, "answer:" + t.Dispute.String(), t})
	}
	return s.allAgainTx(ctx, tx, list)
}

// again is a task that comes at most so often.
type again struct {
	each        time.Duration
	cooperative id.Cooperative
	what        string
	task        tasks.Task
}

func (s *Service) allAgainTx(ctx context.Context, tx pgx.Tx, list []again) error {
	for _, a := range list {
		if err := s.onceEachTx(ctx, tx, a.each, a.cooperative, a.what, a.task); err != nil {
			return err
		}
	}
	return nil
}
