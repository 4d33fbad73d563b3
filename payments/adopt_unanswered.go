package payments

import (
	"context"
	"errors"
)

// adoptUnanswered finds what the gateway was asked for and whose answer is not in the
// books: it never came, or the program ended between noting and recording it. Nobody asks
// again while payouts are stopped, or while the member's money rests: what was done would
// stay a difference, stop everybody's payouts, and keep people from going on.
func (s *Service) adoptUnanswered(ctx context.Context) error {
	list, err := listUnanswered(ctx, s.db, s.now().Add(-silence))
	if err != nil {
		return err
	}
	var failed error
	for _, one := range list {
		failed = errors.Join(failed, s.adoptPayout(ctx, one.stopped, one.payout))
	}
	return failed
}
