package payments

import (
	"context"
	"errors"
)

// adoptUnanswered finds, for each cooperative whose payouts are stopped, what was asked
// of the gateway before the stop and whose answer never came. Nobody asks for it again
// while they are stopped: what was done would stay a difference, and the difference
// would keep people from going on.
func (s *Service) adoptUnanswered(ctx context.Context) error {
	list, err := listUnanswered(ctx, s.db)
	if err != nil {
		return err
	}
	var failed error
	for _, one := range list {
		failed = errors.Join(failed, s.adoptPayout(ctx, one.stopped, one.payout))
	}
	return failed
}
