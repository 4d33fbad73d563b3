package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// insertPolicyChange returns ErrPolicyWaits when another one waits.
func insertPolicyChange(ctx context.Context, tx pgx.Tx, by members.Actor, p PolicyChange, now time.Time) error {
	const query = `
		INSERT INTO payments.policy_change (id, cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, reason, state, proposed_by, proposed_at, refund_hour_cents)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10, $11) ON CONFLICT (cooperative_id) WHERE state = 'proposed' DO NOTHING`
	tag, err := tx.Exec(ctx, query, p.ID, by.Cooperative, int64(p.To.FourEyes), int64(p.To.Payout), int64(p.To.Hour), int64(p.To.MemberDay),
		int64(p.To.Advance), p.Reason, by.Role, now, int64(p.To.RefundHour))
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrPolicyWaits
	}
	return err
}

const selectPolicyChange = `
	SELECT t.id, t.four_eyes_cents, t.payout_cents, t.hour_cents, t.member_day_cents, t.advance_cents, t.refund_hour_cents, t.reason, t.state, a.id, a.name, t.proposed_at,
		coalesce(b.name, ''), coalesce(t.decided_at, '0001-01-01 00:00:00Z')
	FROM payments.policy_change t
	JOIN members.role ra ON ra.cooperative_id = t.cooperative_id AND ra.id = t.proposed_by
	JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rb ON rb.cooperative_id = t.cooperative_id AND rb.id = t.decided_by
	LEFT JOIN members.person b ON b.id = rb.person_id
	WHERE t.cooperative_id = $1`

func scanPolicyChange(row pgx.Row) (p PolicyChange, err error) {
	err = row.Scan(&p.ID, &p.To.FourEyes, &p.To.Payout, &p.To.Hour, &p.To.MemberDay, &p.To.Advance, &p.To.RefundHour, &p.Reason, &p.State, &p.proposer, &p.ProposedName, &p.ProposedAt,
		&p.DecidedName, &p.DecidedAt)
	return p, notFound(err)
}

func lockPolicyChange(ctx context.Context, tx pgx.Tx, c id.Cooperative, change PolicyChangeID) (PolicyChange, error) {
	return scanPolicyChange(tx.QueryRow(ctx, selectPolicyChange+` AND t.id = $2 FOR NO KEY UPDATE OF t`, c, change))
}

func endPolicyChange(ctx context.Context, tx pgx.Tx, by members.Actor, change PolicyChangeID, to PolicyState, now time.Time) error {
	const query = `UPDATE payments.policy_change SET state = $3, decided_by = $4, decided_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, change, string(to), by.Role, now)
	return err
}

func upsertPolicy(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Policy) error {
	const query = `
		INSERT INTO payments.policy (cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, refund_hour_cents) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (cooperative_id) DO UPDATE SET four_eyes_cents = $2, payout_cents = $3, hour_cents = $4, member_day_cents = $5, advance_cents = $6, refund_hour_cents = $7`
	_, err := tx.Exec(ctx, query, c, int64(p.FourEyes), int64(p.Payout), int64(p.Hour), int64(p.MemberDay), int64(p.Advance), int64(p.RefundHour))
	return err
}

func listPolicyChanges(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]PolicyChange, error) {
	const query = selectPolicyChange + ` ORDER BY t.state <> 'proposed', t.decided_at DESC, t.id LIMIT 50`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (PolicyChange, error) { return scanPolicyChange(row) })
}
