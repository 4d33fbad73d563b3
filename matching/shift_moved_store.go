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

// listFirst are those who were to come to the old shift, who agreed first on top.
// Once the new one is off nobody is.
func listFirst(ctx context.Context, tx pgx.Tx, t jobs.ShiftMoved) ([]hadWork, error) {
	first := make([]string, len(t.First))
	for i, e := range t.First {
		first[i] = e.String()
	}
	const query = `
		SELECT e.id, e.member_id FROM jobs.engagement e
		JOIN jobs.shift old ON old.cooperative_id = e.cooperative_id AND old.id = e.shift_id AND old.moved_to = $4
		JOIN jobs.shift s ON s.cooperative_id = old.cooperative_id AND s.id = old.moved_to AND ` + jobs.TakesPlace + `
		WHERE e.cooperative_id = $1 AND e.shift_id = $2 AND e.id = ANY ($3::uuid[]) AND e.called_off_at IS NOT NULL
		ORDER BY e.confirmed_at, e.id`
	rows, err := tx.Query(ctx, query, t.Cooperative, t.Old, first, t.New)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h hadWork, err error) {
		err = row.Scan(&h.engagement, &h.member)
		return h, err
	})
}
