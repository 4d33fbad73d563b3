package matching

import (
	"errors"
	"fmt"
)

// ErrOver means that an offer can no longer be answered: its window is closed,
// or it was answered before.
var ErrOver = errors.New("matching: the offer can no longer be answered")

// WrongMove is returned when an offer cannot go from one state to another.
type WrongMove struct{ From, To State }

func (e *WrongMove) Error() string {
	return fmt.Sprintf("matching: an offer cannot go from %s to %s", e.From, e.To)
}
