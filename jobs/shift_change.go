package jobs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// SeatChange is how many people a shift needs from now on.
type SeatChange struct {
	Seats      int
	BuddySeats int
	Pieces     int
}

// SeatsTaken is ErrSeatsTaken with how many are; Buddies of them learn the work.
type SeatsTaken struct{ Taken, Buddies int }

func (e *SeatsTaken) Error() string { return fmt.Sprintf("%v: %d", ErrSeatsTaken, e.Taken) }

// Is makes it an ErrSeatsTaken.
func (e *SeatsTaken) Is(err error) bool { return err == ErrSeatsTaken }

// ChangeSeats changes a shift that has not begun, of a gig that the actor runs.
// More seats are asked for at once. It returns check.Problems at the fields of
// the shift at index 0, *SeatsTaken, ErrStarted, ErrGigOver, members.ErrRestricted
// for more seats, and members.ErrNotFound.
func (s *Service) ChangeSeats(ctx context.Context, by members.Actor, shift ShiftID, to SeatChange) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		l, g, err := s.lockToChangeTx(ctx, tx, by, shift)
		if err != nil {
			return err
		}
		if to.Seats > l.Seats {
			if err := members.MayTakeTx(ctx, tx, by); err != nil {
				return err
			}
		}
		if err := l.change(to); err != nil {
			return err
		}
		if err := updateSeats(ctx, tx, by.Cooperative, l); err != nil {
			return err
		}
		return s.seatsChangedTx(ctx, tx, by.Cooperative, g, shift)
	})
}

// change is the rule: nobody who is confirmed loses their seat, nor becomes
// somebody who learns, or no longer is.
func (l *lockedShift) change(to SeatChange) error {
	l.Seats, l.BuddySeats, l.Pieces = to.Seats, to.BuddySeats, to.Pieces
	var p check.Problems
	p.Between(ShiftField(0, "seats"), l.Seats, 1, MostSeats)
	l.seatProblems(&p, 0)
	if err := p.Err(); err != nil {
		return err
	}
	if l.taken-l.buddies > l.Seats-l.BuddySeats || l.buddies > l.BuddySeats {
		return &SeatsTaken{Taken: l.taken, Buddies: l.buddies}
	}
	return nil
}

// ShiftRemoved is the task that tells those who were asked for a shift, or asked
// for it, that it is no more.
type ShiftRemoved struct {
	Shift       ShiftID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ShiftRemoved) Kind() string { return "jobs.shift_removed" }

// RemoveShift takes a shift on which nobody works out of a gig that the actor
// runs. It returns *SeatsTaken where somebody does: that is called off with them.
// Other errors are those of ChangeSeats.
func (s *Service) RemoveShift(ctx context.Context, by members.Actor, shift ShiftID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		l, g, err := s.lockToChangeTx(ctx, tx, by, shift)
		switch {
		case err != nil:
			return err
		case l.taken > 0:
			return &SeatsTaken{Taken: l.taken, Buddies: l.buddies}
		case g.state == Draft: // nobody has seen it
			return deleteShift(ctx, tx, by.Cooperative, shift)
		}
		if err := markRemoved(ctx, tx, by.Cooperative, shift, s.now()); err != nil {
			return err
		}
		t := ShiftRemoved{Shift: shift, Cooperative: by.Cooperative}
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: by.Cooperative, Lane: tasks.Hi}); err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, by.Cooperative, g.id); err != nil {
			return err
		}
		_, err = s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: g.id, Cooperative: by.Cooperative}, tasks.Opts{Cooperative: by.Cooperative})
		return err
	})
}

// lockToChangeTx finds a shift to come of a gig that goes on, and lets nobody get
// a seat on it meanwhile.
func (s *Service) lockToChangeTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift ShiftID) (l lockedShift, g running, err error) {
	if l, err = lockShift(ctx, tx, by.Cooperative, shift); err != nil {
		return l, g, err
	}
	if g, err = findRunGig(ctx, tx, by, l.gig); err != nil {
		return l, g, err
	}
	switch {
	case l.Seats == 0, l.off: // removed, or called off
		err = members.ErrNotFound
	case g.state == Done || g.state == Cancelled:
		err = ErrGigOver
	case !l.Starts.After(s.now()):
		err = ErrStarted
	}
	return l, g, err
}
