package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// listRungs gives the rungs that a member and a coach set, the newest first, and
// before them the one that is proposed.
func listRungs(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]Rung, error) {
	const query = `
		SELECT g.id, g.step, g.occasion, g.state, g.proposed_at, g.proposed_by, p.name, g.settled_at, g.settled_by, coalesce(q.name, '')
		FROM coaching.rung g
		JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = g.proposed_by
		JOIN members.person p ON p.id = r.person_id
		LEFT JOIN members.role s ON s.cooperative_id = g.cooperative_id AND s.id = g.settled_by
		LEFT JOIN members.person q ON q.id = s.person_id
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.state <> 'dropped'
		ORDER BY g.state = 'set', g.settled_at DESC, g.id`
	rows, err := tx.Query(ctx, query, c, m)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Rung, err error) {
		var settled *time.Time
		err = row.Scan(&g.ID, &g.Step, &g.Occasion, &g.State, &g.Proposed, &g.By, &g.ByName, &settled, &g.SettledBy, &g.SettledWho)
		if settled != nil {
			g.Settled = *settled
		}
		return g, err
	})
}
