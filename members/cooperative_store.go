package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/check"
)

func insertCooperative(ctx context.Context, tx pgx.Tx, c Cooperative, now time.Time) error {
	const query = `INSERT INTO members.cooperative (id, name, created_at) VALUES ($1, $2, $3)`
	_, err := tx.Exec(ctx, query, c.ID, c.Name, now)
	if broke(err, "cooperative_name_unique") {
		return check.Problems{{Field: "name", Rule: "taken"}}
	}
	return err
}

// broke reports whether err is the violation of the named constraint.
func broke(err error, constraint string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.ConstraintName == constraint
}
