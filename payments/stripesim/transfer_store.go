package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const transferColumns = `id, amount, destination, payment, coalesce(source_charge, ''), transfer_group, description, metadata, txn_id, created_at, reversed,
	coalesce((SELECT json_agg(r ORDER BY r.number DESC) FROM (SELECT id "ID", transfer_id "Transfer", amount "Amount", account "Account", refund "Refund",
		metadata "Metadata", txn_id "Txn", created_at "Created", number FROM stripesim.reversal WHERE transfer_id = transfer.id
		ORDER BY number DESC LIMIT 10) r), '[]'),
	(SELECT count(*) FROM stripesim.reversal WHERE transfer_id = transfer.id)`

func insertTransfer(ctx context.Context, tx pgx.Tx, t transfer) error {
	const query = `
		INSERT INTO stripesim.transfer (id, amount, destination, payment, source_charge, transfer_group, description, metadata, txn_id, created_at)
		VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8, $9, $10)`
	_, err := tx.Exec(ctx, query, t.ID, t.Amount, t.Destination, t.Payment, t.Source, t.Group, t.Description, t.Metadata, t.Txn, t.Created)
	return err
}

func findTransfer(ctx context.Context, tx pgx.Tx, id string) (transfer, error) {
	return collectOne[transfer](ctx, tx, transferKind(), "", `SELECT `+transferColumns+` FROM stripesim.transfer WHERE id = $1`, id)
}

func lockTransfer(ctx context.Context, tx pgx.Tx, id string) (transfer, error) {
	const query = `SELECT ` + transferColumns + ` FROM stripesim.transfer WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[transfer](ctx, tx, transferKind(), "", query, id)
}

func updateReversed(ctx context.Context, tx pgx.Tx, t transfer) error {
	_, err := tx.Exec(ctx, `UPDATE stripesim.transfer SET reversed = $2 WHERE id = $1`, t.ID, t.Reversed)
	return err
}

// sumTransfers is what was paid from one charge, and not reversed.
func sumTransfers(ctx context.Context, tx pgx.Tx, charge string) (sum int64, err error) {
	const query = `SELECT coalesce(sum(amount - reversed), 0)::bigint FROM stripesim.transfer WHERE source_charge = $1`
	err = tx.QueryRow(ctx, query, charge).Scan(&sum)
	return sum, err
}

func selectTransfers(ctx context.Context, tx pgx.Tx, p page, group, destination string) ([]transfer, error) {
	const query = `
		SELECT ` + transferColumns + ` FROM stripesim.transfer
		WHERE ($5 = '' OR transfer_group = $5) AND ($6 = '' OR destination = $6)` + pageTail
	return collect[transfer](ctx, tx, query, p.args(group, destination)...)
}
