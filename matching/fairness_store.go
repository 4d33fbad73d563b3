package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
)

// listPortions reads what everybody who worked here when the period ended received of the
// work that began in it, how much they want, and since when they are here. Who leaves
// counts until the next period: two looks in one week differ by nobody.
func listPortions(ctx context.Context, tx pgx.Tx, c id.Cooperative, from, until time.Time) ([]portionOf, error) {
	const query = `
		SELECT coalesce(w.minutes, 0), coalesce(a.hours_wanted, 0), least(m.trial_at, m.member_at)
		FROM members.member m
		LEFT JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		LEFT JOIN (
			SELECT e.member_id, sum(extract(epoch FROM ` + jobs.EndsAt + ` - e.starts_at))::bigint / 60 AS minutes FROM jobs.engagement e
			WHERE e.cooperative_id = $1 AND e.starts_at >= $2 AND e.starts_at < $3 AND ` + jobs.HoldsSeat + `
			GROUP BY e.member_id) w ON w.member_id = m.id
		WHERE m.cooperative_id = $1 AND (m.state IN ('trial', 'member')
			OR m.state = 'alumni' AND m.alumni_at >= $3 AND coalesce(m.trial_at, m.member_at) IS NOT NULL)`
	rows, err := tx.Query(ctx, query, c, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p portionOf, err error) {
		return p, row.Scan(&p.received, &p.wanted, &p.since)
	})
}

// listFill reads the seats of the shifts that began in the period, and who held them, by
// client and by the municipality of the work.
func listFill(ctx context.Context, tx pgx.Tx, c id.Cooperative, from, until time.Time) ([]fillCell, error) {
	const query = `
		WITH took AS (
			SELECT s.id, s.seats, g.client_id, p.municipality FROM jobs.shift s
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id AND g.state <> 'draft'
			JOIN members.place p ON p.code = g.place_code
			WHERE s.cooperative_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND ` + jobs.TakesPlace + `),
		held AS (
			SELECT took.client_id, took.municipality, count(*) AS seats, array_agg(DISTINCT e.member_id) AS people FROM took
			JOIN jobs.engagement e ON e.cooperative_id = $1 AND e.shift_id = took.id AND e.starts_at >= $2 AND e.starts_at < $3 AND ` + jobs.HoldsSeat + `
			GROUP BY 1, 2)
		SELECT k.id, k.name, t.municipality, t.seats, coalesce(h.seats, 0), coalesce(h.people, '{}')
		FROM (SELECT client_id, municipality, sum(seats) AS seats FROM took GROUP BY 1, 2) t
		JOIN members.client k ON k.cooperative_id = $1 AND k.id = t.client_id
		LEFT JOIN held h ON h.client_id = t.client_id AND h.municipality = t.municipality`
	rows, err := tx.Query(ctx, query, c, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (f fillCell, err error) {
		return f, row.Scan(&f.client, &f.name, &f.region, &f.seats, &f.filled, &f.people)
	})
}
