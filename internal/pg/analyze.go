package pg

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Analyze lets Postgres look at all tables, after many rows came at once. Until
// it has, it plans queries for tables that it takes for small, and some then read
// a whole table for one row.
func Analyze(ctx context.Context, db *pgxpool.Pool) error {
	_, err := db.Exec(ctx, `ANALYZE`)
	return err
}
