package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// free is the shifts to come of open gigs that have a free seat.
const free = `
	SELECT s.gig_id, s.starts_at, s.seats - coalesce(taken.seats, 0) AS seats
	FROM jobs.shift s
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id AND g.state = 'open'
	LEFT JOIN (SELECT shift_id, count(*) AS seats FROM jobs.engagement
		WHERE cooperative_id = $1 AND starts_at > $2 AND state NOT IN ('cancelled', 'absent') GROUP BY shift_id) taken ON taken.shift_id = s.id
	WHERE s.cooperative_id = $1 AND s.starts_at > $2 AND s.seats > coalesce(taken.seats, 0)`

func listOpenSeats(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now time.Time, most int) ([]OpenSeats, error) {
	const query = `
		WITH free AS (` + free + `),
		gigs AS (SELECT gig_id, min(starts_at) AS next, sum(seats) AS seats FROM free GROUP BY gig_id ORDER BY next, gig_id LIMIT $3)
		SELECT g.id, g.title, g.language, c.name, n.next, n.seats
		FROM gigs n
		JOIN jobs.gig g ON g.cooperative_id = $1 AND g.id = n.gig_id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		ORDER BY n.next, g.id`
	rows, err := db.Query(ctx, query, c, now, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[OpenSeats])
}

func countOpenSeats(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now, soon time.Time) (count SeatCount, err error) {
	const query = `
		WITH free AS (` + free + `)
		SELECT coalesce(sum(seats) FILTER (WHERE starts_at <= $3), 0), count(DISTINCT gig_id) FROM free`
	err = db.QueryRow(ctx, query, c, now, soon).Scan(&count.Soon, &count.Gigs)
	return count, err
}
