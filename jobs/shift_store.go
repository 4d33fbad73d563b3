package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// findRunGig is lockGig for who holds a lock on one of its shifts.
func findRunGig(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (g running, err error) {
	const query = `
		SELECT id, client_id, state, rate_cents FROM jobs.gig
		WHERE cooperative_id = $1 AND id = $2 AND ($3 = 'coordinator' OR $3 = 'client' AND client_id = $4)`
	err = tx.QueryRow(ctx, query, by.Cooperative, gig, string(by.Kind), by.Client).Scan(&g.id, &g.client, &g.state, &g.rate)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return g, err
}

func updateSeats(ctx context.Context, tx pgx.Tx, c id.Cooperative, l lockedShift) error {
	const query = `UPDATE jobs.shift SET seats = $3, buddy_seats = $4, pieces = nullif($5, 0) WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, l.ID, l.Seats, l.BuddySeats, l.Pieces)
	return err
}

func markRemoved(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID, now time.Time) error {
	const query = `UPDATE jobs.shift SET seats = 0, buddy_seats = 0, removed_at = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, shift, now)
	return err
}

func deleteShift(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) error {
	_, err := tx.Exec(ctx, `DELETE FROM jobs.shift WHERE cooperative_id = $1 AND id = $2`, c, shift)
	return err
}

// markSeat keeps what a seat is for; whoever works has the one to work already.
func markSeat(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, kind SeatKind) error {
	if kind == WorkSeat {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE jobs.engagement SET seat = $3 WHERE cooperative_id = $1 AND id = $2`, c, e, string(kind))
	return err
}

func insertSeries(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, one SeriesID, s Series, now time.Time) error {
	const query = `
		INSERT INTO jobs.series (id, cooperative_id, gig_id, rule, from_day, starts_minute, length_minutes, break_minutes, seats, buddy_seats,
			without_days, with_days, added_at)
		VALUES ($1, $2, $3, $4, $5::text::date, $6, $7, $8, $9, $10, $11::text[]::date[], $12::text[]::date[], $13)`
	_, err := tx.Exec(ctx, query, one, c, gig, s.String(), string(s.From), int(s.Starts/time.Minute), int(s.Length/time.Minute),
		int(s.Break/time.Minute), s.Seats, s.BuddySeats, dayTexts(s.Without), dayTexts(s.With), now)
	return err
}

func dayTexts(days []payments.Day) []string {
	texts := make([]string, len(days))
	for i, day := range days {
		texts[i] = string(day)
	}
	return texts
}

func markSeries(ctx context.Context, tx pgx.Tx, c id.Cooperative, one SeriesID, shifts []ShiftID) error {
	const query = `UPDATE jobs.shift SET series_id = $3 WHERE cooperative_id = $1 AND id = ANY ($2::uuid[])`
	_, err := tx.Exec(ctx, query, c, shiftTexts(shifts), one)
	return err
}

func shiftTexts(shifts []ShiftID) []string {
	texts := make([]string, len(shifts))
	for i, shift := range shifts {
		texts[i] = shift.String()
	}
	return texts
}

// listTaken counts the people who are confirmed on each shift of the gig.
func listTaken(ctx context.Context, db querier, c id.Cooperative, gig GigID) (map[ShiftID]int, error) {
	const query = `
		SELECT s.id, count(*) FROM jobs.shift s
		JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 GROUP BY s.id`
	rows, err := db.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	taken := map[ShiftID]int{}
	var shift ShiftID
	var n int
	_, err = pgx.ForEachRow(rows, []any{&shift, &n}, func() error {
		taken[shift] = n
		return nil
	})
	return taken, err
}

// listWeeks are the gigs of the client that have shifts to copy, the latest first.
func listWeeks(ctx context.Context, db querier, c id.Cooperative, client members.ClientID, most int) ([]WeekSource, error) {
	const query = `
		SELECT g.id, g.title, g.language, max(s.starts_at) FROM jobs.gig g
		JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id AND s.seats > 0
		WHERE g.cooperative_id = $1 AND g.client_id = $2 GROUP BY g.id ORDER BY 4 DESC, g.id LIMIT $3`
	rows, err := db.Query(ctx, query, c, client, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[WeekSource])
}
