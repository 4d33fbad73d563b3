package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func insertRung(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, rung RungID, step int, occasion Occasion, now time.Time) error {
	const query = `
		INSERT INTO coaching.rung (id, cooperative_id, member_id, step, occasion, state, proposed_at, proposed_by)
		VALUES ($1, $2, $3, $4, $5, 'proposed', $6, $7)`
	_, err := tx.Exec(ctx, query, rung, by.Cooperative, m, step, string(occasion), now, by.Role)
	return err
}

func lockRung(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, rung RungID) (r Rung, err error) {
	const query = `
		SELECT id, occasion, state, proposed_by FROM coaching.rung
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3 FOR UPDATE`
	return r, gone(tx.QueryRow(ctx, query, c, m, rung).Scan(&r.ID, &r.Occasion, &r.State, &r.By))
}

func updateRung(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, rung RungID, to RungState, now time.Time) error {
	const query = `
		UPDATE coaching.rung SET state = $4, settled_at = greatest(proposed_at, $5), settled_by = $6
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3`
	_, err := tx.Exec(ctx, query, by.Cooperative, m, rung, string(to), now, by.Role)
	return err
}

func listRungPeople(ctx context.Context, tx pgx.Tx, t RungTold, today members.Day) ([]members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale
		FROM members.member m
		LEFT JOIN coaching.caseload l ON l.cooperative_id = m.cooperative_id AND l.member_id = m.id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = CASE WHEN $3 THEN l.coach_id ELSE m.role_id END AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2 AND m.state <> 'alumni' AND (NOT $3 OR EXISTS (
			SELECT FROM members.access_grant g WHERE g.cooperative_id = m.cooperative_id AND g.member_id = m.id AND g.grantee_id = l.coach_id
				AND g.scope = 'progress' AND g.revoked_at IS NULL AND g.until >= $4::date))`
	rows, err := tx.Query(ctx, query, t.Cooperative, t.Member, t.Coach, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (members.Person, error) { return scanPerson(row) })
}
