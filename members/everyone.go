package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// PersonRole is one person in one role.
type PersonRole struct {
	Person PersonID
	Name   string
	Email  Email
	Role   Role
}

// Everyone lists all persons with their roles, over all cooperatives. Only the
// demo may call it: nobody else may look across cooperatives.
func (s *Service) Everyone(ctx context.Context) ([]PersonRole, error) {
	return listEveryone(ctx, s.db)
}

// Cooperatives lists all cooperatives by name, for the program's own commands.
func (s *Service) Cooperatives(ctx context.Context) ([]Cooperative, error) {
	return listCooperatives(ctx, s.db)
}

// EmptyTx reports whether there is no cooperative yet, and keeps it so until
// the transaction ends.
func (s *Service) EmptyTx(ctx context.Context, tx pgx.Tx) (bool, error) {
	return lockEmpty(ctx, tx)
}
