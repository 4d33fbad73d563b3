package matching

import (
	"context"

	"meent/members"
)

// OpenReviews counts the reviews of all cooperatives that wait. It says nothing of anybody.
func (s *Service) OpenReviews(ctx context.Context) (members.OpenReviews, error) {
	return countOpenReviews(ctx, s.db, "", s.now())
}

// WaitingReviews counts the open ones that Reviews lists. It returns
// members.ErrNotFound as that does.
func (s *Service) WaitingReviews(ctx context.Context, by members.Actor) (members.OpenReviews, error) {
	where, who := reviewsOf(by)
	if where == "" {
		return members.OpenReviews{}, members.ErrNotFound
	}
	return countOpenReviews(ctx, s.db, ` AND v.cooperative_id = $3`+where, s.now(), who, by.Cooperative)
}
