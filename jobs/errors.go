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

var (
	// ErrNotWorked means that the member was not there.
	ErrNotWorked = errors.New("jobs: the member did not work there")

	// ErrFavouriteThere means that the two are favourites, or that it waits.
	ErrFavouriteThere = errors.New("jobs: the client asked the member already")

	// ErrFavouriteMoved means that it is not where it was: answered, taken back, or
	// ended.
	ErrFavouriteMoved = errors.New("jobs: the favourite is in another state")

	// ErrAskedLately means that the member said no, or ended it, not long ago.
	ErrAskedLately = errors.New("jobs: the member was asked not long ago")

	// ErrJobThere means that the client offered the member a job that waits.
	ErrJobThere = errors.New("jobs: a job offer of the client waits")

	// ErrJobMoved means that a job offer is not where it was.
	ErrJobMoved = errors.New("jobs: the job offer is in another state")
)

// ErrNoReader means that no coach may read the member's progress, who could say
// something.
var ErrNoReader = errors.New("jobs: no coach may say something about it")
