package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/jobs"
)

// countWaits looks at gigs that were posted since then and whose text is still there.
func countWaits(ctx context.Context, db *pgxpool.Pool, now time.Time, over time.Duration) (w Waits, err error) {
	const query = `
		WITH recent AS (
			SELECT g.posted_at, g.state, sum(s.seats) AS seats, sum(t.taken) AS taken, max(t.last) AS last,
				bool_or(s.starts_at > $1 AND s.seats > t.taken) AS waits
			FROM jobs.gig g
			JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND ` + jobs.TakesPlace + `
			CROSS JOIN LATERAL (SELECT count(*) AS taken, max(e.confirmed_at) AS last FROM jobs.engagement e
				WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + jobs.HoldsSeat + `) t
			WHERE g.posted_at > $2 AND g.emptied_at IS NULL AND g.state IN ('open', 'paused', 'done')
			GROUP BY g.cooperative_id, g.id)
		SELECT count(*) FILTER (WHERE taken >= seats),
			coalesce(extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY last - posted_at) FILTER (WHERE taken >= seats)), 0)::float8,
			coalesce(extract(epoch FROM percentile_disc(0.9) WITHIN GROUP (ORDER BY last - posted_at) FILTER (WHERE taken >= seats)), 0)::float8,
			coalesce(extract(epoch FROM max($1 - posted_at) FILTER (WHERE waits AND state = 'open')), 0)::float8
		FROM recent`
	var half, most, oldest float64
	err = db.QueryRow(ctx, query, now, now.Add(-over)).Scan(&w.Filled, &half, &most, &oldest)
	seconds := func(n float64) time.Duration { return time.Duration(max(0, n) * float64(time.Second)) }
	w.Half, w.Most, w.Oldest = seconds(half), seconds(most), seconds(oldest)
	return w, err
}
