package jobs

import (
	"errors"
	"fmt"
)

var (
	// ErrNoSeat means that every seat of the shift is taken.
	ErrNoSeat = errors.New("jobs: every seat is taken")

	// ErrBusy means that the member works at that time, perhaps on this shift.
	ErrBusy = errors.New("jobs: the member works at that time")

	// ErrStarted means that the shift has begun.
	ErrStarted = errors.New("jobs: the shift has begun")

	// ErrNotOver means that the shift has not ended, so that there are no hours
	// to propose.
	ErrNotOver = errors.New("jobs: the shift has not ended")

	// ErrNotTheirTurn means that the hours wait for the other side, or for nobody.
	ErrNotTheirTurn = errors.New("jobs: the hours do not wait for this side")

	// ErrOtherHours means that the hours are not those that were looked at.
	ErrOtherHours = errors.New("jobs: other hours were proposed meanwhile")

	// ErrClockEarly means that it is too early to say "I am here".
	ErrClockEarly = errors.New("jobs: too early to check in")

	// ErrClockClosed means that the clock takes nothing more: the work is over, or
	// off, or this was pressed before.
	ErrClockClosed = errors.New("jobs: the clock takes nothing more")

	// ErrNotPresent means that somebody is done who did not say that they were
	// there.
	ErrNotPresent = errors.New("jobs: not checked in")
)

// WrongMove is returned when a gig cannot go from one state to another.
type WrongMove struct{ From, To State }

func (e *WrongMove) Error() string {
	return fmt.Sprintf("jobs: a gig cannot go from %s to %s", e.From, e.To)
}

// WrongEngagementMove is WrongMove for an engagement.
type WrongEngagementMove struct{ From, To EngagementState }

func (e *WrongEngagementMove) Error() string {
	return fmt.Sprintf("jobs: an engagement cannot go from %s to %s", e.From, e.To)
}

// WrongSheetMove is WrongMove for a timesheet.
type WrongSheetMove struct{ From, To SheetState }

func (e *WrongSheetMove) Error() string {
	return fmt.Sprintf("jobs: a timesheet cannot go from %q to %q", e.From, e.To)
}
