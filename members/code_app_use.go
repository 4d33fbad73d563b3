package members

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
)

// There are eight spare codes of 80 random bits.
const (
	spareCodes = 8
	spareBytes = 10
)

// UseApp spends a code of the person's app, or a spare code. It returns
// ErrWrongCode, also when there is no app, and TooManyGuesses.
func (s *Service) UseApp(ctx context.Context, person PersonID, code string) error {
	last, err := s.countGuess(ctx, person)
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.useAppTx(ctx, tx, person, code); err != nil {
			return err
		}
		return deleteGuesses(ctx, tx, person)
	})
	if errors.Is(err, ErrNotFound) {
		return s.wrongGuess(ctx, person, last)
	}
	return err
}

// useAppTx returns ErrNotFound for a code that does not fit.
func (s *Service) useAppTx(ctx context.Context, tx pgx.Tx, person PersonID, code string) error {
	if len(code) != totpDigits {
		if err := deleteSpare(ctx, tx, person, spareHash(person, code)); err != nil {
			return err
		}
		return s.changedTx(ctx, tx, person, RecoveryUsed)
	}
	app, err := findApp(ctx, tx, person)
	if err != nil {
		return err
	}
	if !app.Confirmed {
		return ErrNotFound
	}
	secret, err := s.OpenTx(ctx, tx, person, appColumn, app.Sealed)
	if err != nil {
		return err
	}
	step, ok := stepOfCode([]byte(secret), code, s.now(), app.LastStep)
	if !ok {
		return ErrNotFound
	}
	return useStep(ctx, tx, person, step)
}

func (s *Service) newSpare() (codes []string, err error) {
	for range spareCodes {
		raw := make([]byte, spareBytes)
		if _, err := io.ReadFull(s.source(), raw); err != nil {
			return nil, err
		}
		codes = append(codes, base32.StdEncoding.EncodeToString(raw))
	}
	return codes, nil
}

func spareHashes(person PersonID, codes []string) (hashes [][]byte) {
	for _, code := range codes {
		hashes = append(hashes, spareHash(person, code))
	}
	return hashes
}

// spareHash needs no slow hash: 80 random bits are too many to try.
func spareHash(person PersonID, code string) []byte {
	sum := sha256.Sum256(append(person[:], strings.ToUpper(code)...))
	return sum[:]
}
