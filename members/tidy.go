package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Tidy is the task that deletes what has run out: sessions, challenges of
// passkeys, guesses of an hour ago, cards, requests to sign in or for another
// address after a day, invitations a month after they ran out, imports,
// what was told of a date a week after it, and addresses for last mails that
// could not be sent.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "members.tidy" }

// TidyTx does it.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	yesterday := s.now().Add(-24 * time.Hour)
	if err := deleteOldSignIns(ctx, tx, yesterday); err != nil {
		return err
	}
	if err := deleteOldEmailChanges(ctx, tx, yesterday); err != nil {
		return err
	}
	if err := deleteOldCards(ctx, tx, yesterday); err != nil {
		return err
	}
	if err := deleteOldChallenges(ctx, tx, s.now()); err != nil {
		return err
	}
	if err := deleteOldGuesses(ctx, tx, s.now().Add(-time.Hour)); err != nil {
		return err
	}
	if err := deleteOldColleagueInvitations(ctx, tx, s.now().Add(-30*24*time.Hour)); err != nil {
		return err
	}
	if err := deleteOldInvitations(ctx, tx, s.now().AddDate(0, -1, 0)); err != nil {
		return err
	}
	if err := deleteOldImports(ctx, tx, s.now()); err != nil {
		return err
	}
	if err := deleteOldDays(ctx, tx, DayOf(s.now()).Add(-7)); err != nil {
		return err
	}
	if err := deleteOldFarewells(ctx, tx, s.now().Add(-farewellLife)); err != nil {
		return err
	}
	return deleteExpiredSessions(ctx, tx)
}
