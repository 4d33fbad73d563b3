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
					WHERE l.cooperative_id = b.cooperative_id AND l.bill_id = b.id AND (o.state <> 'paid' OR o.paid_at >= $1))
			LIMIT $2 FOR UPDATE SKIP LOCKED)`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some, at.Now))
}

func emptyOldPayouts(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		UPDATE payments.payout SET transfer_id = NULL, payout_id = NULL, emptied_at = $3 WHERE id IN (
			SELECT id FROM payments.payout WHERE state = 'paid' AND emptied_at IS NULL AND paid_at < $1
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
			WHERE o.cooperative_id = payee.cooperative_id AND o.member_id = payee.member_id AND (o.state <> 'paid' OR o.paid_at >= $1))
		AND NOT EXISTS (SELECT FROM payments.bill_line l JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
			WHERE l.cooperative_id = payee.cooperative_id AND l.member_id = payee.member_id AND b.state <> 'paid')`
	return pg.DeleteSome(ctx, tx, `payments.payee`, over, at.Before)
}
