package payments

import (
	"errors"
	"fmt"
)

// NoFigure is returned when no legal figure of this kind covers a day.
type NoFigure struct {
	Kind FigureKind
	Day  Day
}

func (e *NoFigure) Error() string {
	return fmt.Sprintf("payments: no %s for %s", e.Kind, e.Day)
}

// Is lets errors.Is find any missing figure by ErrNoFigure.
func (e *NoFigure) Is(target error) bool { return target == ErrNoFigure }

// WrongMove is a step that the life of a bill or a payout does not have.
type WrongMove struct{ From, To string }

func (e *WrongMove) Error() string { return fmt.Sprintf("payments: not from %s to %s", e.From, e.To) }

// Errors of the verbs.
var (
	ErrNoFigure   = errors.New("payments: no legal figure")
	ErrBelowFloor = errors.New("payments: below the legal floor")
	ErrMinor      = errors.New("payments: not an adult on the day")
	ErrBilled     = errors.New("payments: billed before")
	ErrPaid       = errors.New("payments: paid already")
	ErrNoGateway  = errors.New("payments: no gateway")
	ErrAmount     = errors.New("payments: the gateway has another amount than the bill")

	// ErrOwnFigure means that whoever proposed a figure cannot approve it.
	ErrOwnFigure = errors.New("payments: one's own figure")

	// ErrOwnOffice means that a coordinator of another cooperative must approve:
	// a figure is everybody's, and who proposed it chooses the colleagues.
	ErrOwnOffice = errors.New("payments: proposed in one's own cooperative")
	// ErrFigureDecided means that a figure was approved or taken back.
	ErrFigureDecided = errors.New("payments: the figure is decided")
	// ErrFigureThere means that another figure counts from that day.
	ErrFigureThere = errors.New("payments: there is a figure from that day")

	// ErrOwnManual means that whoever proposed a manual posting cannot approve it.
	ErrOwnManual = errors.New("payments: one's own manual posting")
	// ErrManualDecided means that it was posted, refused or taken back.
	ErrManualDecided = errors.New("payments: the manual posting is decided")

	// ErrOwnRelease means that another coordinator must let the payout leave.
	ErrOwnRelease = errors.New("payments: one's own payout, or asked for already")

	// ErrOwnPolicy means that whoever proposed limits cannot decide about them.
	ErrOwnPolicy = errors.New("payments: one's own limits")
	// ErrPolicyDecided means that they were approved, refused or taken back.
	ErrPolicyDecided = errors.New("payments: the limits are decided")
	// ErrPolicyWaits means that others must be decided first.
	ErrPolicyWaits = errors.New("payments: other limits wait")

	// ErrOtherErrand means that the gateway was asked for something else under this
	// name: a mistake in the program, and no money moves.
	ErrOtherErrand = errors.New("payments: another errand under this name")

	// ErrNothingDue means that there is nothing to pay.
	ErrNothingDue = errors.New("payments: nothing to pay")
	// ErrTooMuch means that it is more than what is paid on one page: see MostAtOnce.
	ErrTooMuch = errors.New("payments: too much to pay at once")
	// ErrUnderway means that the client's bank has not said yet whether it pays.
	ErrUnderway = errors.New("payments: the payment is on its way")
	// ErrNotGivenBack means that money is the client's whose deposit went back before.
	ErrNotGivenBack = errors.New("payments: money of a deposit that went back before")

	// ErrNoAdvance means that no advance can be asked: see NoAdvance.
	ErrNoAdvance = errors.New("payments: no advance can be asked")
	// ErrNoRoom means that the fund has not so much, or that nobody may have it.
	ErrNoRoom = errors.New("payments: more than can be advanced")
	// ErrAdvanceMoved means that an advance is in another state by now.
	ErrAdvanceMoved = errors.New("payments: the advance is in another state")

	// ErrTooEarly means that the answer to an earlier call is on its way: a minute
	// later the same may be asked again.
	ErrTooEarly = errors.New("payments: not known yet")
)
