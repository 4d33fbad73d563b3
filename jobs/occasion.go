package jobs

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/members"
)

// Occasion is work by what it was, for whom and when.
type Occasion struct {
	Title
	ClientName string
	Starts     time.Time
}

// Occasions says what the engagements with these references are; references that
// are none are left out. The caller knows that whoever asks may read of each.
func (s *Service) Occasions(ctx context.Context, c id.Cooperative, refs []string) (map[string]Occasion, error) {
	return listOccasions(ctx, s.db, c, refs)
}

// EngagedOn finds the acting member's engagement on the gig, of several the one
// nearest to now. It returns members.ErrNotFound when there is none that goes on.
func (s *Service) EngagedOn(ctx context.Context, by members.Actor, gig GigID) (EngagementID, error) {
	return findEngagedOn(ctx, s.db, by, gig, s.now())
}
