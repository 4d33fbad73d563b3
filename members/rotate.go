package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// Rotation is what RotateKeys did.
type Rotation struct {
	Wrapped int // keys of people that the first key seals from now on
	Closed  int // that none of the program's keys opens
	Marked  int // numbers that are found by the first key from now on
}

// rotateAtOnce is how many keys one transaction wraps again.
const rotateAtOnce = 200

// RotateKeys seals every person's key with the program's first key, so that the
// other keys can be thrown away. What the people confided stays as it is. It may
// be stopped at any moment and run again: each part is done or not. It returns
// ErrNoKey when the program has no key.
func (s *Service) RotateKeys(ctx context.Context) (done Rotation, err error) {
	if len(s.ring) == 0 {
		return done, ErrNoKey
	}
	var last PersonID
	for more := true; more; {
		part := Rotation{}
		err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
			part, last, err = s.rotateTx(ctx, tx, last)
			return err
		})
		if err != nil {
			return done, err
		}
		done.Wrapped, done.Closed = done.Wrapped+part.Wrapped, done.Closed+part.Closed
		more = part.Wrapped+part.Closed > 0
	}
	return s.markAnew(ctx, done)
}

// markAnew marks the numbers with the first key. A number that cannot be opened
// is counted with its person's key already, and stays.
func (s *Service) markAnew(ctx context.Context, done Rotation) (Rotation, error) {
	var last PersonID
	for more := true; more; {
		marked := 0
		err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
			marked, more, last, err = s.markTx(ctx, tx, last)
			return err
		})
		if err != nil {
			return done, err
		}
		done.Marked += marked
	}
	return done, nil
}

func (s *Service) markTx(ctx context.Context, tx pgx.Tx, after PersonID) (marked int, more bool, last PersonID, err error) {
	rows, err := listPhonesToMark(ctx, tx, s.ring[0].ID(), after, rotateAtOnce)
	last = after
	for _, row := range rows {
		last = row.person
		number, err := s.OpenTx(ctx, tx, row.person, phoneColumn, row.sealed)
		if errors.Is(err, ErrNoKey) || errors.Is(err, ErrUnreadable) {
			continue
		}
		if err != nil {
			return marked, false, last, err
		}
		row.mark, row.keyID = s.ring[0].Mark(number, "phone"), s.ring[0].ID()
		if err := updatePhoneMark(ctx, tx, row); err != nil {
			return marked, false, last, err
		}
		marked++
	}
	return marked, len(rows) > 0, last, err
}

// rotateTx wraps the keys of the next people after this one.
func (s *Service) rotateTx(ctx context.Context, tx pgx.Tx, after PersonID) (part Rotation, last PersonID, err error) {
	rows, err := listKeysToWrap(ctx, tx, s.ring[0].ID(), after, rotateAtOnce)
	if err != nil {
		return part, after, err
	}
	last = after
	for _, row := range rows {
		last = row.person
		secret, err := s.unwrap(row)
		if errors.Is(err, ErrNoKey) || errors.Is(err, ErrUnreadable) {
			part.Closed++
			continue
		}
		if err != nil {
			return part, last, err
		}
		if err := updatePersonKey(ctx, tx, s.wrap(row.person, secret)); err != nil {
			return part, last, err
		}
		part.Wrapped++
	}
	return part, last, nil
}
