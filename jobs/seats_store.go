package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// free is how many seats are free on the shifts to come of each gig, and on those
// that begin soon.
const free = `
	SELECT s.gig_id, min(s.starts_at) AS next, sum(s.seats - coalesce(taken.seats, 0)) AS seats,
		coalesce(sum(s.seats - coalesce(taken.seats, 0)) FILTER (WHERE s.starts_at <= $3), 0) AS soon` + withSeat + `
	GROUP BY s.gig_id`

// withSeat are the cooperative's ($1) shifts (s) after $2 with a free seat.
const withSeat = `
	FROM jobs.shift s
	LEFT JOIN (SELECT e.shift_id, count(*) AS seats FROM jobs.engagement e
		WHERE e.cooperative_id = $1 AND e.starts_at > $2 AND ` + HoldsSeat + ` GROUP BY e.shift_id) taken ON taken.shift_id = s.id
	WHERE s.cooperative_id = $1 AND s.starts_at > $2 AND s.called_off_at IS NULL AND s.seats > coalesce(taken.seats, 0)`

// listOpenSeats gives the first, and counts all.
func listOpenSeats(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, now, soon time.Time, most int) (list []OpenSeats, count SeatCount, err error) {
	const query = `
		WITH free AS (` + free + `),
		gigs AS MATERIALIZED (
			SELECT g.id, g.title, g.language, g.client_id, coming.next, coming.seats, coming.soon
			FROM free coming CROSS JOIN LATERAL (` + ifOpen + `) g)
		SELECT g.id, g.title, g.language, c.name, g.next, g.seats, (SELECT sum(soon) FROM gigs), (SELECT count(*) FROM gigs)
		FROM (SELECT * FROM gigs ORDER BY next, id LIMIT $4) g
		JOIN members.client c ON c.cooperative_id = $1 AND c.id = g.client_id
		ORDER BY g.next, g.id`
	rows, err := db.Query(ctx, query, c, now, soon, most)
	if err != nil {
		return nil, count, err
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (o OpenSeats, err error) {
		err = row.Scan(&o.Gig, &o.Title, &o.Language, &o.ClientName, &o.Next, &o.Free, &count.Soon, &count.Gigs)
		return o, err
	})
	return list, count, err
}
