package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// UseLink spends the sign-in that this link was mailed for and tells who signs
// in. It returns ErrSignInSpent for every reason there is.
func (s *Service) UseLink(ctx context.Context, link, browser string) (PersonID, error) {
	var person PersonID
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		sign, err := lockSignInByLink(ctx, tx, secretHash(link))
		if err != nil {
			return spent(err)
		}
		if !sign.living(s.now()) || !sign.askedBy(browser) {
			return ErrSignInSpent
		}
		person, err = s.useTx(ctx, tx, sign)
		return err
	})
	return person, err
}

// UseCode spends the newest sign-in of this browser when the code is right. It
// returns ErrWrongCode while tries are left, and ErrSignInSpent otherwise.
func (s *Service) UseCode(ctx context.Context, code, browser string) (PersonID, error) {
	sign, err := s.countTry(ctx, browser)
	if err != nil {
		return PersonID{}, err
	}
	right, err := s.hasher.matches(ctx, code, sign.CodeHash)
	if err != nil {
		return PersonID{}, err
	}
	if !right {
		return PersonID{}, wrongCode(sign)
	}
	var person PersonID
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		person, err = s.useTx(ctx, tx, sign)
		return err
	})
	return person, err
}

// countTry takes one try before the code is looked at, and commits it, so that
// guessing in parallel wins nothing.
func (s *Service) countTry(ctx context.Context, browser string) (signIn, error) {
	var sign signIn
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if sign, err = lockNewestSignIn(ctx, tx, secretHash(browser)); err != nil {
			return spent(err)
		}
		if !sign.living(s.now()) {
			return ErrSignInSpent
		}
		sign.Tries++
		return updateSignInTries(ctx, tx, sign)
	})
	return sign, err
}

func wrongCode(sign signIn) error {
	if sign.Tries >= SignInTries {
		return ErrSignInSpent
	}
	return ErrWrongCode
}

// useTx spends the sign-in once, however many ask at the same time.
func (s *Service) useTx(ctx context.Context, tx pgx.Tx, sign signIn) (PersonID, error) {
	if err := spendSignIn(ctx, tx, sign.ID, sign.CodeHash, s.now()); err != nil {
		return PersonID{}, spent(err)
	}
	person, _, err := s.askerTx(ctx, tx, sign)
	return person.ID, spent(err)
}

// spent hides why a sign-in cannot be used.
func spent(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrSignInSpent
	}
	return err
}
