package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// listAsks reads what the gigs of the shifts ask of body, senses and head, and what
// the work is like.
func (l *Loader) listAsks(ctx context.Context, tx pgx.Tx, list []Work) (map[jobs.GigID]asks, error) {
	const query = `
		SELECT g.id, coalesce(g.physical, 0), coalesce(g.sensory, 0), coalesce(g.mental, 0), coalesce(g.dutch, ''), g.rate_cents,
			coalesce((SELECT bit_or(1::bigint << a.bit) FROM jobs.gig_ability x JOIN members.ability a ON a.code = x.ability_code
				WHERE x.cooperative_id = g.cooperative_id AND x.gig_id = g.id), 0)
		FROM jobs.gig g WHERE g.cooperative_id = $1 AND g.id = ANY ($2)`
	var gigs []jobs.GigID
	for _, w := range list {
		gigs = append(gigs, w.Gig)
	}
	rows, err := tx.Query(ctx, query, l.cooperative, gigs)
	if err != nil {
		return nil, err
	}
	found := map[jobs.GigID]asks{}
	var gig jobs.GigID
	var one asks
	_, err = pgx.ForEachRow(rows, []any{&gig, &one.loads[0], &one.loads[1], &one.loads[2], &one.dutch, &one.seat.Rate, &one.offers}, func() error {
		found[gig] = one
		return nil
	})
	return found, err
}

// openOf are the shifts of selectOpenShifts that are named, or of a gig that is.
const openOf = `s.starts_at > $2 AND s.called_off_at IS NULL AND g.state = 'open' AND s.seats > coalesce(taken.seats, 0)
	AND (s.id = ANY ($4) OR s.gig_id = ANY ($5))`

// listOpenOf reads those.
func (l *Loader) listOpenOf(ctx context.Context, tx pgx.Tx, shifts []jobs.ShiftID, gigs []jobs.GigID) ([]Work, error) {
	now := l.now()
	return listWork(ctx, tx, l.cooperative, workOf(openOf, `e.shift_id IN (SELECT s.id FROM jobs.shift s
		WHERE s.cooperative_id = $1 AND (s.id = ANY ($4) OR s.gig_id = ANY ($5)))`), l.cooperative, now, now.Add(jobs.RefillLeft), shifts, gigs)
}
