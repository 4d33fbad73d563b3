package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// listSide are the people of one side of an engagement who are told what happens
// to it: its member, each contact whom its client has now, or the coordinators.
func listSide(ctx context.Context, db querier, c id.Cooperative, e EngagementID, side members.RoleKind) ([]members.Person, error) {
	const query = `
		SELECT DISTINCT p.id, p.email, p.name, p.locale
		FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND (
			$3 = 'member' AND r.id = (SELECT m.role_id FROM jobs.engagement e
				JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
				WHERE e.cooperative_id = $1 AND e.id = $2)
			OR $3 = 'client' AND r.ended_at IS NULL AND r.client_id = (SELECT g.client_id FROM jobs.engagement e
				JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
				JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
				WHERE e.cooperative_id = $1 AND e.id = $2)
			OR $3 = 'coordinator' AND r.ended_at IS NULL AND r.kind = 'coordinator')
		ORDER BY p.id`
	return listPeople(ctx, db, query, c, e, string(side))
}

// listOffice are the coordinators.
func listOffice(ctx context.Context, db querier, c id.Cooperative) ([]members.Person, error) {
	return listSide(ctx, db, c, EngagementID{}, members.RoleCoordinator)
}

// listPeople reads persons in the order of their fields.
func listPeople(ctx context.Context, db querier, query string, args ...any) ([]members.Person, error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[members.Person])
}
