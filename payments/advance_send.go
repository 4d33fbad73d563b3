package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

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

// notSent is for a payout that the gateway did not make. Where the bank cannot do
// it at once, the next try goes the usual way; and the next try looks first whether
// that bank is still there. Only a definite no changes anything: a call whose answer
// is not known says the same words again.
func (s *Service) notSent(ctx context.Context, c id.Cooperative, p Payout, instant bool, err error) error {
	var refused *Refused
	if !errors.As(err, &refused) && !errors.Is(err, ErrUnknownThere) {
		return err
	}
	return errors.Join(err, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if instant && refused != nil {
			if err := notInstant(ctx, tx, c, p.ID); err != nil {
				return err
			}
		}
		return lookSoon(ctx, tx, c, p.Member)
	}))
}
