package members

import (
	"context"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
)

// setUpLife is how long a secret waits for its first code.
const setUpLife = 15 * time.Minute

// codeApp is an app that shows codes, as it stands in the database.
type codeApp struct {
	Sealed    []byte
	Begun     time.Time
	Confirmed bool
	LastStep  int64
}

// BeginApp draws the secret for a new app; one that was drawn before and never
// confirmed stops working. first is for who is halfway in. It returns
// ErrHasFactor when there is an app, or anything at all for who is halfway in,
// and ErrNoKey.
func (s *Service) BeginApp(ctx context.Context, person PersonID, first bool) error {
	secret := make([]byte, totpSecret)
	if _, err := io.ReadFull(s.source(), secret); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		has, err := lockFactors(ctx, tx, person)
		if err != nil {
			return err
		}
		if has.App || first && has.Any() {
			return ErrHasFactor
		}
		sealed, err := s.SealTx(ctx, tx, person, appColumn, string(secret))
		if err != nil {
			return err
		}
		return upsertApp(ctx, tx, person, sealed, s.now())
	})
}

// NewApp gives the secret that waits for its first code. It returns ErrNotFound
// when there is none, or not any more.
func (s *Service) NewApp(ctx context.Context, person PersonID) (AppSecret, error) {
	secret, _, err := s.newApp(ctx, person)
	return secret, err
}

func (s *Service) newApp(ctx context.Context, person PersonID) (secret, sealed []byte, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		app, err := findApp(ctx, tx, person)
		if err != nil {
			return err
		}
		if app.Confirmed || !s.now().Before(app.Begun.Add(setUpLife)) {
			return ErrNotFound
		}
		plain, err := s.OpenTx(ctx, tx, person, appColumn, app.Sealed)
		secret, sealed = []byte(plain), app.Sealed
		return err
	})
	return secret, sealed, err
}

// appColumn is what the secret of an app is bound to, beside the person.
const appColumn = "code_app.secret"

// ConfirmApp makes the new app count, by its first code, and gives the spare
// codes: they exist nowhere else and are never shown again. It returns
// ErrWrongCode, TooManyGuesses, ErrNotFound as NewApp does, and ErrHasFactor as
// BeginApp does.
func (s *Service) ConfirmApp(ctx context.Context, by Actor, code string, first bool) (spare []string, err error) {
	secret, sealed, err := s.newApp(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	last, err := s.countGuess(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	step, ok := stepOfCode(secret, code, s.now(), 0)
	if !ok {
		return nil, s.wrongGuess(ctx, by.Person, last)
	}
	if spare, err = s.newSpare(); err != nil {
		return nil, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.confirmAppTx(ctx, tx, by, sealed, step, spare, first) })
	return spare, err
}

func (s *Service) confirmAppTx(ctx context.Context, tx pgx.Tx, by Actor, sealed []byte, step int64, spare []string, first bool) error {
	has, err := lockFactors(ctx, tx, by.Person)
	if err != nil {
		return err
	}
	if has.App || first && has.Any() {
		return ErrHasFactor
	}
	if err := confirmApp(ctx, tx, by.Person, sealed, step, s.now()); err != nil {
		return err
	}
	if err := replaceSpare(ctx, tx, by.Person, spareHashes(by.Person, spare)); err != nil {
		return err
	}
	if err := deleteGuesses(ctx, tx, by.Person); err != nil {
		return err
	}
	if err := s.changedTx(ctx, tx, by.Person, AppAdded); err != nil {
		return err
	}
	return s.auditSelfTx(ctx, tx, by, "app_added")
}

// RemoveApp takes the person's app and spare codes away, and tells them. It
// returns ErrNotFound when there is none.
func (s *Service) RemoveApp(ctx context.Context, by Actor) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := deleteApp(ctx, tx, by.Person); err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, by.Person, AppRemoved); err != nil {
			return err
		}
		return s.auditSelfTx(ctx, tx, by, "app_removed")
	})
}
