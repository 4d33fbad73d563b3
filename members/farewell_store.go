package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func insertFarewell(ctx context.Context, tx pgx.Tx, farewell FarewellID, f Farewell, now time.Time) error {
	const query = `INSERT INTO members.farewell (id, email, locale, at) VALUES ($1, $2, $3, $4)`
	_, err := tx.Exec(ctx, query, farewell, f.Email, f.Locale, now)
	return err
}

func findFarewell(ctx context.Context, db *pgxpool.Pool, farewell FarewellID) (f Farewell, err error) {
	const query = `SELECT email, locale FROM members.farewell WHERE id = $1`
	return f, notFound(db.QueryRow(ctx, query, farewell).Scan(&f.Email, &f.Locale))
}

func deleteFarewell(ctx context.Context, tx pgx.Tx, farewell FarewellID) error {
	_, err := tx.Exec(ctx, `DELETE FROM members.farewell WHERE id = $1`, farewell)
	return err
}
