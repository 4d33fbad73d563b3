package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// Who follows a member stands in one place, the view coaching.follower: the
// coach, and on the days of a stand-in the colleague, too. Every query of this
// domain that asks may this coach asks there.

// listHelpers lists to whom the member can give keys: the coach first, then who
// stands in today or will.
func listHelpers(ctx context.Context, db *pgxpool.Pool, by members.Actor, today members.Day) ([]Helper, error) {
	const query = `
		SELECT f.role_id, p.name, f.kind = 'stand_in', CASE f.kind WHEN 'stand_in' THEN to_char(f.begins, 'YYYY-MM-DD') ELSE '' END,
			CASE f.kind WHEN 'stand_in' THEN to_char(f.until, 'YYYY-MM-DD') ELSE '' END
		FROM coaching.follower f
		JOIN members.role r ON r.cooperative_id = f.cooperative_id AND r.id = f.role_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.until >= $3::date
		ORDER BY f.kind, f.begins, p.name, f.role_id`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h Helper, err error) {
		err = row.Scan(&h.Role, &h.Name, &h.StandIn, &h.From, &h.Until)
		return h, err
	})
}

// findStandInUntil is the last day on which this role stands in, or nothing. The
// caller holds the caseload (lockCoach), so that it stays so.
func findStandInUntil(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, role members.RoleID, today members.Day) (until members.Day, err error) {
	const query = `
		SELECT coalesce(to_char(max(f.until), 'YYYY-MM-DD'), '') FROM coaching.follower f
		WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.role_id = $3 AND f.kind = 'stand_in' AND f.until >= $4::date`
	return until, tx.QueryRow(ctx, query, c, m, role, string(today)).Scan(&until)
}
