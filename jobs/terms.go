package jobs

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
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
	if err := raiseWork(ctx, tx, by.Cooperative, g.id, to, s.now()); err != nil {
		return err
	}
	below, err := s.belowFloorTx(ctx, tx, by.Cooperative, g.id, to)
	if err != nil {
		return err
	}
	for _, e := range below {
		if err := updateWage(ctx, tx, by.Cooperative, e, to); err != nil {
			return err
		}
	}
	return nil
}

// belowFloorTx locks the work of the gig that is over, on no bill, and paid less
// than this and than what the law asks by now: until the wage is raised it can be
// on none.
func (s *Service) belowFloorTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, to payments.Cents) (below []EngagementID, err error) {
	list, err := lockUnbilled(ctx, tx, c, gig, to, s.now())
	if err != nil {
		return nil, err
	}
	for _, u := range list {
		floors, err := s.floorsTx(ctx, tx, []payments.Day{payments.Day(members.DayOf(u.starts)), payments.Day(members.DayOf(u.ends.Add(-1)))})
		if err != nil {
			return nil, err
		}
		if floor := slices.Max(append(slices.Collect(maps.Values(floors)), 0)); u.rate < floor {
			below = append(below, u.id)
		}
	}
	return below, nil
}

// AsksRaise reports whether work of this gig can be on no bill until who runs it
// raises the wage, which then can be done also when the gig is over. It returns
// members.ErrNotFound.
func (s *Service) AsksRaise(ctx context.Context, by members.Actor, gig GigID) (asks bool, err error) {
	return asks, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findRunning(ctx, tx, by, gig); err != nil {
			return err
		}
		below, err := s.belowFloorTx(ctx, tx, by.Cooperative, gig, anyWage)
		asks = len(below) > 0
		return err
	})
}

// anyWage is more than any wage an hour.
const anyWage = payments.Cents(math.MaxInt32)

// runPayTx is runTx for who changes the wage: of a gig that is over too, where the
// law keeps its work off a bill.
func (s *Service) runPayTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (running, error) {
	g, over := s.runTx(ctx, tx, by, gig)
	if !errors.Is(over, ErrGigOver) {
		return g, over
	}
	below, err := s.belowFloorTx(ctx, tx, by.Cooperative, gig, anyWage)
	if err == nil && len(below) == 0 {
		err = over
	}
	return g, err
}

// paying is the state in which the wage of the gig is changed: once it is over, as
// while it was open.
func (g running) paying() State {
	if g.state == Draft {
		return Draft
	}
	return Open
}
