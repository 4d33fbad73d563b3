package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const refundColumns = `id, charge_id, intent_id, amount, reason, metadata, txn_id, created_at, status, coalesce(failure_txn_id, ''), simulate, due_at`

func insertRefund(ctx context.Context, tx pgx.Tx, r refund) error {
	const query = `
		INSERT INTO stripesim.refund (id, charge_id, intent_id, amount, reason, metadata, txn_id, created_at, status, simulate, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	_, err := tx.Exec(ctx, query, r.ID, r.Charge, r.Intent, r.Amount, r.Reason, r.Metadata, r.Txn, r.Created, r.Status, r.Simulate, r.Due)
	return err
}

func updateRefund(ctx context.Context, tx pgx.Tx, r refund) error {
	const query = `UPDATE stripesim.refund SET status = $2, failure_txn_id = nullif($3, ''), due_at = $4 WHERE id = $1`
	_, err := tx.Exec(ctx, query, r.ID, r.Status, r.Failure, r.Due)
	return err
}

func findRefund(ctx context.Context, tx pgx.Tx, id string) (refund, error) {
	return collectOne[refund](ctx, tx, refundKind(), "", `SELECT `+refundColumns+` FROM stripesim.refund WHERE id = $1`, id)
}

func lockRefund(ctx context.Context, tx pgx.Tx, id string) (refund, error) {
	const query = `SELECT ` + refundColumns + ` FROM stripesim.refund WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[refund](ctx, tx, refundKind(), "", query, id)
}

// lockDueRefund takes one refund whose next step is due, or none.
func lockDueRefund(ctx context.Context, tx pgx.Tx, now time.Time) ([]refund, error) {
	const query = `
		SELECT ` + refundColumns + ` FROM stripesim.refund
		WHERE due_at <= $1 ORDER BY due_at, number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`
	return collect[refund](ctx, tx, query, now)
}

func selectRefunds(ctx context.Context, tx pgx.Tx, p page, ch, intent string) ([]refund, error) {
	const query = `
		SELECT ` + refundColumns + ` FROM stripesim.refund
		WHERE ($5 = '' OR charge_id = $5) AND ($6 = '' OR intent_id = $6)` + pageTail
	return collect[refund](ctx, tx, query, p.args(ch, intent)...)
}
