package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func insertCooperative(ctx context.Context, tx pgx.Tx, c Cooperative, now time.Time) error {
	const query = `INSERT INTO members.cooperative (id, name, created_at) VALUES ($1, $2, $3)`
	_, err := tx.Exec(ctx, query, c.ID, c.Name, now)
	if broke(err, "cooperative_name_unique") {
		return nameTaken()
	}
	return err
}

// broke reports whether err is the violation of the named constraint.
func broke(err error, constraint string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.ConstraintName == constraint
}

func listCooperatives(ctx context.Context, db *pgxpool.Pool) ([]Cooperative, error) {
	rows, err := db.Query(ctx, `SELECT id, name FROM members.cooperative ORDER BY name`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Cooperative, err error) {
		err = row.Scan(&c.ID, &c.Name)
		return c, err
	})
}

func hasCooperative(ctx context.Context, db *pgxpool.Pool) (has bool, err error) {
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM members.cooperative)`).Scan(&has)
	return has, err
}

func lockEmpty(ctx context.Context, tx pgx.Tx) (bool, error) {
	if _, err := tx.Exec(ctx, `LOCK TABLE members.cooperative IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return false, err
	}
	var first id.Cooperative
	err := notFound(tx.QueryRow(ctx, `SELECT id FROM members.cooperative LIMIT 1`).Scan(&first))
	if err == ErrNotFound {
		return true, nil
	}
	return false, err
}
