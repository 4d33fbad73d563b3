package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
)

func insertMember(ctx context.Context, tx pgx.Tx, member MemberID, role RoleID, n NewMember, from beginning) error {
	const query = `
		INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, consent,
			referred_at, trial_at, trial_until, member_at, alumni_at, moved_by, municipality_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
			CASE WHEN $7 = 'referred' THEN $9::timestamptz END, CASE WHEN $7 = 'trial' THEN $9::timestamptz END,
			CASE WHEN $7 = 'trial' THEN $10::date END, CASE WHEN $7 = 'member' THEN $9::timestamptz END,
			CASE WHEN $7 = 'alumni' THEN $9::timestamptz END, $11, $12)`
	_, err := tx.Exec(ctx, query, member, n.Cooperative, role, n.PlaceCode, n.ReachMetres, n.Travel, string(n.Membership), string(n.Consent),
		from.at, string(from.trialUntil), n.ApprovedBy, n.Municipality)
	if broke(err, "member_place") {
		return check.Problems{{Field: "place", Rule: "unknown_place"}}
	}
	if err != nil {
		return err
	}
	const skills = `
		INSERT INTO members.member_skill (cooperative_id, member_id, skill_code)
		SELECT $1, $2, unnest($3::text[])`
	_, err = tx.Exec(ctx, skills, n.Cooperative, member, n.Skills)
	return err
}

func listMembers(ctx context.Context, db *pgxpool.Pool, cooperative id.Cooperative, in Membership) ([]Member, error) {
	const query = `
		SELECT m.id, p.name, pl.name, m.state, CASE WHEN m.state = 'trial' THEN m.trial_until::text ELSE '' END,
			(SELECT count(*) FROM members.member_skill s WHERE s.cooperative_id = m.cooperative_id AND s.member_id = m.id)
		FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		JOIN members.place pl ON pl.code = m.place_code
		WHERE m.cooperative_id = $1 AND ($2 = '' OR m.state = $2) ORDER BY p.name, m.id`
	rows, err := db.Query(ctx, query, cooperative, string(in))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (m Member, err error) {
		err = row.Scan(&m.ID, &m.Name, &m.PlaceName, &m.Membership, &m.TrialUntil, &m.Skills)
		return m, err
	})
}
