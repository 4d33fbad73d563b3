package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// wakePayoutsTx takes up what is due in a cooperative, the oldest first, at most
// 1,000; Sweep takes up the rest. Whoever lets money leave again calls it.
func (s *Service) wakePayoutsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative) error {
	due, err := listAllDue(ctx, tx, c)
	if err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, due...)
}

// takeUp is the task that takes a due payout a step on.
func takeUp(c id.Cooperative, payout PayoutID, there bool) tasks.Task {
	if there {
		return SendPayout{Payout: payout, Cooperative: c}
	}
	return MakeTransfer{Payout: payout, Cooperative: c}
}
