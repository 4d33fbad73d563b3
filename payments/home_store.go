package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// lockHome reports whether it was ever kept where the ledger is, and whether it is
// there.
func lockHome(ctx context.Context, tx pgx.Tx) (known, home bool, err error) {
	err = tx.QueryRow(ctx, `SELECT payments.at_home() FROM payments.home FOR UPDATE`).Scan(&home)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, true, nil
	}
	return true, home, err
}

func keepHome(ctx context.Context, tx pgx.Tx, now time.Time) error {
	const query = `
		INSERT INTO payments.home (cluster, timeline, database, ledger, kept_at) SELECT cluster, timeline, database, ledger, $1 FROM payments.here()
		ON CONFLICT (single) DO UPDATE SET cluster = excluded.cluster, timeline = excluded.timeline, database = excluded.database,
			ledger = excluded.ledger, kept_at = excluded.kept_at`
	_, err := tx.Exec(ctx, query, now)
	return err
}

func listCooperatives(ctx context.Context, db querier) ([]id.Cooperative, error) {
	rows, err := db.Query(ctx, `SELECT id FROM members.cooperative ORDER BY id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[id.Cooperative])
}

// insertStop adds a cause, unless it stops the cooperative already. A database
// that was put back once more starts again: who had asked to go on did not know.
func insertStop(ctx context.Context, tx pgx.Tx, c id.Cooperative, stop id.Of[Stop], cause StopCause, now time.Time) error {
	const query = `
		INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES ($1, $2, $3, $4)
		ON CONFLICT (cooperative_id, cause) WHERE lifted_at IS NULL DO UPDATE SET
			asked_by = CASE WHEN stop.cause = 'restored' THEN NULL ELSE stop.asked_by END,
			asked_at = CASE WHEN stop.cause = 'restored' THEN NULL ELSE stop.asked_at END,
			since = CASE WHEN stop.cause = 'restored' THEN greatest(stop.since, excluded.since) ELSE stop.since END`
	_, err := tx.Exec(ctx, query, stop, c, string(cause), now)
	return err
}

// isHome reports whether the database is where it was: see payments.at_home.
func isHome(ctx context.Context, db *pgxpool.Pool) (home bool, err error) {
	err = db.QueryRow(ctx, `SELECT payments.at_home()`).Scan(&home)
	return home, err
}
