package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// unanswered is a payout that may have moved while its cooperative was being stopped.
type unanswered struct {
	stopped
	payout PayoutID
}

// listUnanswered are those for which the gateway was asked, and gave no answer, in
// cooperatives that were stopped for anything but a database that was put back.
func listUnanswered(ctx context.Context, db *pgxpool.Pool) ([]unanswered, error) {
	const query = `
		SELECT DISTINCT ON (o.cooperative_id, o.id) s.cooperative_id, s.id, o.id FROM payments.stop s
		JOIN payments.payout o ON o.cooperative_id = s.cooperative_id AND o.state = 'due' AND o.began_at IS NOT NULL
		JOIN payments.errand e ON e.cooperative_id = o.cooperative_id AND e.state = 'open' AND e.tries > 0
			AND (e.kind = 'transfer' AND e.subject = o.id::text OR e.kind = 'payout' AND e.subject = o.id || ':' || o.tries)
		WHERE s.lifted_at IS NULL AND s.cause <> 'restored' ORDER BY o.cooperative_id, o.id, s.since`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (u unanswered, err error) {
		err = row.Scan(&u.cooperative, &u.stop, &u.payout)
		return u, err
	})
}
