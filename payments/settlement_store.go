package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertSettlement(ctx context.Context, tx pgx.Tx, c id.Cooperative, t Settlement, now time.Time) error {
	const query = `
		INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, payout_id, number, asked_by, asked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $4 = 'reversal' THEN $9::integer END, $10, $11)`
	_, err := tx.Exec(ctx, query, t.ID, c, t.Clawback, string(t.Way), t.Amount, t.sealed, string(t.State), t.payout, t.number, t.askedBy, now)
	return err
}

const selectSettlement = `
	SELECT t.id, t.clawback_id, t.way, t.cents, t.reason_sealed, t.state, a.name, t.asked_at, coalesce(d.name, ''),
		coalesce(t.decided_at, '0001-01-01 00:00:00Z'), coalesce(t.ended_at, '0001-01-01 00:00:00Z'), t.refused, a.id, t.asked_by,
		t.payout_id, coalesce(t.number, 0), coalesce(o.transfer_id, ''), coalesce(t.outside_id, '')
	FROM payments.settlement t
	JOIN members.role ra ON ra.cooperative_id = t.cooperative_id AND ra.id = t.asked_by
	JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rd ON rd.cooperative_id = t.cooperative_id AND rd.id = t.decided_by
	LEFT JOIN members.person d ON d.id = rd.person_id
	LEFT JOIN payments.payout o ON o.cooperative_id = t.cooperative_id AND o.id = t.payout_id
	WHERE t.cooperative_id = $1`

func scanSettlement(row pgx.Row) (t Settlement, err error) {
	err = row.Scan(&t.ID, &t.Clawback, &t.Way, &t.Amount, &t.sealed, &t.State, &t.AskedName, &t.AskedAt, &t.DecidedName,
		&t.DecidedAt, &t.EndedAt, &t.Why, &t.asker, &t.askedBy, &t.payout, &t.number, &t.transfer, &t.outside)
	return t, notFound(err)
}

func findSettlement(ctx context.Context, db rower, c id.Cooperative, settlement SettlementID) (Settlement, error) {
	return scanSettlement(db.QueryRow(ctx, selectSettlement+` AND t.id = $2`, c, settlement))
}

// lockSettlement holds what was asked back, and with that how it ends.
func lockSettlement(ctx context.Context, tx pgx.Tx, c id.Cooperative, settlement SettlementID) (k WageBack, t Settlement, err error) {
	var clawback ClawbackID
	err = tx.QueryRow(ctx, `SELECT clawback_id FROM payments.settlement WHERE cooperative_id = $1 AND id = $2`, c, settlement).Scan(&clawback)
	if err != nil {
		return k, t, notFound(err)
	}
	if k, err = lockClawback(ctx, tx, c, clawback); err != nil {
		return k, t, err
	}
	t, err = findSettlement(ctx, tx, c, settlement)
	return k, t, err
}

// sumSettlements is what of a wage that was asked back is over, or may be.
func sumSettlements(ctx context.Context, tx pgx.Tx, c id.Cooperative, clawback ClawbackID) (sum Cents, err error) {
	const query = `
		SELECT coalesce(sum(cents), 0)::bigint FROM payments.settlement
		WHERE cooperative_id = $1 AND clawback_id = $2 AND state IN ('asked', 'approved', 'done')`
	err = tx.QueryRow(ctx, query, c, clawback).Scan(&sum)
	return sum, err
}

// sumLetGoAlone is what was let go since then on one person's word each.
func sumLetGoAlone(ctx context.Context, tx pgx.Tx, c id.Cooperative, since time.Time) (sum Cents, err error) {
	const query = `
		SELECT coalesce(sum(cents), 0)::bigint FROM payments.settlement
		WHERE cooperative_id = $1 AND way = 'let_go' AND state = 'done' AND ended_at > $2 AND decided_by IS NULL`
	err = tx.QueryRow(ctx, query, c, since).Scan(&sum)
	return sum, err
}

func endSettlement(ctx context.Context, tx pgx.Tx, c id.Cooperative, settlement SettlementID, by Carried, approved members.RoleID, now time.Time) error {
	const query = `
		UPDATE payments.settlement SET state = 'done', ended_at = $3, fund_cents = $4, loss_cents = $5,
			decided_by = $6, decided_at = CASE WHEN $6::uuid IS NOT NULL THEN $3::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, settlement, now, by.Fund, by.Loss, approved)
	return err
}

// dropSettlement is a person's no to it.
func dropSettlement(ctx context.Context, tx pgx.Tx, by members.Actor, settlement SettlementID, to SettlementStep, now time.Time) error {
	const query = `
		UPDATE payments.settlement SET state = $3, decided_by = $4, decided_at = $5, ended_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, settlement, string(to), by.Role, now)
	return err
}

// settleClawback ends it once its settlements come to all of it.
func settleClawback(ctx context.Context, tx pgx.Tx, c id.Cooperative, clawback ClawbackID, now time.Time) error {
	const query = `
		UPDATE payments.clawback k SET state = 'settled', settled_at = $3
		WHERE cooperative_id = $1 AND id = $2 AND state = 'decided' AND cents = (SELECT coalesce(sum(t.cents), 0) FROM payments.settlement t
			WHERE t.cooperative_id = k.cooperative_id AND t.clawback_id = k.id AND t.state = 'done')`
	_, err := tx.Exec(ctx, query, c, clawback, now)
	return err
}

// listSettlements are those of these, the oldest first.
func listSettlements(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, clawbacks []ClawbackID) ([]Settlement, error) {
	return collectSettlements(db.Query(ctx, selectSettlement+` AND t.clawback_id = ANY ($2) ORDER BY t.asked_at, t.id LIMIT 1000`, c, clawbacks))
}

func collectSettlements(rows pgx.Rows, err error) ([]Settlement, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Settlement, error) { return scanSettlement(row) })
}
