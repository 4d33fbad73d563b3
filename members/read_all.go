package members

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Keys are the scopes that the actor may read of each member, in alphabetical
// order.
type Keys map[MemberID][]Scope

// Open reports whether the actor may read all of these of the member.
func (k Keys) Open(m MemberID, scopes ...Scope) bool {
	for _, scope := range scopes {
		if !slices.Contains(k[m], scope) {
			return false
		}
	}
	return true
}

// ReadAllTx is ReadTx for several members and scopes at once: it says what the
// actor may read of whom, and notes in the same statement that they do. A grant
// that somebody is ending at this moment counts as ended; the others cannot be
// ended before the transaction is over. Who granted nothing is not in it.
func (s *Service) ReadAllTx(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, scopes ...Scope) (Keys, error) {
	if len(of) == 0 || len(scopes) == 0 {
		return Keys{}, nil
	}
	now := s.now()
	return readAll(ctx, tx, by, of, scopes, DayOf(now), now.Truncate(time.Hour))
}

// KeysEndTx says on which day the first of the actor's live grants of each member
// ends, where that is not after the given day. It reads nothing of the members:
// what a key opens, and until when, is told to who holds it.
func (s *Service) KeysEndTx(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, last Day) (map[MemberID]Day, error) {
	return listKeyEnds(ctx, tx, by, of, DayOf(s.now()), last)
}
