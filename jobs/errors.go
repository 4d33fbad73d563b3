package jobs

import (
	"errors"
	"fmt"
)

var (
	// ErrPublicOver means that work is not shown to everybody any more: it is over,
	// full or kept back.
	ErrPublicOver = errors.New("jobs: the work is not public any more")
	// ErrNoSeat means that every seat of the shift is taken.
	ErrNoSeat = errors.New("jobs: every seat is taken")

	// ErrNotPrepaid means that the client pays beforehand, and has not yet.
	ErrNotPrepaid = errors.New("jobs: not paid beforehand yet")

	// ErrBusy means that the member works at that time, perhaps on this shift.
	ErrBusy = errors.New("jobs: the member works at that time")

	// ErrStarted means that the shift has begun.
	ErrStarted = errors.New("jobs: the shift has begun")

	// ErrPosted means that the gig is no draft any more.
	ErrPosted = errors.New("jobs: the gig was posted")

	// ErrGigOver means that the gig is done or cancelled.
	ErrGigOver = errors.New("jobs: the gig is over")
	// ErrWorkMoved means that work is not in the state from which it could go there.
	ErrWorkMoved = errors.New("jobs: the work is not in that state any more")

	// ErrGigMoved is ErrWorkMoved for a gig.
	ErrGigMoved = errors.New("jobs: the gig is not in that state any more")

	// ErrShiftOver means that the shift has ended: there is nothing to call off.
	ErrShiftOver = errors.New("jobs: the shift has ended")

	// ErrShiftMoved means that the shift got another time by now.
	ErrShiftMoved = errors.New("jobs: the time of the shift was changed")

	// ErrCostMoved means that calling off costs more than what was shown.
	ErrCostMoved = errors.New("jobs: calling off costs more by now")

	// ErrTooEarly means that it is too early to say that somebody did not come.
	ErrTooEarly = errors.New("jobs: they may still come")

	// ErrFoundThere means that a coordinator found that the member was there.
	ErrFoundThere = errors.New("jobs: a coordinator found that they were there")

	// ErrShiftsToCome means that a gig has shifts to come.
	ErrShiftsToCome = errors.New("jobs: the gig has shifts to come")

	// ErrNotOver means that the shift has not ended, so that there are no hours
	// to propose.
	ErrNotOver = errors.New("jobs: the shift has not ended")

	// ErrSeatsTaken means that more people are confirmed than there would be
	// seats.
	ErrSeatsTaken = errors.New("jobs: the seats are taken")

	// ErrBriefingChanged means that another briefing stands there by now.
	ErrBriefingChanged = errors.New("jobs: the briefing was changed")

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

// Unwrap gives ErrGigMoved.
func (e *WrongMove) Unwrap() error { return ErrGigMoved }

// WrongEngagementMove is WrongMove for an engagement.
type WrongEngagementMove struct{ From, To EngagementState }

func (e *WrongEngagementMove) Error() string {
	return fmt.Sprintf("jobs: an engagement cannot go from %s to %s", e.From, e.To)
}

// Unwrap gives ErrWorkMoved.
func (e *WrongEngagementMove) Unwrap() error { return ErrWorkMoved }

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
