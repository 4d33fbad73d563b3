package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func findNamedOnRecords(ctx context.Context, db *pgxpool.Pool, by Actor) (named bool, err error) {
	const query = `SELECT name_on_record FROM members.client WHERE cooperative_id = $1 AND id = $2`
	return named, notFound(db.QueryRow(ctx, query, by.Cooperative, by.Client).Scan(&named))
}

// updateNamedOnRecords reports whether that changed anything.
func updateNamedOnRecords(ctx context.Context, tx pgx.Tx, by Actor, named bool) (changed bool, err error) {
	const query = `UPDATE members.client SET name_on_record = $3 WHERE cooperative_id = $1 AND id = $2 AND name_on_record <> $3`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Client, named)
	return tag.RowsAffected() == 1, err
}
