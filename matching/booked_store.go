package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/jobs"
	"meent/members"
)

// bookedFrom is from when agreed work matters: for working time and days of rest, and
// of the whole month, in which somebody may not want to earn more.
func (s scope) bookedFrom() time.Time {
	from, month := s.first.Add(-jobs.WorktimeReach-24*time.Hour), s.first.In(members.Amsterdam())
	if first := midnight(month, 1-month.Day()); first.Before(from) {
		return first
	}
	return from
}

// bookedUntil is until when it matters.
func (s scope) bookedUntil() time.Time {
	until, month := s.last.Add(jobs.WorktimeReach+24*time.Hour), s.last.In(members.Amsterdam())
	if last := time.Date(month.Year(), month.Month()+1, 1, 0, 0, 0, 0, month.Location()); last.After(until) {
		return last
	}
	return until
}

// readBooked fills in the agreed work around the shifts; of work that was stopped,
// until then, and nobody knows whether there was a break.
func readBooked(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, _ time.Time) error {
	query := `
		SELECT e.member_id, e.shift_id, e.starts_at, ` + jobs.EndsAt + `, CASE WHEN e.stopped_at IS NULL THEN s.break_minutes ELSE 0 END, e.rate_cents
		FROM jobs.engagement e JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		WHERE e.cooperative_id = $1 AND e.starts_at BETWEEN $2 AND $3 AND ` + pg.Only(`e.member_id`, `$4`, s.only != nil) + ` AND e.stopped_at IS DISTINCT FROM e.starts_at
			AND ` + jobs.HoldsSeat
	rows, err := tx.Query(ctx, query, s.cooperative, s.bookedFrom(), s.bookedUntil(), s.only)
	if err != nil {
		return err
	}
	var m members.MemberID
	var b booking
	var minutes int
	var seat jobs.Seat
	_, err = pgx.ForEachRow(rows, []any{&m, &b.shift, &b.starts, &b.ends, &minutes, &seat.Rate}, func() error {
		if one := by[m]; one != nil {
			b.pause = time.Duration(minutes) * time.Minute
			seat.Shift = jobs.Shift{Starts: b.starts, Ends: b.ends, Break: b.pause}
			b.pay = int(seat.Pay())
			one.booked = append(one.booked, b)
		}
		return nil
	})
	for _, one := range by {
		inOrder(one.booked)
	}
	return err
}
