package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// listFormerAccounts are those over which the payout's member was paid before.
func listFormerAccounts(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, p Payout) ([]string, error) {
	const query = `
		SELECT e.outside_id FROM payments.errand e
		JOIN payments.payee now ON now.cooperative_id = e.cooperative_id AND now.member_id = $2 AND now.account <> e.outside_id
		WHERE e.cooperative_id = $1 AND e.kind = 'account' AND e.state = 'done'
			AND (e.subject = $2::text OR starts_with(e.subject, $2::text || ':')) ORDER BY 1`
	rows, err := db.Query(ctx, query, c, p.Member)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// findErrand gives an errand as it is noted; it returns members.ErrNotFound.
func findErrand(ctx context.Context, db rower, e errand) (n notedErrand, err error) {
	const query = `SELECT input_hash FROM payments.errand WHERE cooperative_id = $1 AND kind = $2 AND subject = $3`
	err = db.QueryRow(ctx, query, e.cooperative, string(e.kind), string(e.subject)).Scan(&n.hash)
	return n, notFound(err)
}
