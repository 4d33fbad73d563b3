package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/members"
)

// findGigState finds the state of a gig that the actor runs. It returns
// members.ErrNotFound.
func findGigState(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (state State, err error) {
	return gigState(ctx, tx, by, gig, "")
}

// lockGigState is findGigState for who moves it.
func lockGigState(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (State, error) {
	return gigState(ctx, tx, by, gig, " FOR NO KEY UPDATE")
}

func gigState(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, lock string) (state State, err error) {
	const query = `SELECT g.state FROM jobs.gig g WHERE g.cooperative_id = $1` + runsIt + ` AND g.id = $4`
	err = tx.QueryRow(ctx, query+lock, by.Cooperative, inOffice(by), by.Client, gig).Scan(&state)
	return state, notFound(err)
}

func updateGigState(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to State) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.gig SET state = $3 WHERE cooperative_id = $1 AND id = $2`, c, gig, string(to))
	return err
}

// shiftsLeft are the shifts of a gig that have not ended and are not called off.
const shiftsLeft = `SELECT id FROM jobs.shift WHERE cooperative_id = $1 AND gig_id = $2 AND ends_at > $3 AND called_off_at IS NULL ORDER BY starts_at, id`

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

func lowerSeats(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.shift SET seats = seats - 1 WHERE cooperative_id = $1 AND id = $2`, c, shift)
	return err
}

// raiseSeats makes room for one more on a shift that is full. It returns ErrNoSeat
// when a shift cannot have more.
func raiseSeats(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) error {
	const query = `
		UPDATE jobs.shift s SET seats = s.seats + 1 WHERE s.cooperative_id = $1 AND s.id = $2 AND NOT ` + hasSeat
	_, err := tx.Exec(ctx, query, c, shift)
	return seatProblem(err)
}

// finishGigs ends gigs whose last shift ended before this moment, some at a time.
func finishGigs(ctx context.Context, tx pgx.Tx, before time.Time) (ended []endedGig, more bool, err error) {
	const query = `
		UPDATE jobs.gig g SET state = 'done' WHERE g.id IN (
			SELECT o.id FROM jobs.gig o WHERE o.state IN ('open', 'paused')
				AND NOT EXISTS (SELECT FROM jobs.shift s WHERE s.cooperative_id = o.cooperative_id AND s.gig_id = o.id AND s.ends_at >= $1)
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
