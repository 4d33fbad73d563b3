package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const refundColumns = `id, charge_id, intent_id, amount, reason, metadata, txn_id, created_at`

func insertRefund(ctx context.Context, tx pgx.Tx, r refund) error {
	const query = `INSERT INTO stripesim.refund (` + refundColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	_, err := tx.Exec(ctx, query, r.ID, r.Charge, r.Intent, r.Amount, r.Reason, r.Metadata, r.Txn, r.Created)
	return err
}

func findRefund(ctx context.Context, tx pgx.Tx, id string) (refund, error) {
	return collectOne[refund](ctx, tx, refundKind(), "", `SELECT `+refundColumns+` FROM stripesim.refund WHERE id = $1`, id)
}

func selectRefunds(ctx context.Context, tx pgx.Tx, p page, ch, intent string) ([]refund, error) {
	const query = `
		SELECT ` + refundColumns + ` FROM stripesim.refund
		WHERE ($5 = '' OR charge_id = $5) AND ($6 = '' OR intent_id = $6)` + pageTail
	return collect[refund](ctx, tx, query, p.args(ch, intent)...)
}
