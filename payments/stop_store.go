package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listStops(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Stop, error) {
	const query = `SELECT cause, since FROM payments.stop WHERE cooperative_id = $1 AND lifted_at IS NULL ORDER BY since, id`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Stop])
}
