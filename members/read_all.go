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

// Without leaves a scope out of those of a member.
func (k Keys) Without(m MemberID, scope Scope) {
	k[m] = slices.DeleteFunc(k[m], func(one Scope) bool { return one == scope })
}

// KeysTx says which of these scopes the actor may read of whom, and notes
// nothing: what is read of it the caller gives to NoteReadsTx, once in a
// transaction. A grant that somebody is ending at this moment counts as ended;
// the others cannot be ended before the transaction is over. Who granted nothing
// is not in it.
func (s *Service) KeysTx(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, scopes ...Scope) (Keys, error) {
	if len(of) == 0 || len(scopes) == 0 {
		return Keys{}, nil
	}
	keys := Keys{}
	return keys, lockAllLive(ctx, tx, by, of, scopes, DayOf(s.now()), func(m MemberID, scope Scope, _ Day) {
		keys[m] = append(keys[m], scope)
	})
}

// NoteReadsTx notes in the access logs of all these members that the actor reads
// this of them.
func (s *Service) NoteReadsTx(ctx context.Context, tx pgx.Tx, by Actor, keys Keys) error {
	return insertReads(ctx, tx, by, keys, s.now().Truncate(time.Hour))
}

// ReadEachTx is ReadTx for several scopes of one member: it says until when the
// actor may read each, where they may, and notes that they do.
func (s *Service) ReadEachTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, scopes ...Scope) (map[Scope]Day, error) {
	until, read := map[Scope]Day{}, Keys{}
	err := lockAllLive(ctx, tx, by, []MemberID{m}, scopes, DayOf(s.now()), func(m MemberID, scope Scope, last Day) {
		until[scope] = last
		read[m] = append(read[m], scope)
	})
	if err != nil {
		return nil, err
	}
	return until, s.NoteReadsTx(ctx, tx, by, read)
}

// KeysEndTx says on which day the first of the actor's live grants of each member
// ends, where that is not after the given day. It reads nothing of the members:
// what a key opens, and until when, is told to who holds it.
func (s *Service) KeysEndTx(ctx context.Context, tx pgx.Tx, by Actor, of []MemberID, last Day) (map[MemberID]Day, error) {
	return listKeyEnds(ctx, tx, by, of, DayOf(s.now()), last)
}
