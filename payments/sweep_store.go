package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// idlePayout is a payout that is due.
type idlePayout struct {
	cooperative id.Cooperative
	id          PayoutID
	there       bool // at the gateway already
}

// listIdle are the payouts that are due since before this moment, of members who
// can be paid, where money may leave.
func listIdle(ctx context.Context, tx pgx.Tx, before, now time.Time) ([]idlePayout, error) {
	const query = `
		SELECT o.cooperative_id, o.id, o.transfer_id IS NOT NULL
		FROM payments.payout o
		JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
		WHERE o.state = 'due' AND o.due_at < $1 AND e.state = 'ready' AND (e.rests_until IS NULL OR e.rests_until <= $2)
			AND NOT EXISTS (SELECT FROM payments.stop s WHERE s.cooperative_id = o.cooperative_id AND s.lifted_at IS NULL)
		ORDER BY o.due_at, o.id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p idlePayout, err error) {
		err = row.Scan(&p.cooperative, &p.id, &p.there)
		return p, err
	})
}
