package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func insertPayout(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, l Line, from paidBill, now time.Time) error {
	const query = `
		INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, charge_id, at_hand_at)
		VALUES ($1, $2, $3, $4, $5, 'due', $6, $7, $8)`
	var atHand *time.Time
	if from.available.After(now) {
		atHand = &from.available
	}
	_, err := tx.Exec(ctx, query, payout, c, l.ID, l.Member, l.Amount, now, from.source(l.Amount), atHand)
	return err
}

// selectPayout gives an advance the words of the bill on whose line it was given.
const selectPayout = `
	SELECT o.id, o.member_id, b.ref, o.cents, o.state, o.tries, coalesce(o.account, e.account, ''), coalesce(o.charge_id, CASE WHEN o.line_id IS NOT NULL THEN b.charge_id END, ''),
		coalesce(o.transfer_id, ''), coalesce(o.payout_id, ''), o.began_at IS NOT NULL, o.released_at IS NOT NULL, o.advance_id, o.instant, o.reversed_cents
	FROM payments.payout o
	LEFT JOIN payments.advance v ON v.cooperative_id = o.cooperative_id AND v.id = o.advance_id
	LEFT JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = coalesce(o.line_id, v.line_id)
	LEFT JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
	LEFT JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
	WHERE o.cooperative_id = $1 AND o.id = $2`

// rower is a pool or a transaction.
type rower interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func findPayout(ctx context.Context, db rower, c id.Cooperative, payout PayoutID) (Payout, error) {
	return scanPayout(db.QueryRow(ctx, selectPayout, c, payout))
}

func lockPayout(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID) (Payout, error) {
	return scanPayout(tx.QueryRow(ctx, selectPayout+` FOR NO KEY UPDATE OF o`, c, payout))
}

func scanPayout(row pgx.Row) (p Payout, err error) {
	err = row.Scan(&p.ID, &p.Member, &p.Ref, &p.Amount, &p.Step, &p.tries, &p.account, &p.charge, &p.transfer, &p.outside, &p.begun, &p.released, &p.advance, &p.instant, &p.reversed)
	return p, notFound(err)
}

func updateTransfer(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, transfer, account string) error {
	const query = `UPDATE payments.payout SET transfer_id = $3, account = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, payout, transfer, account)
	return err
}

func updateSent(ctx context.Context, tx pgx.Tx, c id.Cooperative, payout PayoutID, outside string, now time.Time) error {
	const query = `UPDATE payments.payout SET state = 'sent', payout_id = $3, sent_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, payout, outside, now)
	return err
}

func updateArrived(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, now time.Time) error {
	const query = `
		UPDATE payments.payout SET state = $3, paid_at = CASE WHEN $3 = 'paid' THEN $4::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, p.ID, string(p.Step), now)
	return err
}

// updateDue begins a new try of a payout that came back.
func updateDue(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	const query = `
		UPDATE payments.payout SET state = $3, tries = tries + 1, payout_id = NULL, sent_at = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, p.ID, string(p.Step))
	return err
}

// updateNotAgain takes back that it is sent again.
func updateNotAgain(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	const query = `UPDATE payments.payout SET state = $3, tries = tries - 1 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, p.ID, string(p.Step))
	return err
}

// findByOutside finds a payout by its number at the gateway, whosever it is.
func findByOutside(ctx context.Context, db *pgxpool.Pool, account, outside string) (t LookAtPayout, err error) {
	const query = `
		SELECT o.cooperative_id, o.id FROM payments.payout o
		JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
		WHERE o.payout_id = $2 AND coalesce(o.account, e.account) = $1`
	err = db.QueryRow(ctx, query, account, outside).Scan(&t.Cooperative, &t.Payout)
	return t, notFound(err)
}

// hasUnsent reports whether the account waits for the number of a payout.
func hasUnsent(ctx context.Context, db *pgxpool.Pool, account string) (unsent bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM payments.payout o
		JOIN payments.payee e ON e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id
		WHERE coalesce(o.account, e.account) = $1 AND o.state = 'due')`
	err = db.QueryRow(ctx, query, account).Scan(&unsent)
	return unsent, err
}

// listStalePayouts are those that were sent before this moment and of which
// nothing was heard.
func listStalePayouts(ctx context.Context, tx pgx.Tx, before time.Time) ([]LookAtPayout, error) {
	const query = `
		SELECT cooperative_id, id FROM payments.payout
		WHERE state = 'sent' AND sent_at < $1 ORDER BY sent_at, id LIMIT 1000`
	return collectPayouts(tx.Query(ctx, query, before))
}

// listPaidSince are those of which a bank said so after this moment.
func listPaidSince(ctx context.Context, tx pgx.Tx, after time.Time) ([]LookAtPayout, error) {
	const query = `
		SELECT cooperative_id, id FROM payments.payout
		WHERE state = 'paid' AND paid_at > $1 ORDER BY paid_at, id LIMIT 1000`
	return collectPayouts(tx.Query(ctx, query, after))
}

func collectPayouts(rows pgx.Rows, err error) ([]LookAtPayout, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t LookAtPayout, err error) {
		err = row.Scan(&t.Cooperative, &t.Payout)
		return t, err
	})
}
