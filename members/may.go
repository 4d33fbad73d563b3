package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// MayTakeTx says whether the actor may take something new on: post work, say
// yes to an offer, ask for a seat, give one, or decide about others. The answer
// holds until the transaction ends. It returns ErrRestricted while a coordinator
// restricted the person, ErrNotApproved for the contact of a client that is not
// approved, and ErrNotFound for a role that has ended.
//
// What was agreed before goes on and is paid: no verb for that asks here.
func MayTakeTx(ctx context.Context, tx pgx.Tx, by Actor) error {
	if err := lockOwnRole(ctx, tx, by); err != nil {
		return err
	}
	if by.Helped() { // neither of the two may be restricted
		if err := MayTakeTx(ctx, tx, Actor{Cooperative: by.Cooperative, Role: by.Helper.Role, Kind: RoleCoach}); err != nil {
			return err
		}
	}
	client, restricted, err := findMay(ctx, tx, by)
	switch {
	case err != nil:
		return err
	case restricted:
		return ErrRestricted
	case by.Kind == RoleClient && client != ClientApproved:
		return ErrNotApproved
	}
	return nil
}
