package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// HoldsTx gives what of this domain keeps the person from being erased now: work
// that is agreed and to come, hours that are not, and gigs under way of a client
// for whom nobody else acts.
func (s *Service) HoldsTx(ctx context.Context, tx pgx.Tx, person members.PersonID) ([]members.Hold, error) {
	return findHolds(ctx, tx, person, s.now())
}

// EraseTx forgets where the gigs of households are of which nobody but the person
// is left, and what they said and looked for. Agreed hours stay, under the pseudonym: wages rest
// on them. See members.BeginErasingTx.
func (s *Service) EraseTx(ctx context.Context, tx pgx.Tx, e members.Erasing) error {
	if err := eraseAfter(ctx, tx, e); err != nil {
		return err
	}
	if err := eraseSaved(ctx, tx, e.Person); err != nil {
		return err
	}
	return eraseWork(ctx, tx, e.Person)
}
