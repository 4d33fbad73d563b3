package demo

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

// grantsTx lets three members in four share something with their coach: all of
// it, their work, or their hours only.
func (h *house) grantsTx(ctx context.Context, tx pgx.Tx, by members.Actor, coach members.RoleID, turn int) error {
	var scopes []members.Scope
	switch turn / Coaches % 4 { // so that each coach has some of each
	case 0:
		scopes = coaching.Scopes()
	case 1:
		scopes = []members.Scope{members.OffersScope, members.AgendaScope}
	case 2:
		scopes = []members.Scope{members.HoursScope}
	default:
		return nil
	}
	until := members.DayOf(h.now).AddMonths(members.UsualGrantMonths)
	return h.coaching.GrantTx(ctx, tx, by, members.NewGrant{Grantee: coach, Scopes: scopes, Until: until})
}
