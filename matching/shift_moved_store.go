package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// hadWork is whose work ended since its time was changed.
type hadWork struct {
	engagement jobs.EngagementID
	member     members.MemberID
}

// listFirst are those who were to come to the old shift, or to one whose place that
// took without anybody saying no to it, who agreed first on top. Once the new one is
// off nobody is.
func listFirst(ctx context.Context, tx pgx.Tx, t jobs.ShiftMoved) ([]hadWork, error) {
	first := make([]string, len(t.First))
	for i, e := range t.First {
		first[i] = e.String()
	}
	const query = `
		WITH RECURSIVE before AS (
			SELECT old.id, old.called_off_at FROM jobs.shift old
			JOIN jobs.shift s ON s.cooperative_id = old.cooperative_id AND s.id = old.moved_to AND ` + jobs.TakesPlace + `
			WHERE old.cooperative_id = $1 AND old.id = $2 AND old.moved_to = $4
			UNION ALL
			SELECT p.id, p.called_off_at FROM jobs.shift p JOIN before b ON p.moved_to = b.id WHERE p.cooperative_id = $1),
		had AS (
			SELECT DISTINCT ON (e.member_id) e.id, e.member_id, e.confirmed_at FROM jobs.engagement e JOIN before b ON b.id = e.shift_id
			WHERE e.cooperative_id = $1 AND CASE WHEN e.shift_id = $2 THEN e.id = ANY ($3::uuid[]) AND e.called_off_at IS NOT NULL
				ELSE e.called_off_at = b.called_off_at AND e.called_off_by <> 'member' AND NOT EXISTS (SELECT FROM matching.offer o
					WHERE o.member_id = e.member_id AND o.shift_id IN (SELECT id FROM before) AND o.state = 'no') END
			ORDER BY e.member_id, e.confirmed_at)
		SELECT id, member_id FROM had ORDER BY confirmed_at, id`
	rows, err := tx.Query(ctx, query, t.Cooperative, t.Old, first, t.New)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h hadWork, err error) {
		err = row.Scan(&h.engagement, &h.member)
		return h, err
	})
}
