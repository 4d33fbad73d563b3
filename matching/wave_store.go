package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// offered holds for an offer (o) that a wave made: nobody asked for it, and nobody chose
// the member by hand.
const offered = `NOT o.asked AND o.chosen_by IS NULL`

// findSizing reads what the next wave of the shift depends on: how many went before, and
// of the newest offers of the cooperative whose window is over how many were a yes. Who
// said nothing said no yes; what was taken back before an answer says neither.
func findSizing(ctx context.Context, tx pgx.Tx, w Work, now time.Time) (s sizing, err error) {
	const query = `
		SELECT (SELECT count(DISTINCT o.until) FROM matching.offer o
				WHERE o.cooperative_id = $1 AND o.shift_id = $2 AND o.until <= $3 AND ` + offered + `),
			count(*) FILTER (WHERE said.yes), count(*)
		FROM (SELECT o.state NOT IN ('no', 'expired') AS yes FROM matching.offer o
			WHERE o.cooperative_id = $1 AND o.until <= $3 AND (o.answered_at IS NOT NULL OR o.state = 'expired') AND ` + offered + `
			ORDER BY o.until DESC LIMIT $4) said`
	var yeses, answers int
	err = tx.QueryRow(ctx, query, w.Cooperative, w.Shift, now, enoughAnswers).Scan(&s.Already, &yeses, &answers)
	s.Seats, s.Yes, s.Sure = w.Free, yesOf(yeses, answers), sureness(s.Already, w.last().Sub(now))
	return s, err
}
