package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/retention"
	"meent/internal/tasks"
)

// Tidy is the task that takes away what has run out, some of it at a time; a long
// list goes on in the next one.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "payments.tidy" }

// TidyTx does it. Amounts and postings stay for good, for each balance is their
// sum. What is not paid stays whole, on both sides.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	more, err := retention.RunTx(ctx, tx, s.now(),
		retention.Step{Rule: retention.Events, Do: deleteOldEvents},
		retention.Step{Rule: retention.Bills, Do: emptyOldBills},
		retention.Step{Rule: retention.Bills, Do: emptyOldPayouts},
		retention.Step{Rule: retention.Bills, Do: emptyOldBacks},
		retention.Step{Rule: retention.Payees, Do: deleteOldPayees},
		retention.Step{Rule: retention.Payees, Do: deleteOldAccounts})
	if err != nil || !more {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, Tidy{}, tasks.Opts{Lane: tasks.Low})
	return err
}
