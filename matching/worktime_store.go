package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// listStints gives the agreed work around a shift, without the shift itself: of
// every member of the cooperative, or of some.
func listStints(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID) (map[members.MemberID][]jobs.Stint, error) {
	const query = `
		SELECT e.member_id, e.starts_at, e.ends_at, s.break_minutes
		FROM jobs.engagement e JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE e.cooperative_id = $1 AND e.shift_id <> $2 AND e.starts_at BETWEEN $3 AND $4 AND ` + jobs.HoldsSeat + `
			AND ($5::uuid[] IS NULL OR e.member_id = ANY ($5))
			AND NOT tstzrange(e.starts_at, e.ends_at) && tstzrange($6, $7)`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Shift, w.Starts.Add(-jobs.WorktimeReach), w.Starts.Add(jobs.WorktimeReach), only, w.Starts, w.Ends)
	if err != nil {
		return nil, err
	}
	work := map[members.MemberID][]jobs.Stint{}
	var m members.MemberID
	var s jobs.Stint
	var minutes int
	_, err = pgx.ForEachRow(rows, []any{&m, &s.Starts, &s.Ends, &minutes}, func() error {
		s.Break = time.Duration(minutes) * time.Minute
		work[m] = append(work[m], s)
		return nil
	})
	return work, err
}
