package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/retention"
	"meent/internal/tasks"
)

// Tidy is the task that deletes what has run out, some of it at a time; a long
// list goes on in the next one.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "coaching.tidy" }

// TidyTx does it. A question without an answer, a report or goal that is open, a
// rung that is proposed, the step on which somebody is and a guard rail that waits or holds stay.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	more, err := retention.RunTx(ctx, tx, s.now(),
		retention.Step{Rule: retention.Facts, Do: deleteOldFacts},
		retention.Step{Rule: retention.Facts, Do: deleteOldRails},
		retention.Step{Rule: retention.Questions, Do: deleteOldQuestions},
		retention.Step{Rule: retention.Reports, Do: deleteOldReports},
		retention.Step{Rule: retention.Statements, Do: deleteOldStatements},
		retention.Step{Rule: retention.Contacts, Do: deleteOldContacts},
		retention.Step{Rule: retention.Goals, Do: deleteOldGoals},
		retention.Step{Rule: retention.Progress, Do: deleteOldRungs},
		retention.Step{Rule: retention.Progress, Do: deleteOldWorkSteps},
		retention.Step{Rule: retention.Progress, Do: deleteOldScores},
		retention.Step{Rule: retention.HandOvers, Do: deleteOldReleases},
		retention.Step{Rule: retention.HandOvers, Do: deleteOldHandOvers},
		retention.Step{Rule: retention.HandOvers, Do: deleteOldStandIns},
		retention.Step{Rule: retention.HandOvers, Do: deleteOldBuddies})
	if err != nil || !more {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, Tidy{}, tasks.Opts{Lane: tasks.Low})
	return err
}
