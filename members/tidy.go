package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Tidy is the task that deletes what has run out: sessions, and requests to
// sign in a day after they were asked, invitations a month after their time, and imports.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "members.tidy" }

// TidyTx does it.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	if err := deleteOldSignIns(ctx, tx, s.now().Add(-24*time.Hour)); err != nil {
		return err
	}
	if err := deleteOldInvitations(ctx, tx, s.now().AddDate(0, -1, 0)); err != nil {
		return err
	}
	if err := deleteOldImports(ctx, tx, s.now()); err != nil {
		return err
	}
	return deleteExpiredSessions(ctx, tx)
}
