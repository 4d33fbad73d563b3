package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const payoutColumns = `id, account, status, amount, method, description, statement, metadata, txn_id, coalesce(failure_txn_id, ''),
	created_at, arrives_at, due_at`

func insertPayout(ctx context.Context, tx pgx.Tx, p payout) error {
	const query = `
		INSERT INTO stripesim.payout (id, account, status, amount, method, description, statement, metadata, txn_id, created_at, arrives_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	_, err := tx.Exec(ctx, query, p.ID, p.Account, p.Status, p.Amount, p.Method, p.Description, p.Statement, p.Metadata, p.Txn, p.Created, p.Arrives, p.Due)
	return err
}

func updatePayout(ctx context.Context, tx pgx.Tx, p payout) error {
	const query = `UPDATE stripesim.payout SET status = $2, failure_txn_id = nullif($3, ''), due_at = $4 WHERE id = $1`
	_, err := tx.Exec(ctx, query, p.ID, p.Status, p.Failure, p.Due)
	return err
}

func findPayout(ctx context.Context, tx pgx.Tx, id, account string) (payout, error) {
	const query = `SELECT ` + payoutColumns + ` FROM stripesim.payout WHERE id = $1 AND account = $2`
	return collectOne[payout](ctx, tx, payoutKind(), "", query, id, account)
}

func selectPayouts(ctx context.Context, tx pgx.Tx, p page, account, status string) ([]payout, error) {
	const query = `
		SELECT ` + payoutColumns + ` FROM stripesim.payout
		WHERE account = $5 AND ($6 = '' OR status = $6)` + pageTail
	return collect[payout](ctx, tx, query, p.args(account, status)...)
}

// lockDuePayout takes one payout whose next step is due, or none.
func lockDuePayout(ctx context.Context, tx pgx.Tx, now time.Time) ([]payout, error) {
	const query = `
		SELECT ` + payoutColumns + ` FROM stripesim.payout
		WHERE due_at <= $1 ORDER BY due_at, number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`
	return collect[payout](ctx, tx, query, now)
}
