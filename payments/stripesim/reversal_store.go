package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const reversalColumns = `id, transfer_id, amount, account, refund, metadata, txn_id, created_at`

func insertReversal(ctx context.Context, tx pgx.Tx, r reversal) error {
	const query = `INSERT INTO stripesim.reversal (` + reversalColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	_, err := tx.Exec(ctx, query, r.ID, r.Transfer, r.Amount, r.Account, r.Refund, r.Metadata, r.Txn, r.Created)
	return err
}

func findReversal(ctx context.Context, tx pgx.Tx, id, transfer string) (reversal, error) {
	const query = `SELECT ` + reversalColumns + ` FROM stripesim.reversal WHERE id = $1 AND transfer_id = $2`
	return collectOne[reversal](ctx, tx, reversalKind(), "", query, id, transfer)
}

func selectReversals(ctx context.Context, tx pgx.Tx, p page, transfer string) ([]reversal, error) {
	return collect[reversal](ctx, tx, `SELECT `+reversalColumns+` FROM stripesim.reversal WHERE transfer_id = $5`+pageTail, p.args(transfer)...)
}

// availableAt is when the money of a balance transaction is there.
func availableAt(ctx context.Context, tx pgx.Tx, txn string) (at time.Time, err error) {
	err = tx.QueryRow(ctx, `SELECT available_at FROM stripesim.txn WHERE id = $1`, txn).Scan(&at)
	return at, err
}
