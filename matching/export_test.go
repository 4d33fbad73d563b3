package matching

import (
	"context"

	"meent/jobs"
	"meent/members"
)

// Looked is what Prospects finds of each shift that it looks at, before it chooses.
func (s *Service) Looked(ctx context.Context, by members.Actor) (map[jobs.ShiftID][]Rule, error) {
	member, open, err := s.lookAround(ctx, by)
	found := map[jobs.ShiftID][]Rule{}
	for _, w := range open {
		found[w.Shift] = failed(member.at(w), w)
	}
	return found, err
}
