package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// GigOpened is the task that looks for people for a gig.
type GigOpened struct {
	ID          GigID
	Cooperative id.Cooperative
}

// Kind names the task.
func (GigOpened) Kind() string { return "jobs.gig_opened" }

// announceTx notes what others do about a new gig, after the commit.
func (s *Service) announceTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	for _, t := range []tasks.Task{GigPosted{ID: gig, Cooperative: c}, GigOpened{ID: gig, Cooperative: c}} {
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c}); err != nil {
			return err
		}
	}
	return nil
}
