package payments

import (
	"context"
	"time"

	"meent/members"
)

// Received is what a client pays the cooperative for one piece of a member's work, and
// for what: the lines of its bill, and what of that money went back since. What went back
// is never the wage's: see Carried. The wage itself only people ask back: see AskedBack.
type Received struct {
	Wage         Cents
	Contribution Cents
	Beforehand   Cents // of both together, from deposits
	Bill         BillState
	PaidAt       time.Time // zero: not yet
	Fee          Cents     // what the gateway kept for the payment of the bill, out of the cooperative's costs
	FeeBefore    Cents     // and for the deposits from which some of it came, all that was paid into them
	Refunded     Cents     // goes back to the client, or went
	Disputed     Cents     // the client's bank asks it back now
	Withdrawn    Cents     // the client's bank has it: until it decides, or for good
	Lost         Cents     // of that, for good
	Borne        Carried   // by whom what was refunded and withdrawn is borne
	AskedBack    Cents     // of the wage, as two people decided: see WageBack
}

// Total is what the client pays.
func (r Received) Total() Cents { return r.Wage + r.Contribution }

// Kept is what the cooperative has of the contribution.
func (r Received) Kept() Cents { return r.Contribution - r.Borne.Contribution }

// Received gives it for the acting member's own work. It returns members.ErrNotFound, also
// for work that is not billed yet.
func (s *Service) Received(ctx context.Context, by members.Actor, ref Reference) (Received, error) {
	return findReceived(ctx, s.db, by.Cooperative, by.Member, ref)
}
