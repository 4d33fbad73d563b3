package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const payoutColumns = `id, account, status, amount, method, description, statement, metadata, txn_id, coalesce(failure_txn_id, ''),
	created_at, arrives_at, due_at, bank, failure_code`

func insertPayout(ctx context.Context, tx pgx.Tx, p payout) error {
	const query = `
		INSERT INTO stripesim.payout (id, account, status, amount, method, description, statement, metadata, txn_id, created_at, arrives_at, due_at, bank)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	_, err := tx.Exec(ctx, query, p.ID, p.Account, p.Status, p.Amount, p.Method, p.Description, p.Statement, p.Metadata, p.Txn, p.Created, p.Arrives, p.Due, p.Bank)
	return err
}

func updatePayout(ctx context.Context, tx pgx.Tx, p payout) error {
	const query = `UPDATE stripesim.payout SET status = $2, failure_txn_id = nullif($3, ''), due_at = $4, failure_code = $5 WHERE id = $1`
	_, err := tx.Exec(ctx, query, p.ID, p.Status, p.Failure, p.Due, p.Code)
	return err
}

func findPayout(ctx context.Context, tx pgx.Tx, id, account string) (payout, error) {
	const query = `SELECT ` + payoutColumns + ` FROM stripesim.payout WHERE id = $1 AND account = $2`
	return collectOne[payout](ctx, tx, payoutKind(), "", query, id, account)
}

func lockPayout(ctx context.Context, tx pgx.Tx, id, account string) (payout, error) {
	const query = `SELECT ` + payoutColumns + ` FROM stripesim.payout WHERE id = $1 AND account = $2 FOR NO KEY UPDATE`
	return collectOne[payout](ctx, tx, payoutKind(), "", query, id, account)
}

// lockAnyPayout finds it by its id alone.
func lockAnyPayout(ctx context.Context, tx pgx.Tx, id string) (payout, error) {
	const query = `SELECT ` + payoutColumns + ` FROM stripesim.payout WHERE id = $1 FOR NO KEY UPDATE`
	return collectOne[payout](ctx, tx, payoutKind(), "", query, id)
}

// readFate is how payouts to this bank end.
func readFate(ctx context.Context, tx pgx.Tx, bank string) (fate string, err error) {
	err = tx.QueryRow(ctx, `SELECT simulate FROM stripesim.bank WHERE id = $1`, bank).Scan(&fate)
	return fate, err
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
