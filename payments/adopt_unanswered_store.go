package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// mostUnanswered bounds one look.
const mostUnanswered = 1000

// selectUnanswered finds each payout's errand by its key: else it is held against all of them.
const selectUnanswered = `
	SELECT o.cooperative_id, s.id, o.id FROM payments.payout o
	JOIN payments.errand e ON e.cooperative_id = o.cooperative_id AND (e.state = 'done' OR e.tries > 0)
		AND e.kind = CASE WHEN o.transfer_id IS NULL THEN 'transfer' ELSE 'payout' END
		AND e.subject = CASE WHEN o.transfer_id IS NULL THEN o.id::text ELSE o.id || ':' || o.tries END
	LEFT JOIN LATERAL (SELECT t.id, t.cause FROM payments.stop t WHERE t.cooperative_id = o.cooperative_id AND t.lifted_at IS NULL
		ORDER BY t.cause = 'restored' DESC, t.since LIMIT 1) s ON true
	WHERE o.state = 'due' AND o.began_at IS NOT NULL AND s.cause IS DISTINCT FROM 'restored' AND (s.id IS NOT NULL OR e.last_at < $1)
	ORDER BY s.id IS NULL, e.last_at, o.id LIMIT $2`

// listUnanswered are payouts for which the gateway was asked, and whose answer is not
// recorded, the longest ago first: in cooperatives that are stopped for anything but a
// database that was put back, and elsewhere where that was before this moment.
func listUnanswered(ctx context.Context, db *pgxpool.Pool, before time.Time) ([]lookedFor, error) {
	rows, err := db.Query(ctx, selectUnanswered, before, mostUnanswered)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, lookedForOf)
}
