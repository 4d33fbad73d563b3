package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// PrintCard makes a card with which a member of the acting coach's caseload
// signs in once, and gives its secret. Following the member is not enough, since
// the card opens everything: the member must have let the coach act for them. It
// returns members.ErrNotFound to everybody but the member's coach, and
// members.ErrNotGranted.
func (s *Service) PrintCard(ctx context.Context, by members.Actor, m members.MemberID) (secret string, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
			return err
		}
		secret, err = s.people.PrintCardTx(ctx, tx, by, m)
		return err
	})
	return secret, err
}

// Grantable lists what a member can let a coach read or do today: the parts of
// the timeline, and to act for them.
func Grantable() []members.Scope { return append(Scopes(), members.ActForMeScope) }
