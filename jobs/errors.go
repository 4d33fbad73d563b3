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

// Of what comes after the work.
var (
	// ErrNoFeedback means that nobody worked, or that the hours are not agreed.
	ErrNoFeedback = errors.New("jobs: there is no agreed work to say something about")

	// ErrFeedbackClosed means that the time for it is over.
	ErrFeedbackClosed = errors.New("jobs: the time for feedback is over")

	// ErrFeedbackFixed means that it was said, or answered, and stands.
	ErrFeedbackFixed = errors.New("jobs: the feedback stands")
)
