package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// tellTx lets others hear of it after the commit.
func (s *Service) tellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, list ...tasks.Task) error {
	for _, t := range list {
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c}); err != nil {
			return err
		}
	}
	return nil
}
