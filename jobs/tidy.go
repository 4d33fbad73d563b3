package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/retention"
	"meent/internal/tasks"
)

// Tidy is the task that takes away work that has run out, some of it at a time; a
// long list goes on in the next one.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "jobs.tidy" }

// TidyTx does it. Work that goes on, or is not paid, stays. A gig and its shifts
// stay, without what they told of a place and of people. Hours that wait get their
// timer where they have none.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	more, err := retention.RunTx(ctx, tx, s.now(),
		retention.Step{Rule: retention.Absences, Do: deleteMissedTrials},
		retention.Step{Rule: retention.Absences, Do: deleteMissed},
		retention.Step{Rule: retention.Work, Do: deleteOldWork},
		retention.Step{Rule: retention.Work, Do: emptyOldGigs},
		retention.Step{Rule: retention.Work, Do: deleteOldBriefings},
		retention.Step{Rule: retention.Work, Do: deleteOldMeetings},
		retention.Step{Rule: retention.Drafts, Do: deleteOldDrafts})
	if err != nil {
		return err
	}
	left, err := s.untimedTx(ctx, tx)
	if err != nil || !more && !left {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, Tidy{}, tasks.Opts{Lane: tasks.Low})
	return err
}
