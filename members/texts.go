package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// TextsTo gives the number to which a member of the cooperative wants notices:
// who chose text messages, and confirmed a number. For everybody else it gives
// none, and mail is the way; so it is where the number cannot be read any more.
func (s *Service) TextsTo(ctx context.Context, c id.Cooperative, person PersonID) (number Mobile, err error) {
	sealed, err := findTexted(ctx, s.db, c, person)
	if err != nil || sealed == nil {
		return "", err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		plain, err := s.OpenTx(ctx, tx, person, phoneColumn, sealed)
		number = Mobile(plain)
		return err
	})
	if errors.Is(err, ErrUnreadable) || errors.Is(err, ErrNoKey) {
		return "", nil
	}
	return number, err
}
