package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
)

const (
	ofClient = `g.client_id = $2`
	oneGig   = `g.id = $2`
)

// selectAsking counts the offers of gigs whose window is open; those is which. It
// counts answers too, a no among them: a client who looks twice must not see that
// somebody said no, or yes.
func selectAsking(those string) string {
	return `
	SELECT g.id, count(*) FILTER (WHERE o.state <> 'asked'), coalesce(min(o.until) FILTER (WHERE o.state <> 'asked'), '0001-01-01 00:00:00Z'),
		count(*) FILTER (WHERE o.state = 'asked'), (array_agg(o.id ORDER BY o.until, o.id) FILTER (WHERE o.state = 'asked'))[1]
	FROM jobs.gig g
	JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND s.starts_at > $3
	JOIN matching.offer o ON o.cooperative_id = s.cooperative_id AND o.shift_id = s.id
		AND (o.state IN ('sent', 'waiting_coach', 'yes', 'no') AND NOT o.asked OR o.asked AND o.state = 'asked') AND o.until > $3
	WHERE g.cooperative_id = $1 AND ` + those + `
	GROUP BY g.id`
}

func listAsking(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, those string, which any, now time.Time) (map[jobs.GigID]Asking, error) {
	rows, err := db.Query(ctx, selectAsking(those), c, which, now)
	if err != nil {
		return nil, err
	}
	found := map[jobs.GigID]Asking{}
	var gig jobs.GigID
	var a Asking
	_, err = pgx.ForEachRow(rows, []any{&gig, &a.Out, &a.Look, &a.Asked, &a.First}, func() error {
		found[gig] = a
		return nil
	})
	return found, err
}
