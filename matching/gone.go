package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

// MembershipEndedTx handles members.MembershipEnded: what the member was asked,
// or asked for, and has not got goes no further, and they are told. What is
// agreed stays, for humans to talk about. Who is back by then keeps it all. Buddies
// part, and what clients asked ends.
func (s *Service) MembershipEndedTx(ctx context.Context, tx pgx.Tx, t members.MembershipEnded) error {
	if err := coaching.PartBuddiesTx(ctx, tx, t.Cooperative, t.Member, s.now()); err != nil {
		return err
	}
	if err := s.jobs.MembershipEndedTx(ctx, tx, t); err != nil {
		return err
	}
	list, err := lockOffersOf(ctx, tx, t.Cooperative, t.Member, WaitingCoach, Asked, Sent, Yes, Reserve)
	if err != nil {
		return err
	}
	for _, o := range list {
		to, err := o.State.To(Withdrawn)
		if err != nil {
			return err
		}
		if err := markDecided(ctx, tx, t.Cooperative, o.ID, to, s.now()); err != nil {
			return err
		}
		note := s.noteTx
		if o.State == Asked {
			note = s.noteAskTx
		}
		if err := note(ctx, tx, t.Cooperative, t.Member, o.ID, to); err != nil {
			return err
		}
		if err := s.decidedTx(ctx, tx, t.Cooperative, t.Member, o.ID, o.Starts); err != nil {
			return err
		}
	}
	return nil
}
