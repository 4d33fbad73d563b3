package payments

import (
	"context"

	"meent/internal/id"
	"meent/members"
)

// Stranded lists the payouts of the coordinator's cooperative whose money was
// brought to an account that the gateway does not know any more, and of which no
// bank has said that it came; at most 200. Nothing moves them: a person finds out
// with the gateway where the money is. It returns members.ErrNotFound to others.
func (s *Service) Stranded(ctx context.Context, by members.Actor) ([]Back, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	return listStranded(ctx, s.db, by.Cooperative)
}

// stranded reports whether the payout's money is on an account that is gone, as
// the gateway sees it about now.
func (s *Service) stranded(ctx context.Context, c id.Cooperative, p Payout) bool {
	e, err := s.payeeNow(ctx, c, p.Member)
	return err == nil && (e.state == PayeeGone || e.account != p.account)
}
