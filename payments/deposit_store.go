package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

func (d Deposits) problems() (p check.Problems) {
	check.OneOf(&p, "deposits", d, DepositChoices()...)
	return p
}

// findPayer says what sort of client this is, and whether they paid a bill here.
func findPayer(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID) (kind members.ClientKind, paidBefore bool, err error) {
	const query = `
		SELECT k.kind, EXISTS (SELECT FROM payments.bill b WHERE b.cooperative_id = $1 AND b.client_id = $2 AND b.state = 'paid')
		FROM members.client k WHERE k.cooperative_id = $1 AND k.id = $2`
	err = tx.QueryRow(ctx, query, c, client).Scan(&kind, &paidBefore)
	return kind, paidBefore, notFound(err)
}

// upsertDeposit gives the deposit that is asked now. One that is being paid keeps
// its amount.
func upsertDeposit(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, n NewDeposit, now time.Time) (there DepositID, err error) {
	const query = `
		INSERT INTO payments.deposit AS d (id, cooperative_id, client_id, ref, title, language, cents, state, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8)
		ON CONFLICT (cooperative_id, ref) WHERE state IN ('asked', 'paying')
		DO UPDATE SET cents = CASE WHEN d.state = 'asked' THEN excluded.cents ELSE d.cents END
		WHERE d.client_id = excluded.client_id RETURNING id`
	err = tx.QueryRow(ctx, query, deposit, c, n.Client, string(n.Ref), n.Title, string(n.Language), n.Amount, now).Scan(&there)
	return there, notFound(err)
}

// isDisputed holds while the client's bank decides about a deposit.
const isDisputed = `EXISTS (SELECT FROM payments.dispute q WHERE q.cooperative_id = d.cooperative_id AND q.deposit_id = d.id AND q.state IN ('open', 'warning'))`

// isSetApart holds once its work is over.
const isSetApart = `EXISTS (SELECT FROM payments.entry e WHERE e.cooperative_id = d.cooperative_id AND e.key = 'deposit:' || d.id || ':return')`

const selectDeposit = `
	SELECT d.id, d.client_id, d.ref, d.title, d.language, d.cents, d.used_cents, d.lost_cents, ` + isDisputed + `, d.state, d.asked_at, coalesce(d.held_at, '0001-01-01 00:00:00Z'),
		coalesce(d.ended_at, '0001-01-01 00:00:00Z'), coalesce(d.back_at, '0001-01-01 00:00:00Z'), coalesce(d.back_failed_at, '0001-01-01 00:00:00Z'), coalesce(d.charge_id, ''), coalesce(d.refund_id, ''), d.returns, d.hand_agreed_by IS NOT NULL, ` + isSetApart

const fromDeposit = ` FROM payments.deposit d WHERE d.cooperative_id = $1`

func scanDeposit(row pgx.Row, more ...any) (d Deposit, err error) {
	into := []any{&d.ID, &d.Client, &d.Ref, &d.Title, &d.Language, &d.Amount, &d.Used, &d.Lost, &d.Disputed, &d.State, &d.AskedAt, &d.HeldAt, &d.EndedAt, &d.BackAt, &d.NotBackAt, &d.charge, &d.refund, &d.returns, &d.byHand, &d.setApart}
	err = row.Scan(append(into, more...)...)
	return d, notFound(err)
}

func collectDeposits(rows pgx.Rows, err error) ([]Deposit, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Deposit, error) { return scanDeposit(row) })
}

// lockHeldDeposits are the deposits of which something is left, the oldest first: not
// what the client's bank asks back now. That is read only once they are locked: who is
// waited for may be the one who hears of it.
func lockHeldDeposits(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) ([]Deposit, error) {
	const lock = `SELECT d.id` + fromDeposit + ` AND d.ref = $2 AND d.state = 'held' ORDER BY d.held_at, d.id FOR NO KEY UPDATE`
	rows, err := tx.Query(ctx, lock, c, string(ref))
	if err != nil {
		return nil, err
	}
	locked, err := pgx.CollectRows(rows, pgx.RowTo[DepositID])
	if err != nil {
		return nil, err
	}
	return collectDeposits(tx.Query(ctx, selectDeposit+fromDeposit+` AND d.id = ANY($2) AND d.state = 'held' AND NOT `+isDisputed+` ORDER BY d.held_at, d.id`, c, locked))
}

func listDeposits(ctx context.Context, db *pgxpool.Pool, by members.Actor, ref Reference) ([]Deposit, error) {
	return collectDeposits(db.Query(ctx, selectDeposit+fromDeposit+` AND d.ref = $2 AND (d.client_id = $3 OR $4 = 'coordinator') ORDER BY d.asked_at, d.id`,
		by.Cooperative, string(ref), by.Client, string(by.Kind)))
}

func lockDeposit(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) (d Deposit, newest begun, err error) {
	if err := lockDepositRow(ctx, tx, c, deposit); err != nil {
		return d, newest, err
	}
	const more = `, d.checkouts, coalesce(d.checkout_id, '')`
	d, err = scanDeposit(tx.QueryRow(ctx, selectDeposit+more+fromDeposit+` AND d.id = $2`, c, deposit), &newest.number, &newest.id)
	return d, newest, err
}

// lockDepositRow waits for the deposit, and reads nothing: what hangs on it, such as a
// dispute, is read only once it is locked.
func lockDepositRow(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) error {
	_, err := tx.Exec(ctx, `SELECT`+fromDeposit+` AND d.id = $2 FOR NO KEY UPDATE`, c, deposit)
	return err
}

func startDeposit(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, number int, now time.Time) error {
	const query = `
		UPDATE payments.deposit SET state = 'paying', checkouts = $3, checkout_id = NULL, checkout_at = $4
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit, number, now)
	return err
}

// updateDepositCheckout keeps the number of the newest checkout.
func updateDepositCheckout(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, number int, checkout string) error {
	const query = `UPDATE payments.deposit SET checkout_id = $4 WHERE cooperative_id = $1 AND id = $2 AND checkouts = $3 AND held_at IS NULL`
	_, err := tx.Exec(ctx, query, c, deposit, number, checkout)
	return err
}

func findDepositCheckout(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, deposit DepositID) (checkout string, err error) {
	const query = `SELECT coalesce(checkout_id, '') FROM payments.deposit WHERE cooperative_id = $1 AND id = $2`
	err = db.QueryRow(ctx, query, c, deposit).Scan(&checkout)
	return checkout, notFound(err)
}

// findDepositOwner says whose deposit it is: the gateway knows those of all.
func findDepositOwner(ctx context.Context, db *pgxpool.Pool, deposit DepositID) (c id.Cooperative, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id FROM payments.deposit WHERE id = $1`, deposit).Scan(&c)
	return c, notFound(err)
}

func findDepositCharged(ctx context.Context, db rower, charge string) (c id.Cooperative, deposit DepositID, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id, id FROM payments.deposit WHERE charge_id = $1`, charge).Scan(&c, &deposit)
	return c, deposit, notFound(err)
}

func updateDeposit(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, state DepositState) error {
	_, err := tx.Exec(ctx, `UPDATE payments.deposit SET state = $3 WHERE cooperative_id = $1 AND id = $2`, c, deposit, string(state))
	return err
}

func markHeld(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, checkout, charge string, now time.Time) error {
	const query = `
		UPDATE payments.deposit SET state = 'held', checkout_id = $3, charge_id = $4, held_at = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit, checkout, charge, now)
	return err
}

// insertPart notes what a bill takes of a deposit, and how that stands then.
func insertPart(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, used Deposit, amount Cents) error {
	const take = `
		UPDATE payments.deposit SET used_cents = $3, state = $4, ended_at = nullif($5, '0001-01-01 00:00:00Z'::timestamptz)
		WHERE cooperative_id = $1 AND id = $2`
	if _, err := tx.Exec(ctx, take, c, used.ID, used.Used, string(used.State), used.EndedAt); err != nil {
		return err
	}
	const note = `INSERT INTO payments.deposit_part (cooperative_id, deposit_id, bill_id, cents) VALUES ($1, $2, $3, $4)`
	_, err := tx.Exec(ctx, note, c, used.ID, bill, amount)
	return err
}

// updateLost keeps what the client's bank has of it, and what follows from that.
func updateLost(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, lost Cents, state DepositState, ended time.Time) error {
	const query = `
		UPDATE payments.deposit SET lost_cents = lost_cents + $3, state = $4, ended_at = nullif($5, '0001-01-01 00:00:00Z'::timestamptz),
			back_failed_at = CASE WHEN $4 = 'returned' THEN back_failed_at END,
			hand_note = CASE WHEN $4 = 'returned' THEN hand_note ELSE '' END, hand_asked_by = CASE WHEN $4 = 'returned' THEN hand_asked_by END,
			hand_asked_at = CASE WHEN $4 = 'returned' THEN hand_asked_at END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit, lost, string(state), ended)
	return err
}

// markBeforehand notes what of a bill was paid beforehand; all of it: it is paid.
func markBeforehand(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, covered Cents, paid bool, now time.Time) error {
	const query = `
		UPDATE payments.bill SET deposit_cents = $3, state = CASE WHEN $4 THEN 'paid' ELSE state END, paid_at = CASE WHEN $4 THEN $5::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, bill, covered, paid, now)
	return err
}

// listParts are what of a bill was paid beforehand.
func listParts(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID) ([]part, error) {
	const query = `
		SELECT d.id, coalesce(d.charge_id, ''), p.cents FROM payments.deposit_part p
		JOIN payments.deposit d ON d.cooperative_id = p.cooperative_id AND d.id = p.deposit_id
		WHERE p.cooperative_id = $1 AND p.bill_id = $2 ORDER BY d.held_at, d.id`
	rows, err := tx.Query(ctx, query, c, bill)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p part, err error) {
		err = row.Scan(&p.deposit.ID, &p.charge, &p.amount)
		return p, err
	})
}

func deleteAsked(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) error {
	_, err := tx.Exec(ctx, `DELETE FROM payments.deposit WHERE cooperative_id = $1 AND ref = $2 AND state = 'asked' AND checkouts = 0`, c, string(ref))
	return err
}

func endDeposit(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, state DepositState, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE payments.deposit SET state = $3, ended_at = $4 WHERE cooperative_id = $1 AND id = $2`, c, deposit, string(state), now)
	return err
}

// findReturning gives a deposit that goes back, or may have gone back before a
// database was put back.
func findReturning(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, deposit DepositID) (Deposit, error) {
	return scanDeposit(db.QueryRow(ctx, selectDeposit+fromDeposit+` AND d.id = $2 AND d.state IN ('held', 'returned')`, c, deposit))
}

// markReturning notes that it goes back. One that was stuck, also where somebody says
// that the client got it otherwise and nobody agreed, is not any more.
func markReturning(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, refund string) error {
	const query = `
		UPDATE payments.deposit SET refund_id = $3, back_failed_at = NULL, back_refused = '',
			hand_note = CASE WHEN hand_agreed_by IS NULL THEN '' ELSE hand_note END,
			hand_asked_by = CASE WHEN hand_agreed_by IS NULL THEN NULL ELSE hand_asked_by END,
			hand_asked_at = CASE WHEN hand_agreed_by IS NULL THEN NULL ELSE hand_asked_at END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, deposit, refund)
	return err
}

// markNotReturned notes of a locked deposit that its refund failed; left says whether
// its money was known to have left.
func markNotReturned(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, why string, now time.Time) (left, isNew bool, err error) {
	const query = `
		UPDATE payments.deposit d SET refund_id = NULL, back_at = NULL, back_failed_at = $3, back_refused = left($4, 100)
		FROM payments.deposit was WHERE was.cooperative_id = d.cooperative_id AND was.id = d.id
			AND d.cooperative_id = $1 AND d.id = $2 AND d.state = 'returned' AND d.back_failed_at IS NULL AND d.hand_agreed_by IS NULL
		RETURNING was.refund_id IS NOT NULL`
	err = tx.QueryRow(ctx, query, c, deposit, now, why).Scan(&left)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, false, nil
	}
	return left, err == nil, err
}

func markBack(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID, now time.Time) (isNew bool, err error) {
	tag, err := tx.Exec(ctx, `UPDATE payments.deposit SET back_at = $3 WHERE cooperative_id = $1 AND id = $2 AND back_at IS NULL`, c, deposit, now)
	return tag.RowsAffected() > 0, err
}

// listStaleDeposits are those whose checkout was begun before this moment and of
// which nothing was heard, listReturning those that are not back and for which no
// person must find another way, and listReturned those that came back lately.
func listStaleDeposits(ctx context.Context, tx pgx.Tx, before time.Time) (list []LookAtDeposit, err error) {
	const query = `
		SELECT cooperative_id, id FROM payments.deposit
		WHERE state = 'paying' AND checkout_at < $1 ORDER BY checkout_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t LookAtDeposit, err error) {
		err = row.Scan(&t.Cooperative, &t.Deposit)
		return t, err
	})
}

func listReturning(ctx context.Context, tx pgx.Tx, before time.Time) ([]ReturnDeposit, error) {
	const query = `
		SELECT cooperative_id, id FROM payments.deposit
		WHERE state = 'returned' AND back_at IS NULL AND back_failed_at IS NULL AND ended_at < $1 ORDER BY ended_at, id LIMIT 1000`
	return collectReturns(tx.Query(ctx, query, before))
}

func listReturned(ctx context.Context, tx pgx.Tx, after time.Time) ([]ReturnDeposit, error) {
	const query = `SELECT cooperative_id, id FROM payments.deposit WHERE back_at > $1 AND refund_id IS NOT NULL ORDER BY back_at, id LIMIT 1000`
	return collectReturns(tx.Query(ctx, query, after))
}

func collectReturns(rows pgx.Rows, err error) ([]ReturnDeposit, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t ReturnDeposit, err error) {
		err = row.Scan(&t.Cooperative, &t.Deposit)
		return t, err
	})
}

// listReturnsToFind are those of which a database that was put back may have
// forgotten that they went back, or even that their work is over; also those that were
// stuck then.
func listReturnsToFind(ctx context.Context, db querier, c id.Cooperative) ([]Deposit, error) {
	return collectDeposits(db.Query(ctx, selectDeposit+fromDeposit+`
		AND d.state IN ('held', 'returned') AND d.refund_id IS NULL AND d.hand_agreed_by IS NULL AND d.charge_id IS NOT NULL ORDER BY d.held_at, d.id`, c))
}

// updateDeposits keeps the rest of the policy as it is, or as it is by default.
func updateDeposits(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposits) error {
	const query = `
		INSERT INTO payments.policy (cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, deposit)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (cooperative_id) DO UPDATE SET deposit = excluded.deposit`
	p := DefaultPolicy()
	_, err := tx.Exec(ctx, query, c, p.FourEyes, p.Payout, p.Hour, p.MemberDay, p.Advance, string(d))
	return err
}
