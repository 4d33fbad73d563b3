package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/members"
)

func updateGigState(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to State) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.gig SET state = $3, awaits_deposit = false WHERE cooperative_id = $1 AND id = $2`, c, gig, string(to))
	return err
}

// shiftsLeft are the shifts of a gig that have not ended and are not called off.
const shiftsLeft = `SELECT s.id FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at > $3 AND ` + TakesPlace + ` ORDER BY s.starts_at, s.id`

func listShiftsLeft(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) ([]ShiftID, error) {
	rows, err := tx.Query(ctx, shiftsLeft, c, gig, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[ShiftID])
}

func lockShiftsLeft(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) ([]ShiftID, error) {
	rows, err := tx.Query(ctx, shiftsLeft+` FOR UPDATE`, c, gig, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[ShiftID])
}

// lockShifts locks all shifts of a gig. One transaction at a time does so: another
// that began before this one ended does not see its new shifts, and would not lock
// them before the gig.
func lockShifts(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('jobs.shift ' || $1, 0))`, gig.String()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `SELECT FROM jobs.shift WHERE cooperative_id = $1 AND gig_id = $2 ORDER BY starts_at, id FOR UPDATE`, c, gig)
	return err
}

// lockShiftRow lets nobody give or take seats of the shift meanwhile.
func lockShiftRow(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) error {
	var found ShiftID
	err := tx.QueryRow(ctx, `SELECT id FROM jobs.shift WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`, c, shift).Scan(&found)
	return notFound(err)
}

// runShift is a shift as who runs its gig ends it.
type runShift struct {
	Shift
	gig GigID
	off bool
}

func (r runShift) ended(now time.Time) bool { return r.off || !r.Ends.After(now) }

func findRunShift(ctx context.Context, tx pgx.Tx, by members.Actor, shift ShiftID) (r runShift, err error) {
	const query = `
		SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, g.id, s.called_off_at IS NOT NULL
		FROM jobs.shift s JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE s.cooperative_id = $1` + runsIt + ` AND s.id = $4`
	var minutes int
	err = tx.QueryRow(ctx, query, by.Cooperative, inOffice(by), by.Client, shift).Scan(&r.ID, &r.Starts, &r.Ends, &minutes, &r.Seats, &r.gig, &r.off)
	r.Break = time.Duration(minutes) * time.Minute
	return r, notFound(err)
}

func markShiftOff(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.shift SET called_off_at = $3 WHERE cooperative_id = $1 AND id = $2`, c, shift, now)
	return err
}

// findSeats counts the seats of the work's shift, which is locked, and gives the
// kind that the work has.
func findSeats(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) (l lockedShift, kind SeatKind, err error) {
	const query = `
		SELECT s.seats, s.buddy_seats, mine.seat, n.taken, n.buddies
		FROM jobs.shift s
		JOIN jobs.engagement mine ON mine.cooperative_id = s.cooperative_id AND mine.id = $3
		CROSS JOIN LATERAL (
			SELECT count(*) AS taken, count(*) FILTER (WHERE e.seat = 'buddy') AS buddies FROM jobs.engagement e
			WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `) n
		WHERE s.cooperative_id = $1 AND s.id = $2`
	err = tx.QueryRow(ctx, query, c, w.Shift.ID, w.ID).Scan(&l.Seats, &l.BuddySeats, &kind, &l.taken, &l.buddies)
	return l, kind, notFound(err)
}

// setSeats returns ErrNoSeat when a shift cannot have so many.
func setSeats(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID, to Shift) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.shift SET seats = $3, buddy_seats = $4 WHERE cooperative_id = $1 AND id = $2`, c, shift, to.Seats, to.BuddySeats)
	return seatProblem(err)
}

// promoteBuddy gives one of those who learn on the shift a seat to work: who has
// been confirmed longest.
func promoteBuddy(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) error {
	const query = `
		UPDATE jobs.engagement SET seat = 'work' WHERE cooperative_id = $1 AND id = (
			SELECT e.id FROM jobs.engagement e
			WHERE e.cooperative_id = $1 AND e.shift_id = $2 AND e.seat = 'buddy' AND ` + HoldsSeat + `
			ORDER BY e.confirmed_at, e.id LIMIT 1)`
	_, err := tx.Exec(ctx, query, c, shift)
	return err
}

// finishGigs ends gigs whose last shift ended, or was called off, before this
// moment, some at a time.
func finishGigs(ctx context.Context, tx pgx.Tx, before time.Time) (ended []endedGig, more bool, err error) {
	const query = `
		UPDATE jobs.gig g SET state = 'done', awaits_deposit = false WHERE g.id IN (
			SELECT o.id FROM jobs.gig o WHERE o.state IN ('open', 'paused')
				AND NOT EXISTS (SELECT FROM jobs.shift s WHERE s.cooperative_id = o.cooperative_id AND s.gig_id = o.id
					AND (` + TakesPlace + ` AND s.ends_at >= $1 OR s.called_off_at >= $1))
			ORDER BY o.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
		RETURNING g.cooperative_id, g.id`
	rows, err := tx.Query(ctx, query, before, pg.Some)
	if err != nil {
		return nil, false, err
	}
	ended, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (e endedGig, err error) {
		err = row.Scan(&e.cooperative, &e.gig)
		return e, err
	})
	return ended, len(ended) == pg.Some, err
}
