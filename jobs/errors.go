package jobs

import "fmt"

// WrongMove is returned when a gig cannot go from one state to another.
type WrongMove struct{ From, To State }

func (e *WrongMove) Error() string {
	return fmt.Sprintf("jobs: a gig cannot go from %s to %s", e.From, e.To)
}
