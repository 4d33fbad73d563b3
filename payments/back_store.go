package payments

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// notToOneself returns members.ErrOneself to a person who is also the client of the
// bill, or of the deposit.
func notToOneself(ctx context.Context, tx pgx.Tx, by members.Actor, bill BillID, deposit DepositID) error {
	const query = `
		SELECT EXISTS (SELECT FROM (SELECT client_id FROM payments.bill WHERE cooperative_id = $1 AND id = $2
			UNION ALL SELECT client_id FROM payments.deposit WHERE cooperative_id = $1 AND id = $4) k
		JOIN members.role r ON r.cooperative_id = $1 AND r.client_id = k.client_id WHERE r.person_id = $3)`
	var oneself bool
	if err := tx.QueryRow(ctx, query, by.Cooperative, bill, by.Person, deposit).Scan(&oneself); err != nil || !oneself {
		return err
	}
	return members.ErrOneself
}

// lockBack holds the bill, so that of several who give money of it back each
// knows what the others gave.
func lockBack(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID) (b backBill, err error) {
	const lock = `
		SELECT id, client_id, ref, state, total_cents - deposit_cents, coalesce(charge_id, '') FROM payments.bill
		WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	err = tx.QueryRow(ctx, lock, c, bill).Scan(&b.id, &b.client, &b.ref, &b.state, &b.total, &b.charge)
	if err != nil {
		return b, notFound(err)
	}
	return b, b.sum(ctx, tx, c)
}

// sum adds up what went back already.
func (b *backBill) sum(ctx context.Context, db rower, c id.Cooperative) error {
	const query = `
		SELECT coalesce(r.asked, 0), coalesce(d.withdrawn, 0), coalesce(d.disputed, false),
			l.gross, l.gave, l.gave - coalesce(r.contribution, 0) - coalesce(d.contribution, 0)
		FROM (SELECT coalesce(sum(cents), 0)::bigint AS gross, coalesce(sum(cents) FILTER (WHERE kind = 'contribution'), 0)::bigint AS gave
				FROM payments.bill_line WHERE cooperative_id = $1 AND bill_id = $2) l,
			(SELECT sum(cents)::bigint AS asked, sum(contribution_cents)::bigint AS contribution FROM payments.refund
				WHERE cooperative_id = $1 AND bill_id = $2 AND state IN ('asked', 'approved', 'moving', 'done')) r,
			(SELECT sum(withdrawn_cents - reinstated_cents)::bigint AS withdrawn, sum(contribution_cents)::bigint AS contribution,
				bool_or(state IN ('open', 'lost')) AS disputed FROM payments.dispute WHERE cooperative_id = $1 AND bill_id = $2) d`
	return db.QueryRow(ctx, query, c, b.id).Scan(&b.asked, &b.withdrawn, &b.disputed, &b.gross, &b.gave, &b.contribution)
}

// readBack is lockBack for who only looks; wage is what of it is somebody's wage
// and not asked back.
func readBack(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) (b backBill, wage Cents, err error) {
	const query = `
		SELECT b.id, b.client_id, b.ref, b.state, b.total_cents - b.deposit_cents, coalesce(b.charge_id, ''),
			coalesce((SELECT sum(cents)::bigint FROM payments.bill_line WHERE cooperative_id = $1 AND bill_id = $2 AND kind = 'wage'), 0)
				- coalesce((SELECT sum(k.cents)::bigint FROM payments.clawback k
					JOIN payments.bill_line l ON l.cooperative_id = k.cooperative_id AND l.id = k.line_id
					WHERE l.cooperative_id = $1 AND l.bill_id = $2 AND k.state IN ('asked', 'decided', 'settled')), 0)
		FROM payments.bill b WHERE b.cooperative_id = $1 AND b.id = $2`
	err = db.QueryRow(ctx, query, c, bill).Scan(&b.id, &b.client, &b.ref, &b.state, &b.total, &b.charge, &wage)
	if err != nil {
		return b, wage, notFound(err)
	}
	return b, wage, b.sum(ctx, db, c)
}

// findCharged finds the bill that a charge paid, whosever it is.
func findCharged(ctx context.Context, db rower, charge string) (c id.Cooperative, bill BillID, err error) {
	err = db.QueryRow(ctx, `SELECT cooperative_id, id FROM payments.bill WHERE charge_id = $1`, charge).Scan(&c, &bill)
	return c, bill, notFound(err)
}

// anyPaying reports whether the charge of some bill is not known yet.
func anyPaying(ctx context.Context, db rower) (paying bool, err error) {
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM payments.bill WHERE state = 'paying')`).Scan(&paying)
	return paying, err
}

// listOffice are the coordinators.
func listOffice(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]members.Person, error) {
	const query = `
		SELECT DISTINCT p.id, p.name, p.email, p.locale FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'coordinator' AND r.ended_at IS NULL ORDER BY p.id`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p members.Person, err error) {
		err = row.Scan(&p.ID, &p.Name, &p.Email, &p.Locale)
		return p, err
	})
}
