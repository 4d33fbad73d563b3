package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NoteExported writes down that the person took all that is kept about them.
func (s *Service) NoteExported(ctx context.Context, by Actor) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.auditSelfTx(ctx, tx, by, "data_exported") })
}
