package stripesim

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// readBook sums the objects, not the balance transactions, so that the two can
// be held against each other.
func readBook(ctx context.Context, tx pgx.Tx) (Book, error) {
	const query = `
		SELECT
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.charge WHERE status = 'succeeded'),
			(SELECT coalesce(sum(fee), 0)::bigint FROM stripesim.txn),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.refund WHERE status <> 'failed'),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.dispute WHERE txn_id IS NOT NULL AND back_txn_id IS NULL),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.transfer),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.reversal),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.payout WHERE status = 'pending'),
			(SELECT coalesce(sum(amount), 0)::bigint FROM stripesim.payout WHERE status = 'paid')`
	b := Book{Accounts: map[string]int64{}}
	err := tx.QueryRow(ctx, query).Scan(&b.Charged, &b.Fees, &b.Refunded, &b.Disputed, &b.Transferred, &b.Reversed, &b.OnTheWay, &b.PaidOut)
	if err != nil {
		return b, err
	}
	rows, err := tx.Query(ctx, `SELECT account, total FROM stripesim.balance`)
	if err != nil {
		return b, err
	}
	var account string
	var total int64
	_, err = pgx.ForEachRow(rows, []any{&account, &total}, func() error {
		b.Accounts[account] = total
		return nil
	})
	b.Platform = b.Accounts[platform]
	delete(b.Accounts, platform)
	return b, err
}

// countWrong counts the balances that are not the sum of their balance
// transactions, and the objects whose balance transactions say something else.
func countWrong(ctx context.Context, tx pgx.Tx) (wrong int64, err error) {
	const query = `
		WITH said (account, type, source, amount) AS (
			SELECT 'platform', CASE method WHEN 'card' THEN 'charge' ELSE 'payment' END, id, amount FROM stripesim.charge WHERE status = 'succeeded'
			UNION ALL SELECT 'platform', CASE c.method WHEN 'card' THEN 'refund' ELSE 'payment_refund' END, r.id, -r.amount
				FROM stripesim.refund r JOIN stripesim.charge c ON c.id = r.charge_id
			UNION ALL SELECT 'platform', CASE c.method WHEN 'card' THEN 'refund_failure' ELSE 'payment_failure_refund' END, r.id, r.amount
				FROM stripesim.refund r JOIN stripesim.charge c ON c.id = r.charge_id WHERE r.status = 'failed'
			UNION ALL SELECT 'platform', 'dispute', id, -amount FROM stripesim.dispute WHERE txn_id IS NOT NULL
			UNION ALL SELECT 'platform', 'dispute_reversal', id, amount FROM stripesim.dispute WHERE status = 'won'
			UNION ALL SELECT 'platform', 'transfer', id, -amount FROM stripesim.transfer
			UNION ALL SELECT destination, 'payment', payment, amount FROM stripesim.transfer
			UNION ALL SELECT 'platform', 'transfer_refund', id, amount FROM stripesim.reversal
			UNION ALL SELECT account, 'payment_refund', refund, -amount FROM stripesim.reversal
			UNION ALL SELECT account, 'payout', id, -amount FROM stripesim.payout
			UNION ALL SELECT account, 'payout_failure', id, amount FROM stripesim.payout WHERE status = 'failed'
			UNION ALL SELECT account, 'payout_cancel', id, amount FROM stripesim.payout WHERE status = 'canceled'
		)
		SELECT
			(SELECT count(*) FROM stripesim.balance b
				WHERE b.total <> (SELECT coalesce(sum(t.net), 0) FROM stripesim.txn t WHERE t.account = b.account))
			+ (SELECT count(*) FROM stripesim.transfer t
				WHERE t.reversed <> (SELECT coalesce(sum(r.amount), 0) FROM stripesim.reversal r WHERE r.transfer_id = t.id))
			+ (SELECT count(*) FROM stripesim.charge c WHERE c.refunded <>
				(SELECT coalesce(sum(r.amount), 0) FROM stripesim.refund r WHERE r.charge_id = c.id AND r.status <> 'failed'))
			+ (SELECT count(*) FROM said FULL JOIN stripesim.txn t USING (account, type, source)
				WHERE said.amount IS DISTINCT FROM t.amount)`
	err = tx.QueryRow(ctx, query).Scan(&wrong)
	return wrong, err
}
