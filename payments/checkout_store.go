package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func lockCheckout(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID) (state BillState, newest begun, err error) {
	const query = `
		SELECT state, checkouts, coalesce(checkout_id, '') FROM payments.bill
		WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, bill).Scan(&state, &newest.number, &newest.id)
	return state, newest, notFound(err)
}

func startCheckout(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, number int, now time.Time) error {
	const query = `
		UPDATE payments.bill SET state = 'paying', checkouts = $3, checkout_id = NULL, checkout_at = $4
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, bill, number, now)
	return err
}

// updateCheckout keeps the number of the newest checkout; an older one's comes
// too late.
func updateCheckout(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, number int, checkout string) error {
	const query = `UPDATE payments.bill SET checkout_id = $4 WHERE cooperative_id = $1 AND id = $2 AND checkouts = $3`
	_, err := tx.Exec(ctx, query, c, bill, number, checkout)
	return err
}

func findCheckout(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) (checkout string, err error) {
	const query = `SELECT coalesce(checkout_id, '') FROM payments.bill WHERE cooperative_id = $1 AND id = $2`
	err = db.QueryRow(ctx, query, c, bill).Scan(&checkout)
	return checkout, notFound(err)
}

// findCooperative says whose bill it is: the gateway knows bills of all.
func findCooperative(ctx context.Context, db *pgxpool.Pool, bill BillID) (c id.Cooperative, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id FROM payments.bill WHERE id = $1`, bill).Scan(&c)
	return c, notFound(err)
}

func lockForPay(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID) (p paidBill, err error) {
	const query = `
		SELECT client_id, ref, state, total_cents, deposit_cents, coalesce(charge_id, '') FROM payments.bill
		WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, query, c, bill).Scan(&p.client, &p.ref, &p.state, &p.total, &p.beforehand, &p.charge)
	return p, notFound(err)
}

func updatePaid(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, checkout, charge string, now time.Time) error {
	const query = `
		UPDATE payments.bill SET state = 'paid', checkout_id = $3, charge_id = $4, paid_at = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, bill, checkout, charge, now)
	return err
}

func updateBill(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, state BillState) error {
	const query = `UPDATE payments.bill SET state = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, bill, string(state))
	return err
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}

// listStaleCheckouts are those that were begun before this moment and of which
// nothing was heard.
func listStaleCheckouts(ctx context.Context, tx pgx.Tx, before time.Time) ([]LookAtCheckout, error) {
	const query = `
		SELECT cooperative_id, id FROM payments.bill
		WHERE state = 'paying' AND checkout_at < $1 ORDER BY checkout_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t LookAtCheckout, err error) {
		err = row.Scan(&t.Cooperative, &t.Bill)
		return t, err
	})
}
