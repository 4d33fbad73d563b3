package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// findToMove finds a shift for who runs its gig. It returns members.ErrNotFound.
func findToMove(ctx context.Context, tx pgx.Tx, by members.Actor, shift ShiftID) (m toMove, err error) {
	if !runs(by) {
		return m, members.ErrNotFound
	}
	const query = `
		SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, s.buddy_seats, coalesce(s.pieces, 0), g.id, g.client_id, g.state, s.series_id,
			s.called_off_at IS NOT NULL, s.moved_to IS NOT NULL
		FROM jobs.shift s JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE s.cooperative_id = $1` + runsIt + ` AND s.id = $4`
	var minutes int
	var series *SeriesID
	err = tx.QueryRow(ctx, query, by.Cooperative, inOffice(by), by.Client, shift).Scan(&m.ID, &m.Starts, &m.Ends, &minutes, &m.Seats, &m.BuddySeats,
		&m.Pieces, &m.gig, &m.client, &m.state, &series, &m.off, &m.moved)
	m.Break = time.Duration(minutes) * time.Minute
	if series != nil {
		m.series = *series
	}
	return m, notFound(err)
}

func markMoved(ctx context.Context, tx pgx.Tx, c id.Cooperative, old, moved ShiftID) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.shift SET moved_to = $3 WHERE cooperative_id = $1 AND id = $2`, c, old, moved)
	return err
}
