package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// listDue gives the tasks that take due wages on their way: of one member, or of all.
func listDue(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]tasks.Task, error) {
	const query = `
		SELECT id, transfer_id IS NOT NULL FROM payments.payout
		WHERE cooperative_id = $1 AND ($3 OR member_id = $2) AND state = 'due' ORDER BY due_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, c, m, m.IsZero())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (tasks.Task, error) {
		var payout PayoutID
		var there bool
		err := row.Scan(&payout, &there)
		return takeUp(c, payout, there), err
	})
}
