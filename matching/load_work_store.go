package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// listAbilities gives the bit of each ability.
func listAbilities(ctx context.Context, tx pgx.Tx) (bits map[string]uint32, err error) {
	rows, err := tx.Query(ctx, `SELECT code, bit FROM members.ability`)
	if err != nil {
		return nil, err
	}
	bits = map[string]uint32{}
	var code string
	var bit int
	_, err = pgx.ForEachRow(rows, []any{&code, &bit}, func() error {
		bits[code] = 1 << bit
		return nil
	})
	return bits, err
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
