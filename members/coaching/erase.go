package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// EraseTx forgets what a person asked, what happened to them, and what they and their
// coaches wrote about it; nobody follows
// them, and they follow nobody. Of unsafe work that they reported stays that it
// was, where and when: others may work there. See members.BeginErasingTx.
func (s *Service) EraseTx(ctx context.Context, tx pgx.Tx, e members.Erasing) error {
	return eraseCoaching(ctx, tx, e.Person)
}
