package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// wakeTx takes up what is due to a member, or to all when no member is named, the
// oldest first, at most 1,000; Sweep takes up the rest. Those that are under way already
// notice it. Whoever lets money leave again calls it.
func (s *Service) wakeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	due, err := listDue(ctx, tx, c, m)
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
