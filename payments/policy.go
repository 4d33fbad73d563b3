package payments

import (
	"context"

	"meent/internal/id"
)

// Policy is what a cooperative lets the program do with money by itself.
type Policy struct {
	FourEyes  Cents // above this, what leaves on one coordinator's word needs another's
	Payout    Cents // a larger payout waits for a person
	Hour      Cents // and so do payouts of the cooperative above this in one hour
	MemberDay Cents // and of one member above this in 24 hours
	Advance   Cents // the most that one member may have advanced

	// RefundHour bounds what goes back to clients of bills in one hour; what is more
	// waits for a second person. The rest of a deposit is the client's, and always goes.
	RefundHour Cents

	Deposits Deposits // who pays beforehand
}

// DefaultPolicy counts for a cooperative that has chosen nothing.
func DefaultPolicy() Policy {
	return Policy{FourEyes: 500_00, Payout: 1_500_00, Hour: 25_000_00, MemberDay: 2_000_00, Advance: 200_00, RefundHour: 2_000_00, Deposits: NoDeposits}
}

// Policy is the cooperative's own, or the default.
func (s *Service) Policy(ctx context.Context, c id.Cooperative) (Policy, error) {
	return findPolicy(ctx, s.db, c)
}
