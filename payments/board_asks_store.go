package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func readAsks(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now time.Time) (a Asks, err error) {
	const query = `
		SELECT (SELECT count(*) FROM payments.refund WHERE cooperative_id = $1 AND state = 'asked')
				+ (SELECT count(*) FROM payments.clawback WHERE cooperative_id = $1 AND state = 'asked')
				+ (SELECT count(*) FROM payments.settlement WHERE cooperative_id = $1 AND state = 'asked')
				+ (SELECT count(*) FROM payments.deposit WHERE cooperative_id = $1 AND back_failed_at IS NOT NULL),
			(SELECT count(*) FROM payments.objection WHERE cooperative_id = $1 AND state = 'open'),
			(SELECT count(*) FROM payments.dispute WHERE cooperative_id = $1 AND state IN ('open', 'warning')),
			(SELECT count(*) FROM payments.payout WHERE cooperative_id = $1 AND state = 'held'),
			(SELECT count(*) FROM payments.advance WHERE cooperative_id = $1 AND ended_at IS NULL AND state = 'asked'),
			(SELECT count(*) FROM payments.manual WHERE cooperative_id = $1 AND state = 'proposed')
				+ (SELECT count(*) FROM payments.policy_change WHERE cooperative_id = $1 AND state = 'proposed'),
			(SELECT count(DISTINCT o.member_id) FROM payments.payout o
				JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
				WHERE o.cooperative_id = $1 AND o.state = 'due' AND e.state = 'ready' AND e.rests_until > $2)`
	err = db.QueryRow(ctx, query, c, now).Scan(&a.Refunds, &a.Objections, &a.Disputes, &a.Held, &a.Advances, &a.Proposals, &a.Resting)
	if err != nil {
		return a, err
	}
	a.Unready, err = countUnready(ctx, db, c)
	return a, err
}
