package payments

import (
	"context"
	"errors"
	"time"

	"meent/internal/id"
)

// StopCause is why no money leaves a cooperative.
type StopCause string

// The causes of a stop.
const (
	StopDifference StopCause = "difference" // the gateway's books and ours differ
	StopRestored   StopCause = "restored"   // the database was put back to an earlier moment
	StopByHand     StopCause = "hand"
)

// StopCauses lists them.
func StopCauses() []StopCause { return []StopCause{StopDifference, StopRestored, StopByHand} }

// ErrStopped is returned while no money leaves the cooperative: see Stop.
var ErrStopped = errors.New("payments: payouts are stopped")

// Stop is why no money leaves a cooperative, until it is lifted.
type Stop struct {
	Cause StopCause
	Since time.Time
}

// Stops lists why no money leaves the cooperative now, the oldest first; none: it
// does. Whatever moves money at the gateway asks mayMove before its call.
func (s *Service) Stops(ctx context.Context, c id.Cooperative) ([]Stop, error) {
	return listStops(ctx, s.db, c)
}

// mayMove returns ErrStopped while no money leaves the cooperative, and from the
// moment when the database is another one: see Watch. Who waits for that does
// nothing: wages are taken up by who lifts the stop, what goes back by LookAgain. Who
// adopts moves nothing.
func (s *Service) mayMove(ctx context.Context, c id.Cooperative) error {
	if isAdopting(ctx) {
		return nil
	}
	stops, err := listStops(ctx, s.db, c)
	if err == nil && len(stops) > 0 {
		return ErrStopped
	}
	if err != nil {
		return err
	}
	home, err := isHome(ctx, s.db)
	if err == nil && !home {
		err = ErrStopped
	}
	return err
}
