package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

const (
	earningColumns = `b.ref, b.title, b.language, to_char(b.worked_on, 'YYYY-MM-DD'), b.minutes, b.rate_cents, l.cents, b.state,
		coalesce(o.state, ''), coalesce(o.paid_at, CASE WHEN o.id IS NULL AND b.state = 'paid' THEN b.paid_at END, '0001-01-01 00:00:00Z'),
		coalesce((SELECT sum(h.cents) FROM payments.advance_part h WHERE h.cooperative_id = l.cooperative_id AND h.line_id = l.id), 0)::bigint,
		coalesce(o.sent_at, o.due_at, '0001-01-01 00:00:00Z'), o.sent_at IS NOT NULL, coalesce(o.at_hand_at, '0001-01-01 00:00:00Z'), coalesce(o.reversed_cents, 0)`
	earningTables = `
		FROM payments.bill_line l
		JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id`
	mostEarnings = 200
)

func scanEarning(row pgx.Row, more ...any) (e Earning, err error) {
	var minutes int
	into := []any{&e.Ref, &e.Title, &e.Language, &e.Day, &minutes, &e.Rate, &e.Amount, &e.Bill, &e.Payout, &e.PaidAt, &e.Advanced, &e.LeftAt, &e.Sent, &e.AtHand, &e.Reversed}
	err = row.Scan(append(into, more...)...)
	e.Worked = time.Duration(minutes) * time.Minute
	return e, err
}

func listEarnings(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]Earning, error) {
	const query = `
		SELECT ` + earningColumns + earningTables + `
		WHERE l.cooperative_id = $1 AND l.member_id = $2
		ORDER BY b.worked_on DESC, b.billed_at DESC, b.id LIMIT $3`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, mostEarnings)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Earning, error) { return scanEarning(row) })
}

func sumComing(ctx context.Context, db *pgxpool.Pool, by members.Actor) (w Sum, err error) {
	const query = `SELECT count(*), coalesce(sum(l.cents - coalesce(o.reversed_cents, 0)), 0)` + earningTables + `
		WHERE l.cooperative_id = $1 AND l.member_id = $2 AND coalesce(o.state, '') NOT IN ('paid', 'reversed') AND NOT (b.state = 'paid' AND o.id IS NULL)`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&w.Count, &w.Amount)
	return w, err
}

func findEarning(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID, ref Reference) (Earning, error) {
	const query = `
		SELECT ` + earningColumns + earningTables + `
		WHERE l.cooperative_id = $1 AND l.member_id = $2 AND b.ref = $3`
	e, err := scanEarning(db.QueryRow(ctx, query, c, m, string(ref)))
	return e, notFound(err)
}

func findStage(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) (Earning, error) {
	const query = `SELECT ` + earningColumns + earningTables + ` WHERE l.cooperative_id = $1 AND l.kind = 'wage' AND b.ref = $2`
	e, err := scanEarning(tx.QueryRow(ctx, query, c, string(ref)))
	return e, notFound(err)
}

func findPaid(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, payout PayoutID) (e Earning, who members.Person, err error) {
	const query = `
		SELECT ` + earningColumns + `, who.id, who.email, who.name, who.locale` + earningTables + `
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.id = $2`
	e, err = scanEarning(db.QueryRow(ctx, query, c, payout), &who.ID, &who.Email, &who.Name, &who.Locale)
	return e, who, notFound(err)
}

func sumWaiting(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (w Waiting, err error) {
	const query = `
		SELECT
			(SELECT count(*) FROM payments.bill WHERE cooperative_id = $1 AND state <> 'paid'),
			(SELECT coalesce(sum(total_cents - deposit_cents), 0) FROM payments.bill WHERE cooperative_id = $1 AND state <> 'paid'),
			count(*) FILTER (WHERE state NOT IN ('failed', 'held')), coalesce(sum(cents - reversed_cents) FILTER (WHERE state NOT IN ('failed', 'held')), 0),
			count(*) FILTER (WHERE state = 'failed'), coalesce(sum(cents - reversed_cents) FILTER (WHERE state = 'failed'), 0),
			count(*) FILTER (WHERE state = 'held'), coalesce(sum(cents) FILTER (WHERE state = 'held'), 0)
		FROM payments.payout WHERE cooperative_id = $1 AND state NOT IN ('paid', 'reversed')`
	err = db.QueryRow(ctx, query, c).Scan(&w.Bills.Count, &w.Bills.Amount, &w.Moving.Count, &w.Moving.Amount, &w.Failed.Count, &w.Failed.Amount,
		&w.Held.Count, &w.Held.Amount)
	return w, err
}

func listBack(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Back, error) {
	const query = `
		SELECT o.id, who.name, coalesce(b.title, ''), o.cents - o.reversed_cents
		FROM payments.payout o
		LEFT JOIN payments.advance a ON a.cooperative_id = o.cooperative_id AND a.id = o.advance_id
		LEFT JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = coalesce(o.line_id, a.line_id)
		LEFT JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.state = 'failed' AND NOT ` + onGone + ` ORDER BY o.due_at, o.id LIMIT 200`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (b Back, err error) {
		err = row.Scan(&b.ID, &b.Member, &b.Title, &b.Amount)
		return b, err
	})
}
