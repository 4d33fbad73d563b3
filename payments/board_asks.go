package payments

import (
	"context"

	"meent/members"
)

// Asks counts what waits for somebody in a cooperative's money.
type Asks struct {
	Refunds    int // wait for a second person; money that a member must give back, or that could not be given back, too
	Objections int // clients who wait for an answer about a bill
	Disputes   int // banks that ask money back
	Held       int // payouts above a limit
	Advances   int // members who asked for wages earlier
	Proposals  int // limits and moves by hand that wait for a second person
	Unready    int // members whose money waits for their details
	Resting    int // members whose money rests after a change
}

// Office is how many of them wait for the office: the others wait for a member,
// or for time.
func (a Asks) Office() int {
	return a.Refunds + a.Objections + a.Disputes + a.Held + a.Advances + a.Proposals
}

// Asks counts them for the acting coordinator's cooperative. It returns
// members.ErrNotFound to everybody else.
func (s *Service) Asks(ctx context.Context, by members.Actor) (Asks, error) {
	if by.Kind != members.RoleCoordinator {
		return Asks{}, members.ErrNotFound
	}
	return readAsks(ctx, s.db, by.Cooperative, s.now())
}
