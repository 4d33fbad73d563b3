package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// JobOfferOver is the task that ends the wait for an answer.
type JobOfferOver struct {
	Job         JobOfferID
	Cooperative id.Cooperative
}

// JobTold tells one side how far a job offer is.
type JobTold struct {
	Job         JobOfferID
	Cooperative id.Cooperative
	State       JobState
	To          members.RoleKind
}

// The kinds of the tasks.
func (JobOfferOver) Kind() string { return "jobs.job_offer_over" }
func (JobTold) Kind() string      { return "jobs.job_told" }

// JobOfferOverTx handles JobOfferOver; both sides are told. A task that came too
// early, by somebody's clock, comes again.
func (s *Service) JobOfferOverTx(ctx context.Context, tx pgx.Tx, t JobOfferOver) error {
	o, err := lockJob(ctx, tx, t.Cooperative, t.Job)
	switch {
	case errors.Is(err, members.ErrNotFound), err == nil && !o.State.Live():
		return nil
	case err != nil:
		return err
	case s.now().Before(o.Due):
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: o.Due})
		return err
	}
	if o.State, err = o.State.To(JobExpired); err != nil {
		return err
	}
	return s.storeJobTx(ctx, tx, members.Actor{Cooperative: t.Cooperative}, o)
}
