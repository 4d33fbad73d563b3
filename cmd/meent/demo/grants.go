package demo

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// grantsTx lets three members in four share something with their coach: all of
// it, what they do together, or
// their hours only.
func (h *house) grantsTx(ctx context.Context, tx pgx.Tx, by members.Actor, coach members.RoleID, turn int) error {
	var scopes []members.Scope
	switch turn / Coaches % 4 { // so that each coach has some of each
	case 0:
		scopes = readable()
	case 1:
		scopes = []members.Scope{members.OffersScope, members.AgendaScope, members.HoursScope, members.ProgressScope, members.SharedNotesScope}
	case 2:
		scopes = []members.Scope{members.HoursScope}
	default:
		return nil
	}
	until := members.DayOf(h.now).AddMonths(members.UsualGrantMonths)
	return h.coaching.GrantTx(ctx, tx, by, members.NewGrant{Grantee: coach, Scopes: scopes, Until: until})
}

// readable is everything but to act for the member.
func readable() []members.Scope {
	return slices.DeleteFunc(members.Scopes(), func(s members.Scope) bool { return s == members.ActForMeScope })
}
