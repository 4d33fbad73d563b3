package jobs

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
)

// Terms are on what, beside the wage an hour, a seat was given. They stay with the
// engagement until it is paid, whatever the cooperative decides meanwhile.
type Terms struct {
	Contribution members.BasisPoints
	Notice       time.Duration       // how long before the beginning calling off costs nothing
	LateShare    members.BasisPoints // of the planned wage, for what is called off later
}

// price is what this wage costs the client on these terms.
func (t Terms) price(wage payments.Cents) Price { return priceOf(wage, t.Contribution) }

// raisedTx lets a raise of an open gig hold for everybody who still has to work
// there: whoever comes to work is paid what the gig says that day. What is over
// stays as it was, but for what can be on no bill because the law asks more by now.
func (s *Service) raisedTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, to payments.Cents) error {
	if g.state == Draft {
		return nil
	}
	now := s.now()
	if err := raiseWork(ctx, tx, by.Cooperative, g.id, to, now); err != nil {
		return err
	}
	list, err := lockUnbilled(ctx, tx, by.Cooperative, g.id, to, now)
	if err != nil {
		return err
	}
	for _, u := range list {
		floors, err := s.floorsTx(ctx, tx, []payments.Day{payments.Day(members.DayOf(u.starts)), payments.Day(members.DayOf(u.ends.Add(-1)))})
		if err != nil {
			return err
		}
		if floor := slices.Max(append(slices.Collect(maps.Values(floors)), 0)); u.rate < floor {
			if err := updateWage(ctx, tx, by.Cooperative, u.id, to); err != nil {
				return err
			}
		}
	}
	return nil
}
