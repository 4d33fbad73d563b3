package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listRestored(ctx context.Context, db *pgxpool.Pool) ([]restored, error) {
	rows, err := db.Query(ctx, `SELECT cooperative_id, id FROM payments.stop WHERE cause = 'restored' AND lifted_at IS NULL ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r restored, err error) {
		err = row.Scan(&r.cooperative, &r.stop)
		return r, err
	})
}

func listDuePayouts(ctx context.Context, db querier, c id.Cooperative) ([]PayoutID, error) {
	rows, err := db.Query(ctx, `SELECT id FROM payments.payout WHERE cooperative_id = $1 AND state = 'due' ORDER BY due_at, id`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[PayoutID])
}

func insertAdopted(ctx context.Context, db *pgxpool.Pool, r restored, kind, subject, outside string, now time.Time) error {
	const query = `
		INSERT INTO payments.adopted (cooperative_id, stop_id, kind, subject, outside, adopted_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT DO NOTHING`
	_, err := db.Exec(ctx, query, r.cooperative, r.stop, kind, subject, outside, now)
	return err
}
