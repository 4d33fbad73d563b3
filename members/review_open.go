package members

import (
	"context"
	"time"
)

// OpenReviews is how many reviews wait for an answer.
type OpenReviews struct {
	Count  int
	Late   int       // of those, that should have been answered
	Oldest time.Time // when the first of them was asked; zero where there is none
}

// OpenReviews counts those of all cooperatives. It says nothing of anybody.
func (s *Service) OpenReviews(ctx context.Context) (OpenReviews, error) {
	return countOpenReviews(ctx, s.db, s.now())
}
