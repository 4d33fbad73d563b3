package matching

import (
	"errors"
	"fmt"
)

// ErrOver means that an offer can no longer be answered: its window is closed,
// or it was answered before.
var ErrOver = errors.New("matching: the offer can no longer be answered")

var (
	// ErrManyAsked means that many questions of the member wait for an answer.
	ErrManyAsked = errors.New("matching: many questions of the member wait for an answer")

	// ErrDecided means that what a member asked is decided, taken back, or over.
	ErrDecided = errors.New("matching: what was asked is decided or over")

	// ErrCannotCome means that the member who asked can no longer come. It does
	// not say why: that is the member's.
	ErrCannotCome = errors.New("matching: the member can no longer come")

	// ErrAskedBefore means that the member was asked for this shift, or asked
	// for it, before.
	ErrAskedBefore = errors.New("matching: the member was asked before")

	// ErrNotOpen means that the gig is no longer open.
	ErrNotOpen = errors.New("matching: the gig is not open")

	// ErrNobodyLooks means that the cooperative has nobody who can look again.
	ErrNobodyLooks = errors.New("matching: there is nobody who can look again")

	// ErrBroken is what *Broken is.
	ErrBroken = errors.New("matching: a rule does not hold")
)

// Broken says which rules keep a member from asking. It is ErrBroken.
type Broken struct{ Rules []Rule }

func (e *Broken) Error() string { return fmt.Sprintf("%v: %v", ErrBroken, e.Rules) }

// Unwrap gives ErrBroken.
func (e *Broken) Unwrap() error { return ErrBroken }

// WrongMove is returned when an offer cannot go from one state to another.
type WrongMove struct{ From, To State }

func (e *WrongMove) Error() string {
	return fmt.Sprintf("matching: an offer cannot go from %s to %s", e.From, e.To)
}
