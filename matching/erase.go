package matching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// EraseTx takes back what the person was asked or asked for, and forgets the
// reasons, theirs and others', and of each explanation all but its total, and the
// reviews that they asked whole. That somebody was asked, and what came of it, stays
// under the pseudonym: figures about a cooperative rest on it. What a Keeper saved opens
// no more. See members.BeginErasingTx.
func (s *Service) EraseTx(ctx context.Context, tx pgx.Tx, e members.Erasing) error {
	if err := errors.Join(eraseReviews(ctx, tx, e.Person), eraseOffers(ctx, tx, e.Person, s.now())); err != nil {
		return err
	}
	return dropSecrets(ctx, tx) // last: Tidy, too, comes to the keepers after the offers
}
