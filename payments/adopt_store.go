package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// listRestored are the cooperatives whose database was put back.
func listRestored(ctx context.Context, db *pgxpool.Pool) ([]id.Cooperative, error) {
	rows, err := db.Query(ctx, `SELECT cooperative_id FROM payments.stop WHERE cause = 'restored' AND lifted_at IS NULL ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[id.Cooperative])
}

// listRestoredDue are those of these after one, by their numbers, that may have left; who
// was held may have been released.
func listRestoredDue(ctx context.Context, db *pgxpool.Pool, after PayoutID) ([]lookedFor, error) {
	const query = `
		SELECT o.cooperative_id, s.id, o.id FROM payments.stop s JOIN payments.payout o ON o.cooperative_id = s.cooperative_id
		WHERE s.cause = 'restored' AND s.lifted_at IS NULL AND o.state IN ('due', 'held') AND ($1::uuid IS NULL OR o.id > $1) ORDER BY o.id`
	rows, err := db.Query(ctx, query, after)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, lookedForOf)
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
