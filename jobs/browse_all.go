package jobs

import (
	"context"

	"meent/members"
)

// allOpen is the list for a wish for nothing in particular: OpenGigs, with the
// counts of the index to choose by. Without its answer there are none.
func (s *Service) allOpen(ctx context.Context, index Index, by members.Actor, w Wish) (Found, error) {
	page, err := s.OpenGigs(ctx, by, w.Page)
	if err != nil || index == nil {
		return Found{Page: page}, err
	}
	q, err := s.query(ctx, by, w)
	if err != nil {
		return Found{}, err
	}
	q.Page, q.Size = 1, 1
	hits, err := searchInTime(ctx, index, q)
	if err != nil {
		return Found{Page: page}, nil
	}
	return Found{Page: page, Counts: hits.Counts}, nil
}
