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
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		secret, err = s.people.PrintCardTx(ctx, tx, by, m)
		return err
	})
	return secret, err
}

// Grantable lists what a member can let their coach read or do: each thing by
// itself, so that nothing comes along with something else.
func Grantable() []members.Scope { return members.Scopes() }
