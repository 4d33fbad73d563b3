package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// MinorTx reports whether the member is younger than AdultAge on this day, as far
// as they told when they were born: of who did not, or whose key is gone, nothing
// is known, and nothing is refused. Nobody is told the date or the age. It returns
// ErrNotFound.
func (s *Service) MinorTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, on Day) (bool, error) {
	person, err := findPersonOf(ctx, tx, c, m)
	if err != nil {
		return false, err
	}
	birth, err := s.ConfidedTx(ctx, tx, person, id.Cooperative{}, BirthDate)
	if errors.Is(err, ErrNoKey) || errors.Is(err, ErrUnreadable) {
		return false, nil
	}
	return err == nil && Day(birth).Real() && Day(birth).AgeOn(on) < AdultAge, err
}
