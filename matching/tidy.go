package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/feed"
	"meent/internal/retention"
	"meent/internal/tasks"
)

// Tidy is the task that deletes offers that have run out, with their explanation,
// reviews, changes older than two days, and programs that have not been seen since,
// some at a time; a long list goes on in the next one.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "matching.tidy" }

// TidyTx does it. An offer that somebody still has to answer or decide stays, and
// so does that of work that goes on.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	more, err := retention.RunTx(ctx, tx, s.now(), retention.Step{Rule: retention.Whys, Do: deleteOldReviews},
		retention.Step{Rule: retention.Offers, Do: deleteOldOffers},
		retention.Step{Rule: retention.Changes, Do: feed.TidyTx},
		retention.Step{Rule: retention.Changes, Do: deleteOldKeepers})
	if err != nil || !more {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, Tidy{}, tasks.Opts{Lane: tasks.Low})
	return err
}
