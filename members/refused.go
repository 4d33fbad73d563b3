package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// NotGranted is ErrNotGranted, and says of whom, and what.
type NotGranted struct {
	Member MemberID
	Scope  Scope
}

// Error names ids and scopes, nobody.
func (e *NotGranted) Error() string {
	return ErrNotGranted.Error() + ": " + string(e.Scope) + " of " + e.Member.String()
}

// Is makes it one of ErrNotGranted.
func (e *NotGranted) Is(target error) bool { return target == ErrNotGranted }

// NoteRefusal writes into the member's access log that the actor wanted to read,
// when err is *NotGranted: one line an actor, scope and hour. It stands in a
// transaction of its own, since the refused one is undone. It gives err back, so
// that a verb can end with it; the caller knows that the two have to do with each
// other. Who only asks what is granted, to show that, writes nothing.
func (s *Service) NoteRefusal(ctx context.Context, by Actor, err error) error {
	var refused *NotGranted
	if !errors.As(err, &refused) {
		return err
	}
	hour := s.now().Truncate(time.Hour)
	noted := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return insertRead(ctx, tx, by, refused.Member, refused.Scope, hour, true)
	})
	if noted != nil {
		return noted
	}
	return err
}
