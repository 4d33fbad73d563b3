package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Tidy is the task that deletes what has run out: sessions, requests to sign in
// a day after they were asked, and what was told of a date a week after it.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "members.tidy" }

// TidyTx does it.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	if err := deleteOldSignIns(ctx, tx, s.now().Add(-24*time.Hour)); err != nil {
		return err
	}
	if err := deleteOldDays(ctx, tx, DayOf(s.now()).Add(-7)); err != nil {
		return err
	}
	return deleteExpiredSessions(ctx, tx)
}
