package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Read is one line of a member's access log: who read what, in which hour.
type Read struct {
	Name    string // of the reader
	Scope   Scope
	Hour    time.Time // its beginning
	Refused bool      // they tried, and may not: they read nothing
}

// ReadTx says until when the actor may read this of the member, and notes in
// the same transaction that they do: so nothing is read that is not in the log.
// A grant cannot be ended between the two. It returns *NotGranted, and then
// notes nothing: see NoteRefusal.
func (s *Service) ReadTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, scope Scope) (until Day, err error) {
	now := s.now()
	until, err = lockLive(ctx, tx, by, m, scope, DayOf(now))
	if err != nil {
		return "", err
	}
	return until, insertRead(ctx, tx, by, m, scope, now.Truncate(time.Hour), false)
}

// ReadsPage is about how many lines of the log are shown at once; an hour is
// never cut in two.
const ReadsPage = 30

// LastRead is the newest line of the acting member's access log; its Hour is zero
// when nobody has looked.
func (s *Service) LastRead(ctx context.Context, by Actor) (Read, error) {
	list, err := listReads(ctx, s.db, by, s.now().Add(time.Hour), 1)
	if err != nil || len(list) == 0 {
		return Read{}, err
	}
	return list[0], nil
}

// Reads lists the access log of the acting member, the newest first, from
// before that hour on; zero means all. more says that there is older.
func (s *Service) Reads(ctx context.Context, by Actor, before time.Time) (list []Read, more bool, err error) {
	if before.IsZero() {
		before = s.now().Add(time.Hour)
	}
	list, err = listReads(ctx, s.db, by, before, ReadsPage)
	if err != nil || len(list) < ReadsPage {
		return list, false, err
	}
	older, err := listReads(ctx, s.db, by, list[len(list)-1].Hour, 1)
	return list, len(older) > 0, err
}
