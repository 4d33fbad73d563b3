package matching

import (
	"context"
	"time"
)

// Waits is how long gigs wait for their people.
type Waits struct {
	Filled     int           // gigs of the last four weeks of which every seat is taken
	Half, Most time.Duration // half of them, and nine in ten, waited no longer
	Oldest     time.Duration // since the posting of the open gig that waits longest
}

// waitsOver is of how long ago gigs count.
const waitsOver = 28 * 24 * time.Hour

// Waits counts, of all cooperatives. A gig waits from its posting until its last seat is
// agreed.
func (s *Service) Waits(ctx context.Context) (Waits, error) {
	return countWaits(ctx, s.db, s.now(), waitsOver)
}
