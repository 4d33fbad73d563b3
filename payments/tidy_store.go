package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
)

// deleteOldEvents leaves what nobody has followed up.
func deleteOldEvents(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `payments.event`, `received_at < $1 AND done_at IS NOT NULL`, at.Before)
}

// emptyOldBills leaves a bill whose wage is not at the bank: its charge is needed
// until then.
func emptyOldBills(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		UPDATE payments.bill SET title = '', checkout_id = NULL, charge_id = NULL, emptied_at = $3 WHERE id IN (
			SELECT id FROM payments.bill b WHERE state = 'paid' AND emptied_at IS NULL AND paid_at < $1
				AND NOT EXISTS (SELECT FROM payments.bill_line l
					JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
					WHERE l.cooperative_id = b.cooperative_id AND l.bill_id = b.id AND (o.state NOT IN ('paid', 'reversed') OR coalesce(o.paid_at, o.reversed_at) >= $1))
				AND NOT EXISTS (SELECT FROM payments.bill_line l
					JOIN payments.clawback k ON k.cooperative_id = l.cooperative_id AND k.line_id = l.id
					WHERE l.cooperative_id = b.cooperative_id AND l.bill_id = b.id AND k.state IN ('asked', 'decided'))
				AND NOT EXISTS (SELECT FROM payments.refund r
					WHERE r.cooperative_id = b.cooperative_id AND r.bill_id = b.id AND r.state IN ('asked', 'approved', 'moving'))
				AND NOT EXISTS (SELECT FROM payments.dispute d
					WHERE d.cooperative_id = b.cooperative_id AND d.bill_id = b.id AND d.state IN ('open', 'warning'))
			LIMIT $2 FOR UPDATE SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some, at.Now))
}

func emptyOldPayouts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		UPDATE payments.payout SET transfer_id = NULL, payout_id = NULL, account = NULL, emptied_at = $3 WHERE id IN (
			SELECT id FROM payments.payout WHERE state IN ('paid', 'reversed') AND emptied_at IS NULL AND coalesce(paid_at, reversed_at) < $1
			LIMIT $2 FOR UPDATE SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some, at.Now))
}

// deleteOldChanges: what they came to was compared with the ledger long ago.
func deleteOldChanges(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `payments.balance_change`, `happened_at < $1`, at.Before)
}

// deleteOldPayees is for those who left, and were paid all.
func deleteOldPayees(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `EXISTS (SELECT FROM members.member m
			WHERE m.cooperative_id = payee.cooperative_id AND m.id = payee.member_id AND m.state = 'alumni' AND m.alumni_at < $1)
		AND NOT EXISTS (SELECT FROM payments.payout o
			WHERE o.cooperative_id = payee.cooperative_id AND o.member_id = payee.member_id AND (o.state NOT IN ('paid', 'reversed') OR coalesce(o.paid_at, o.reversed_at) >= $1))
		AND NOT EXISTS (SELECT FROM payments.bill_line l JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
			WHERE l.cooperative_id = payee.cooperative_id AND l.member_id = payee.member_id AND b.state <> 'paid')`
	return pg.DeleteSome(ctx, tx, `payments.payee`, over, at.Before)
}

// deleteOldAccounts takes away how their accounts were opened, once nobody is paid
// over them.
func deleteOldAccounts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `kind = 'account' AND last_at < $1 AND NOT EXISTS (SELECT FROM payments.payee e
		WHERE e.cooperative_id = errand.cooperative_id AND e.member_id::text = split_part(errand.subject, ':', 1))`
	return pg.DeleteSome(ctx, tx, `payments.errand`, over, at.Before)
}

// emptyOldBacks takes out of what went back the numbers at the gateway, and what
// people wrote, once the bill was emptied.
func emptyOldBacks(ctx context.Context, tx pgx.Tx, _ retention.Cut) (more bool, err error) {
	for _, table := range []struct{ name, also, emptied, set, full string }{
		{"refund", "", `b.emptied_at IS NOT NULL`, `outside_id = NULL`, `t.outside_id IS NOT NULL`},
		{"dispute", `LEFT JOIN payments.deposit d ON d.cooperative_id = t.cooperative_id AND d.id = t.deposit_id`, `(b.emptied_at IS NOT NULL OR d.emptied_at IS NOT NULL)`, `outside_id = NULL, answer = ''`, `(t.outside_id IS NOT NULL OR t.answer <> '')`},
		{"objection", "", `b.emptied_at IS NOT NULL`, `words = '', answer = ''`, `(t.words <> '' OR t.answer <> '') AND t.state = 'answered'`},
	} {
		query := `
			UPDATE payments.` + table.name + ` SET ` + table.set + ` WHERE (cooperative_id, id) IN (
				SELECT t.cooperative_id, t.id FROM payments.` + table.name + ` t
				LEFT JOIN payments.bill b ON b.cooperative_id = t.cooperative_id AND b.id = t.bill_id
				` + table.also + `
				WHERE ` + table.emptied + ` AND ` + table.full + ` LIMIT $1 FOR UPDATE OF t SKIP LOCKED)`
		full, err := pg.Full(tx.Exec(ctx, query, pg.Some))
		if err != nil {
			return false, err
		}
		more = more || full
	}
	full, err := emptyOldReversals(ctx, tx)
	return more || full, err
}

// emptyOldReversals does it for those of payouts that were emptied.
func emptyOldReversals(ctx context.Context, tx pgx.Tx) (more bool, err error) {
	const query = `
		UPDATE payments.settlement SET outside_id = NULL WHERE (cooperative_id, id) IN (
			SELECT t.cooperative_id, t.id FROM payments.settlement t
			JOIN payments.payout o ON o.cooperative_id = t.cooperative_id AND o.id = t.payout_id
			WHERE o.emptied_at IS NOT NULL AND t.outside_id IS NOT NULL LIMIT $1 FOR UPDATE OF t SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, pg.Some))
}

// emptyOldDeposits takes out of what was paid beforehand all that leads to
// somebody.
func emptyOldDeposits(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		UPDATE payments.deposit SET title = '', checkout_id = NULL, charge_id = NULL, refund_id = NULL, emptied_at = $3 WHERE id IN (
			SELECT id FROM payments.deposit d WHERE ended_at < $1 AND emptied_at IS NULL AND (state = 'applied' OR back_at < $1) AND NOT ` + isDisputed + `
			LIMIT $2 FOR UPDATE SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some, at.Now))
}

// deleteUnpaidDeposits is for those that were asked, and that nobody paid.
func deleteUnpaidDeposits(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `payments.deposit`, `state IN ('asked', 'paying') AND asked_at < $1`, at.Before)
}

// emptyOldAdvances takes out why one was refused.
func emptyOldAdvances(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		UPDATE payments.advance SET reason = NULL WHERE id IN (
			SELECT id FROM payments.advance WHERE ended_at < $1 AND reason IS NOT NULL LIMIT $2 FOR UPDATE SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some))
}
