package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func listRestored(ctx context.Context, db *pgxpool.Pool) ([]stopped, error) {
	rows, err := db.Query(ctx, `SELECT cooperative_id, id FROM payments.stop WHERE cause = 'restored' AND lifted_at IS NULL ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r stopped, err error) {
		err = row.Scan(&r.cooperative, &r.stop)
		return r, err
	})
}

// listDuePayouts are those that may have left; who was held may have been released.
func listDuePayouts(ctx context.Context, db querier, c id.Cooperative) ([]PayoutID, error) {
	rows, err := db.Query(ctx, `SELECT id FROM payments.payout WHERE cooperative_id = $1 AND state IN ('due', 'held') ORDER BY due_at, id`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[PayoutID])
}

// noteAdopted is for what was found while a cooperative waits after its database was
// put back; otherwise it notes nothing.
func noteAdopted(ctx context.Context, tx pgx.Tx, c id.Cooperative, kind, subject, outside string, now time.Time) error {
	const query = `
		INSERT INTO payments.adopted (cooperative_id, stop_id, kind, subject, outside, adopted_at)
		SELECT cooperative_id, id, $2, $3, $4, $5 FROM payments.stop WHERE cooperative_id = $1 AND cause = 'restored' AND lifted_at IS NULL
		ON CONFLICT DO NOTHING`
	_, err := tx.Exec(ctx, query, c, kind, subject, outside, now)
	return err
}

// insertAdopted notes what was found while a stop lasts; without one it notes nothing.
func insertAdopted(ctx context.Context, db *pgxpool.Pool, r stopped, kind, subject, outside string, now time.Time) error {
	if r.stop.IsZero() {
		return nil
	}
	const query = `
		INSERT INTO payments.adopted (cooperative_id, stop_id, kind, subject, outside, adopted_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT DO NOTHING`
	_, err := db.Exec(ctx, query, r.cooperative, r.stop, kind, subject, outside, now)
	return err
}

// unhold is for a payout that left although it is held: that was released, and forgotten.
func unhold(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID) error {
	const query = `
		UPDATE payments.payout SET state = 'due', held_at = NULL, held_why = NULL, release_asked_by = NULL, release_asked_at = NULL
		WHERE cooperative_id = $1 AND id = $2 AND state = 'held'`
	_, err := tx.Exec(ctx, query, c, payout)
	return err
}
