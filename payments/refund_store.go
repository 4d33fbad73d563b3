package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertRefund(ctx context.Context, tx pgx.Tx, c id.Cooperative, r Refund, now time.Time) error {
	const query = `
		INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, asked_by, asked_at)
		VALUES ($1, $2, $3, $4, $5, 'asked', $6, $7)`
	_, err := tx.Exec(ctx, query, r.ID, c, r.Bill, r.Amount, r.Reason, r.askedBy, now)
	return err
}

// insertFound is for one that was made by hand at the gateway.
func insertFound(ctx context.Context, tx pgx.Tx, c id.Cooperative, r Refund, to RefundStep, now time.Time) error {
	const query = `
		INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, outside, outside_id, asked_at, sent_at, done_at,
			contribution_cents, fund_cents, loss_cents)
		VALUES ($1, $2, $3, $4, '', $5, true, $6, $7, $7, CASE WHEN $5 = 'done' THEN $7::timestamptz END, $8, $9, $10)`
	_, err := tx.Exec(ctx, query, r.ID, c, r.Bill, r.Amount, string(to), r.outside, now, r.Carried.Contribution, r.Carried.Fund, r.Carried.Loss)
	return err
}

// sumRefundedAlone is what goes back since then on one person's word each.
func sumRefundedAlone(ctx context.Context, tx pgx.Tx, c id.Cooperative, since time.Time) (sum Cents, err error) {
	const query = `
		SELECT coalesce(sum(cents), 0)::bigint FROM payments.refund
		WHERE cooperative_id = $1 AND asked_at > $2 AND state IN ('approved', 'moving', 'done') AND asked_by IS NOT NULL AND decided_by IS NULL`
	err = tx.QueryRow(ctx, query, c, since).Scan(&sum)
	return sum, err
}

const selectRefund = `
	SELECT r.id, r.bill_id, r.cents, r.reason, r.state, r.outside, coalesce(a.name, ''), r.asked_at, coalesce(d.name, ''),
		coalesce(r.decided_at, '0001-01-01 00:00:00Z'), coalesce(r.done_at, '0001-01-01 00:00:00Z'), coalesce(r.failed_at, '0001-01-01 00:00:00Z'),
		r.refused, r.contribution_cents, r.fund_cents, r.loss_cents, a.id, r.asked_by, coalesce(b.charge_id, ''), coalesce(r.outside_id, ''), r.sent_at IS NOT NULL
	FROM payments.refund r
	JOIN payments.bill b ON b.cooperative_id = r.cooperative_id AND b.id = r.bill_id
	LEFT JOIN members.role ra ON ra.cooperative_id = r.cooperative_id AND ra.id = r.asked_by
	LEFT JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rd ON rd.cooperative_id = r.cooperative_id AND rd.id = r.decided_by
	LEFT JOIN members.person d ON d.id = rd.person_id
	WHERE r.cooperative_id = $1`

func scanRefund(row pgx.Row) (r Refund, err error) {
	err = row.Scan(&r.ID, &r.Bill, &r.Amount, &r.Reason, &r.State, &r.Outside, &r.AskedName, &r.AskedAt, &r.DecidedName,
		&r.DecidedAt, &r.DoneAt, &r.FailedAt, &r.Why, &r.Carried.Contribution, &r.Carried.Fund, &r.Carried.Loss, &r.asker, &r.askedBy, &r.charge, &r.outside, &r.sent)
	return r, notFound(err)
}

func findRefund(ctx context.Context, db rower, c id.Cooperative, refund RefundID) (Refund, error) {
	return scanRefund(db.QueryRow(ctx, selectRefund+` AND r.id = $2`, c, refund))
}

// lockRefund holds the refund's bill, and with that the refund.
func lockRefund(ctx context.Context, tx pgx.Tx, c id.Cooperative, refund RefundID) (b backBill, r Refund, err error) {
	var bill BillID
	err = tx.QueryRow(ctx, `SELECT bill_id FROM payments.refund WHERE cooperative_id = $1 AND id = $2`, c, refund).Scan(&bill)
	if err != nil {
		return b, r, notFound(err)
	}
	if b, err = lockBack(ctx, tx, c, bill); err != nil {
		return b, r, err
	}
	r, err = findRefund(ctx, tx, c, refund)
	return b, r, err
}

func findRefundCooperative(ctx context.Context, db rower, refund RefundID) (c id.Cooperative, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id FROM payments.refund WHERE id = $1`, refund).Scan(&c)
	return c, notFound(err)
}

// findKnownRefund finds it by its number there, or by ours.
func findKnownRefund(ctx context.Context, db rower, c id.Cooperative, there RefundThere) (refund RefundID, err error) {
	const query = `
		SELECT id FROM payments.refund WHERE cooperative_id = $1 AND outside_id = $2
		UNION SELECT id FROM payments.refund WHERE cooperative_id = $1 AND id = $3`
	ours, _ := id.Parse[Refund](string(there.Ref)) // none is nobody's
	err = db.QueryRow(ctx, query, c, there.ID, ours).Scan(&refund)
	return refund, notFound(err)
}

// listRefundsToFind are those of which a database that was put back may have
// forgotten that they left, or that a person approved them.
func listRefundsToFind(ctx context.Context, db querier, c id.Cooperative) ([]Refund, error) {
	return collectRefunds(db.Query(ctx, selectRefund+` AND r.state IN ('asked', 'approved') ORDER BY r.asked_at, r.id`, c))
}

func approveRefund(ctx context.Context, tx pgx.Tx, c id.Cooperative, r Refund) error {
	const query = `
		UPDATE payments.refund SET state = 'approved', contribution_cents = $3, fund_cents = $4, loss_cents = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, r.ID, r.Carried.Contribution, r.Carried.Fund, r.Carried.Loss)
	return err
}

// decideRefund notes who said so; what is approved has its state already.
func decideRefund(ctx context.Context, tx pgx.Tx, by members.Actor, refund RefundID, to RefundStep, now time.Time) error {
	const query = `UPDATE payments.refund SET state = $3, decided_by = $4, decided_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, refund, string(to), by.Role, now)
	return err
}

func updateRefund(ctx context.Context, tx pgx.Tx, c id.Cooperative, refund RefundID, to RefundStep, outside string, now time.Time) error {
	const query = `
		UPDATE payments.refund SET state = $3, outside_id = coalesce(nullif($4, ''), outside_id),
			sent_at = CASE WHEN $3 IN ('moving', 'done') THEN coalesce(sent_at, $5) ELSE sent_at END,
			done_at = CASE WHEN $3 = 'done' THEN $5 ELSE done_at END, failed_at = CASE WHEN $3 = 'failed' THEN $5::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, refund, string(to), outside, now)
	return err
}

func noteRefused(ctx context.Context, tx pgx.Tx, c id.Cooperative, refund RefundID, code string) error {
	_, err := tx.Exec(ctx, `UPDATE payments.refund SET refused = left($3, 100) WHERE cooperative_id = $1 AND id = $2`, c, refund, code)
	return err
}

func listRefunds(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) ([]Refund, error) {
	return collectRefunds(db.Query(ctx, selectRefund+` AND r.bill_id = $2 ORDER BY r.asked_at, r.id LIMIT 200`, c, bill))
}

// listRefundsWaiting are those that wait for a second person, and those that failed lately.
func listRefundsWaiting(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, since time.Time) ([]Refund, error) {
	return collectRefunds(db.Query(ctx, selectRefund+`
		AND r.state IN ('asked', 'failed') AND (r.state = 'asked' OR r.failed_at > $2) ORDER BY r.state, r.asked_at, r.id LIMIT 200`, c, since))
}

func collectRefunds(rows pgx.Rows, err error) ([]Refund, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Refund, error) { return scanRefund(row) })
}

// listRefundsToSend are approved ones that nobody sent: their task ended in a stop.
func listRefundsToSend(ctx context.Context, tx pgx.Tx, before time.Time) ([]SendRefund, error) {
	const query = `
		SELECT id, cooperative_id FROM payments.refund
		WHERE state = 'approved' AND asked_at < $1 ORDER BY asked_at, id LIMIT 1000`
	rows, err := tx.Query(ctx, query, before)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SendRefund])
}

// listRefundsUnderWay are those of which an answer is due, or that may still fail.
func listRefundsUnderWay(ctx context.Context, tx pgx.Tx, before, after time.Time) (moving, done []LookAtRefund, err error) {
	const under = `
		SELECT id, cooperative_id FROM payments.refund WHERE state = 'moving' AND asked_at < $1 ORDER BY asked_at, id LIMIT 1000`
	const ended = `
		SELECT id, cooperative_id FROM payments.refund WHERE state = 'done' AND done_at > $1 ORDER BY done_at, id LIMIT 1000`
	if moving, err = collectRefundLooks(tx.Query(ctx, under, before)); err != nil {
		return nil, nil, err
	}
	done, err = collectRefundLooks(tx.Query(ctx, ended, after))
	return moving, done, err
}

func collectRefundLooks(rows pgx.Rows, err error) ([]LookAtRefund, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t LookAtRefund, err error) {
		err = row.Scan(&t.Refund, &t.Cooperative)
		return t, err
	})
}
