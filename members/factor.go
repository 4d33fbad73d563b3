package members

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Factors are what a person can show besides a mail.
type Factors struct {
	Passkeys int
	App      bool // confirmed
	Spare    int  // recovery codes that are left
}

// Any reports whether there is a second factor.
func (f Factors) Any() bool { return f.Passkeys > 0 || f.App }

// Factors tells what the person has.
func (s *Service) Factors(ctx context.Context, person PersonID) (Factors, error) {
	return findFactors(ctx, s.db, person)
}

// GuessesAnHour is how often a person may try codes of an app. After that they
// wait: the wait ends by itself, a passkey goes on working meanwhile, and they
// are told by mail. Ten an hour against three codes of a million that are right
// at a time: who has somebody's mail needs years to be lucky.
const GuessesAnHour = 10

// TooManyGuesses is returned while the person waits.
type TooManyGuesses struct{ Until time.Time }

// Error names no person.
func (e TooManyGuesses) Error() string {
	return fmt.Sprintf("members: too many guesses until %s", e.Until.UTC().Format(time.RFC3339))
}

// countGuess takes one guess before the code is looked at, and commits it, so
// that guessing in parallel wins nothing. It reports whether this is the last.
func (s *Service) countGuess(ctx context.Context, person PersonID) (last bool, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := lockFactors(ctx, tx, person); err != nil {
			return err
		}
		n, oldest, err := countGuesses(ctx, tx, person, s.now().Add(-time.Hour))
		if err != nil {
			return err
		}
		if n >= GuessesAnHour {
			return TooManyGuesses{Until: oldest.Add(time.Hour)}
		}
		last = n+1 == GuessesAnHour
		return insertGuess(ctx, tx, person, s.now())
	})
	return last, err
}

// wrongGuess tells the person when their guesses are used up.
func (s *Service) wrongGuess(ctx context.Context, person PersonID, last bool) error {
	if !last {
		return ErrWrongCode
	}
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.changedTx(ctx, tx, person, ManyGuesses) })
	if err != nil {
		return err
	}
	return ErrWrongCode
}
