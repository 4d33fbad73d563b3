package stripesim

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

const txnColumns = `id, account, type, amount, fee, net, source, created_at, available_at`

// insertTxn holds the balance of the account until tx ends. What comes later is
// told when it is there.
func insertTxn(ctx context.Context, tx pgx.Tx, t txn) error {
	const query = `
		WITH written AS (
			INSERT INTO stripesim.txn (` + txnColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		)
		UPDATE stripesim.balance SET total = total + $6,
			ripens_at = CASE WHEN $9::timestamptz > $8::timestamptz AND $6 > 0 THEN least(ripens_at, $9) ELSE ripens_at END
		WHERE account = $2`
	_, err := tx.Exec(ctx, query, t.ID, t.Account, t.Type, t.Amount, t.Fee, t.Net, t.Source, t.Created, t.Available)
	return err
}

// lockRipe takes one account of which money became available, and notes when the
// next will.
func lockRipe(ctx context.Context, tx pgx.Tx, now time.Time) (account string, found bool, err error) {
	const query = `
		UPDATE stripesim.balance b SET ripens_at =
			(SELECT min(t.available_at) FROM stripesim.txn t WHERE t.account = b.account AND t.available_at > $1 AND t.net > 0)
		WHERE b.account = (SELECT account FROM stripesim.balance WHERE ripens_at <= $1 ORDER BY ripens_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
		RETURNING b.account`
	err = tx.QueryRow(ctx, query, now).Scan(&account)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return account, err == nil, err
}

// totalOf is all that an account has, and holds it.
func totalOf(ctx context.Context, tx pgx.Tx, account string) (total int64, err error) {
	err = tx.QueryRow(ctx, `SELECT total FROM stripesim.balance WHERE account = $1 FOR NO KEY UPDATE`, account).Scan(&total)
	return total, err
}

// holdBalance locks the balance and says how much may be taken from it so that
// it is neither overdrawn at that moment nor in the end.
func holdBalance(ctx context.Context, tx pgx.Tx, account string, at time.Time) (int64, error) {
	var total int64
	const lock = `SELECT total FROM stripesim.balance WHERE account = $1 FOR NO KEY UPDATE`
	if err := tx.QueryRow(ctx, lock, account).Scan(&total); err != nil {
		return 0, err
	}
	later, err := sumLater(ctx, tx, account, at)
	return min(total, total-later), err
}

// sumLater is what comes, or goes, only after that moment.
func sumLater(ctx context.Context, tx pgx.Tx, account string, at time.Time) (sum int64, err error) {
	const query = `SELECT coalesce(sum(net), 0)::bigint FROM stripesim.txn WHERE account = $1 AND available_at > $2`
	err = tx.QueryRow(ctx, query, account, at).Scan(&sum)
	return sum, err
}

// readBalance reads both figures in one statement, so that they belong together.
func readBalance(ctx context.Context, tx pgx.Tx, account string, now time.Time) (available, pending int64, err error) {
	const query = `
		SELECT b.total, coalesce((SELECT sum(t.net) FROM stripesim.txn t WHERE t.account = b.account AND t.available_at > $2), 0)::bigint
		FROM stripesim.balance b WHERE b.account = $1`
	err = tx.QueryRow(ctx, query, account, now).Scan(&available, &pending)
	return available - pending, pending, err
}

func findTxn(ctx context.Context, tx pgx.Tx, id, account string, now time.Time) (txn, error) {
	const query = `SELECT ` + txnColumns + `, available_at > $3 FROM stripesim.txn WHERE id = $1 AND account = $2`
	return collectOne[txn](ctx, tx, txnKind(), "", query, id, account, now)
}

func selectTxns(ctx context.Context, tx pgx.Tx, p page, account, source string, kinds []string, now time.Time) ([]txn, error) {
	const query = `
		SELECT ` + txnColumns + `, available_at > $8 FROM stripesim.txn
		WHERE account = $5 AND ($6 = '' OR source = $6) AND (cardinality($7::text[]) = 0 OR type = ANY ($7))` + pageTail
	return collect[txn](ctx, tx, query, p.args(account, source, kinds, now)...)
}
