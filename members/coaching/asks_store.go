package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// listAsksOfMember looks for each kind in its own index of the member.
func listAsksOfMember(ctx context.Context, db querier, by members.Actor, today, week members.Day) ([]AskedOf, error) {
	const query = `
		SELECT w.kind, coalesce(min(p.name), '') FROM (
			SELECT 'rail' AS kind, g.proposed_by AS who FROM coaching.guard_rail g
				WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.state = 'proposed' AND NOT g.by_member
			UNION ALL SELECT 'rung', g.proposed_by FROM coaching.rung g
				WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.state = 'proposed' AND g.proposed_by <> $3
			UNION ALL SELECT 'statement', s.coach_signed_by FROM coaching.statement s
				WHERE s.cooperative_id = $1 AND s.member_id = $2 AND s.state = 'signed_once' AND s.member_signed_at IS NULL
			UNION ALL SELECT 'handover', h.proposed_by FROM coaching.handover h
				WHERE h.cooperative_id = $1 AND h.member_id = $2 AND h.state = 'proposed'
			UNION ALL SELECT 'release', r.begun_by FROM coaching.release r
				WHERE r.cooperative_id = $1 AND r.member_id = $2 AND r.state = 'asked' AND r.member_at IS NULL AND r.until >= $4::date
			UNION ALL SELECT 'buddy', b.asked_by FROM coaching.buddy b
				WHERE b.cooperative_id = $1 AND b.member_id = $2 AND b.state = 'asked' AND NOT b.member_yes AND b.buddy_yes
			UNION ALL SELECT 'buddy_of', b.asked_by FROM coaching.buddy b
				WHERE b.cooperative_id = $1 AND b.buddy_id = $2 AND b.state = 'asked' AND NOT b.buddy_yes
			UNION ALL SELECT 'score', NULL
				WHERE NOT EXISTS (SELECT FROM coaching.self_score f WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.week = $5::date)
				AND (EXISTS (SELECT FROM coaching.self_score f WHERE f.cooperative_id = $1 AND f.member_id = $2)
					OR EXISTS (SELECT FROM members.access_grant a WHERE a.cooperative_id = $1 AND a.member_id = $2
						AND a.scope = 'self-scores' AND a.revoked_at IS NULL AND a.until >= $4::date))
		) w
		LEFT JOIN members.role o ON o.cooperative_id = $1 AND o.id = w.who
		LEFT JOIN members.person p ON p.id = o.person_id
		GROUP BY w.kind`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, by.Role, string(today), string(week))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[AskedOf])
}

// listAsksOfCoach leaves out what the coach has no key for. A release wants the
// key of the member's own coach, and not of who stands in.
func listAsksOfCoach(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, today members.Day) ([]AskedOf, error) {
	const query = `
		SELECT w.kind, min(p.name) FROM (
			SELECT 'rail' AS kind, 'progress' AS scope, g.proposed_by AS who FROM coaching.guard_rail g
				WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.state = 'proposed' AND g.by_member
			UNION ALL SELECT 'rung', 'progress', g.proposed_by FROM coaching.rung g
				JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id AND m.role_id = g.proposed_by
				WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.state = 'proposed'
			UNION ALL SELECT 'release', 'profile', r.begun_by FROM coaching.release r
				JOIN coaching.caseload c ON c.cooperative_id = r.cooperative_id AND c.member_id = r.member_id AND c.coach_id = $3
				WHERE r.cooperative_id = $1 AND r.member_id = $2 AND r.state = 'asked' AND r.coach_at IS NULL AND NOT r.alone AND r.until >= $4::date
		) w
		JOIN members.role o ON o.cooperative_id = $1 AND o.id = w.who
		JOIN members.person p ON p.id = o.person_id
		WHERE EXISTS (SELECT FROM members.access_grant a WHERE a.cooperative_id = $1 AND a.member_id = $2 AND a.grantee_id = $3
			AND a.scope = w.scope AND a.revoked_at IS NULL AND a.until >= $4::date)
		GROUP BY w.kind`
	rows, err := tx.Query(ctx, query, by.Cooperative, m, by.Role, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[AskedOf])
}
