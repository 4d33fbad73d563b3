package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findWage finds the one wage of a bill. It returns members.ErrNotFound for a bill without.
func findWage(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID) (l wageLine, err error) {
	const query = `
		SELECT l.id, l.member_id, r.person_id, l.cents, coalesce((SELECT sum(k.cents)::bigint FROM payments.clawback k
			WHERE k.cooperative_id = $1 AND k.line_id = l.id AND k.state IN ('asked', 'decided', 'settled')), 0)
		FROM payments.bill_line l
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE l.cooperative_id = $1 AND l.bill_id = $2 AND l.kind = 'wage' ORDER BY l.id LIMIT 1`
	err = tx.QueryRow(ctx, query, c, bill).Scan(&l.id, &l.member, &l.person, &l.amount, &l.back)
	return l, notFound(err)
}

func insertClawback(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack, l wageLine, now time.Time) error {
	const query = `
		INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $8)`
	_, err := tx.Exec(ctx, query, k.ID, c, l.id, l.member, k.Amount, k.sealed, k.askedBy, now)
	return err
}

const selectClawback = `
	SELECT k.id, b.id, b.ref, b.title, b.language, k.member_id, k.cents, k.reason_sealed, k.state, a.name, k.asked_at, coalesce(d.name, ''),
		coalesce(k.decided_at, '0001-01-01 00:00:00Z'), coalesce(k.settled_at, '0001-01-01 00:00:00Z'), a.id, k.asked_by, rm.person_id
	FROM payments.clawback k
	JOIN payments.bill_line l ON l.cooperative_id = k.cooperative_id AND l.id = k.line_id
	JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
	JOIN members.member m ON m.cooperative_id = k.cooperative_id AND m.id = k.member_id
	JOIN members.role rm ON rm.cooperative_id = m.cooperative_id AND rm.id = m.role_id
	JOIN members.role ra ON ra.cooperative_id = k.cooperative_id AND ra.id = k.asked_by
	JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rd ON rd.cooperative_id = k.cooperative_id AND rd.id = k.decided_by
	LEFT JOIN members.person d ON d.id = rd.person_id
	WHERE k.cooperative_id = $1`

func scanClawback(row pgx.Row) (k WageBack, err error) {
	err = row.Scan(&k.ID, &k.Bill, &k.Ref, &k.Title, &k.Language, &k.Member, &k.Amount, &k.sealed, &k.State, &k.AskedName, &k.AskedAt, &k.DecidedName,
		&k.DecidedAt, &k.SettledAt, &k.asker, &k.askedBy, &k.person)
	return k, notFound(err)
}

func lockClawback(ctx context.Context, tx pgx.Tx, c id.Cooperative, clawback ClawbackID) (WageBack, error) {
	return scanClawback(tx.QueryRow(ctx, selectClawback+` AND k.id = $2 FOR NO KEY UPDATE OF k`, c, clawback))
}

func decideClawback(ctx context.Context, tx pgx.Tx, by members.Actor, clawback ClawbackID, to ClawbackStep, now time.Time) error {
	const query = `UPDATE payments.clawback SET state = $3, decided_by = $4, decided_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, clawback, string(to), by.Role, now)
	return err
}

func listClawbacksOf(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID) ([]WageBack, error) {
	return collectClawbacks(db.Query(ctx, selectClawback+` AND k.member_id = $2 AND k.state IN ('decided', 'settled') ORDER BY k.decided_at DESC, k.id LIMIT 200`, c, m))
}

func listClawbacksOn(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) ([]WageBack, error) {
	return collectClawbacks(db.Query(ctx, selectClawback+` AND l.bill_id = $2 ORDER BY k.asked_at, k.id LIMIT 200`, c, bill))
}

func listClawbacksWaiting(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]WageBack, error) {
	return collectClawbacks(db.Query(ctx, selectClawback+` AND k.state = 'asked' ORDER BY k.asked_at, k.id LIMIT 200`, c))
}

// listClawbacksOpen are those that were decided, and are not all settled.
func listClawbacksOpen(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]WageBack, error) {
	list, err := collectClawbacks(db.Query(ctx, selectClawback+` AND k.state = 'decided' ORDER BY k.decided_at, k.id LIMIT 200`, c))
	if err != nil {
		return nil, err
	}
	return list, readSettlements(ctx, db, c, list)
}

// readSettlements adds to each how it came to an end.
func readSettlements(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, list []WageBack) error {
	at, ids := map[ClawbackID]int{}, make([]ClawbackID, len(list))
	for i, k := range list {
		at[k.ID], ids[i] = i, k.ID
	}
	all, err := listSettlements(ctx, db, c, ids)
	for _, t := range all {
		k := &list[at[t.Clawback]]
		k.Settlements = append(k.Settlements, t)
	}
	return err
}

func collectClawbacks(rows pgx.Rows, err error) ([]WageBack, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (WageBack, error) { return scanClawback(row) })
}

func findClawbackPerson(ctx context.Context, db rower, c id.Cooperative, clawback ClawbackID) (p members.Person, err error) {
	const query = `
		SELECT p.id, p.name, p.email, p.locale FROM payments.clawback k
		JOIN members.member m ON m.cooperative_id = k.cooperative_id AND m.id = k.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE k.cooperative_id = $1 AND k.id = $2`
	err = db.QueryRow(ctx, query, c, clawback).Scan(&p.ID, &p.Name, &p.Email, &p.Locale)
	return p, notFound(err)
}
