package payments

import (
	"context"
	"errors"

	"meent/internal/id"
)

// instantly says whether an advance goes to the bank at once: when the account has
// so much that can. It is decided once for all tries.
func (s *Service) instantly(ctx context.Context, c id.Cooperative, p Payout) (bool, error) {
	if p.advance.IsZero() {
		return false, nil
	}
	if p.instant != nil {
		return *p.instant, nil
	}
	there, err := s.gateway.Balances(ctx, p.account)
	if err != nil {
		return false, err
	}
	return chooseInstant(ctx, s.db, c, p.ID, there.Instant >= p.Amount)
}

// notInstantly lets the next try go the usual way, where the bank cannot do it at
// once. Only a definite no changes that: a call whose answer is not known says the
// same words again.
func (s *Service) notInstantly(ctx context.Context, c id.Cooperative, p Payout, instant bool, err error) error {
	var refused *Refused
	if instant && errors.As(err, &refused) {
		return errors.Join(err, notInstant(ctx, s.db, c, p.ID))
	}
	return err
}
