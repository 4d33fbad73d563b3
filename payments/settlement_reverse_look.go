package payments

import (
	"context"

	"meent/internal/id"
)

// reverse asks the gateway for it, or finds that it was done, and gives its number there.
// It looks first whether the payout left, or left again: a database that was put back may
// have forgotten that, and this money would be another wage's.
func (s *Service) reverse(ctx context.Context, c id.Cooperative, t Settlement) (string, error) {
	p, err := findPayout(ctx, s.db, c, t.payout)
	if err != nil {
		return "", err
	}
	if p.Step == PayoutHasNot {
		p.tries++ // the next one
	}
	there, found, err := s.gateway.FindPayout(ctx, p.account, p.sending())
	switch {
	case err != nil && s.isGone(ctx, p.account, err):
		return s.reverseGone(ctx, c, t)
	case err != nil:
		return "", err
	case found && there.Amount > p.Left()-t.Amount:
		return "", &Refused{Code: leftBefore}
	}
	if outside, err := s.reversedByHand(ctx, c, t); err != nil || outside != "" {
		return outside, err
	}
	return s.run(ctx, s.reversing(c, t))
}

// reverseGone ends what was asked for before the member's account was gone. Otherwise
// nothing is asked for: nobody sees any more whether the money left.
func (s *Service) reverseGone(ctx context.Context, c id.Cooperative, t Settlement) (string, error) {
	asked, err := s.reversalAsked(ctx, c, t)
	if err == nil && !asked {
		err = &Refused{Code: unknownThere}
	}
	if err != nil {
		return "", err
	}
	return s.run(ctx, s.reversing(c, t))
}

// reversalAsked reports whether it was asked for, or is there.
func (s *Service) reversalAsked(ctx context.Context, c id.Cooperative, t Settlement) (bool, error) {
	if made, err := mayBeMade(ctx, s.db, c, errandReversal, t.ref(), s.now()); err != nil || made {
		return made, err
	}
	_, found, err := s.gateway.FindReversal(ctx, t.transfer, t.ref())
	return found, err
}

// reversedByHand finds what people took back at the gateway of the same wage, and no
// settlement has: it is this one then, and nothing is taken twice. Where this one itself
// was asked for, or is there, it is its own.
func (s *Service) reversedByHand(ctx context.Context, c id.Cooperative, t Settlement) (outside string, err error) {
	if asked, err := s.reversalAsked(ctx, c, t); err != nil || asked {
		return "", err
	}
	list, err := s.gateway.ReversalsByHand(ctx, t.transfer)
	if err != nil || len(list) == 0 {
		return "", err
	}
	if list, err = ownedByNobody(ctx, s.db, list); err != nil || len(list) == 0 {
		return "", err
	}
	for _, there := range list {
		if there.Amount == t.Amount {
			return there.ID, nil
		}
	}
	return "", &Refused{Code: otherByHand}
}
