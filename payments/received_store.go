package payments

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findReceived counts of a refund and of a dispute what backBill.sum counts: one that was
// only asked for is borne by nobody yet.
func findReceived(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, ref Reference) (r Received, err error) {
	const query = `
		SELECT l.cents, b.total_cents - l.cents, b.deposit_cents, b.state, coalesce(b.paid_at, '0001-01-01 00:00:00Z'),
			coalesce((SELECT sum(p.cents)::bigint FROM payments.entry e
				JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
				WHERE e.cooperative_id = b.cooperative_id AND e.subject = b.id AND e.cause = 'fee'), 0),
			coalesce((SELECT sum(p.cents)::bigint FROM payments.deposit_part k
				JOIN payments.entry e ON e.cooperative_id = k.cooperative_id AND e.subject = k.deposit_id AND e.cause = 'fee'
				JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
				WHERE k.cooperative_id = b.cooperative_id AND k.bill_id = b.id), 0),
			coalesce(f.cents, 0), coalesce(d.asked, 0), coalesce(d.withdrawn, 0), coalesce(d.lost, 0),
			coalesce(f.contribution, 0) + coalesce(d.contribution, 0), coalesce(f.fund, 0) + coalesce(d.fund, 0), coalesce(f.loss, 0) + coalesce(d.loss, 0),
			coalesce((SELECT sum(k.cents)::bigint FROM payments.clawback k
				WHERE k.cooperative_id = l.cooperative_id AND k.line_id = l.id AND k.state IN ('decided', 'settled')), 0)
		FROM payments.bill_line l
		JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		CROSS JOIN LATERAL (SELECT sum(x.cents)::bigint AS cents, sum(x.contribution_cents)::bigint AS contribution,
				sum(x.fund_cents)::bigint AS fund, sum(x.loss_cents)::bigint AS loss
			FROM payments.refund x WHERE x.cooperative_id = b.cooperative_id AND x.bill_id = b.id AND x.state IN ('approved', 'moving', 'done')) f
		CROSS JOIN LATERAL (SELECT sum(x.cents) FILTER (WHERE x.state = 'open')::bigint AS asked, sum(x.withdrawn_cents - x.reinstated_cents)::bigint AS withdrawn,
				sum(x.lost_cents)::bigint AS lost, sum(x.contribution_cents)::bigint AS contribution,
				sum(x.fund_cents)::bigint AS fund, sum(x.loss_cents)::bigint AS loss
			FROM payments.dispute x WHERE x.cooperative_id = b.cooperative_id AND x.bill_id = b.id) d
		WHERE l.cooperative_id = $1 AND l.member_id = $2 AND b.ref = $3`
	err = db.QueryRow(ctx, query, c, m, string(ref)).Scan(&r.Wage, &r.Contribution, &r.Beforehand, &r.Bill, &r.PaidAt, &r.Fee, &r.FeeBefore,
		&r.Refunded, &r.Disputed, &r.Withdrawn, &r.Lost, &r.Borne.Contribution, &r.Borne.Fund, &r.Borne.Loss, &r.AskedBack)
	return r, notFound(err)
}
