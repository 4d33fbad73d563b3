package matching

import (
	"context"

	"meent/members"
)

// OpenReviews counts the reviews of all cooperatives that wait. It says nothing of anybody.
func (s *Service) OpenReviews(ctx context.Context) (members.OpenReviews, error) {
	return countOpenReviews(ctx, s.db, s.now())
}

// WaitingReviews counts the open ones that Reviews lists. It returns
// members.ErrNotFound as that does.
func (s *Service) WaitingReviews(ctx context.Context, by members.Actor) (o members.OpenReviews, err error) {
	list, err := s.openReviewsOf(ctx, by)
	for _, r := range list {
		if o.Count++; r.Late(s.now()) {
			o.Late++
		}
		if o.Oldest.IsZero() || r.Asked.Before(o.Oldest) {
			o.Oldest = r.Asked
		}
	}
	return o, err
}
