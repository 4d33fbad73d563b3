package payments

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Earnings lists the acting member's wages, the newest work first, at most 200.
func (s *Service) Earnings(ctx context.Context, by members.Actor) ([]Earning, error) {
	list, err := listEarnings(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	return list, s.noteWaits(ctx, by, list)
}

// noteWaits says of wages that are due whether something keeps them.
func (s *Service) noteWaits(ctx context.Context, by members.Actor, list []Earning) error {
	if !slices.ContainsFunc(list, func(e Earning) bool { return e.Payout == PayoutIsDue }) {
		return nil
	}
	p, err := s.Payee(ctx, by)
	if err != nil {
		return err
	}
	stopped := s.mayMove(ctx, by.Cooperative)
	for i := range list {
		if list[i].Payout == PayoutIsDue {
			list[i].Waits, list[i].Rests, list[i].Stopped = p.State != PayeeReady, p.Rests, stopped != nil
		}
	}
	if errors.Is(stopped, ErrStopped) {
		return nil
	}
	return stopped
}

// Coming sums up the acting member's wages that are not at the bank yet.
func (s *Service) Coming(ctx context.Context, by members.Actor) (Sum, error) {
	return sumComing(ctx, s.db, by)
}

// Earning finds the acting member's wage for one piece of work. It returns
// members.ErrNotFound also for work that is not billed yet.
func (s *Service) Earning(ctx context.Context, by members.Actor, ref Reference) (Earning, error) {
	e, err := findEarning(ctx, s.db, by.Cooperative, by.Member, ref)
	if err != nil {
		return e, err
	}
	list := []Earning{e}
	err = s.noteWaits(ctx, by, list)
	return list[0], err
}

// Paid gives an earning and the person who earned it, for who tells them. It
// returns members.ErrNotFound.
func (s *Service) Paid(ctx context.Context, c id.Cooperative, payout PayoutID) (Earning, members.Person, error) {
	return findPaid(ctx, s.db, c, payout)
}

// StageTx says where the wage for one piece of work is.
func (s *Service) StageTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) (Stage, error) {
	e, err := findStage(ctx, tx, c, ref)
	return e.Stage(), err
}

// Waiting is the money of a cooperative that has not arrived yet.
type Waiting struct {
	Bills  Sum // clients owe it
	Moving Sum // on its way to members
	Failed Sum // came back from a member's bank
	Held   Sum // waits for a coordinator's word
}

// Total is all of it together.
func (w Waiting) Total() Cents {
	return w.Bills.Amount + w.Moving.Amount + w.Failed.Amount + w.Held.Amount
}

// Sum is a number of things and what they come to.
type Sum struct {
	Count  int
	Amount Cents
}

// Waiting sums up what waits in the acting coordinator's cooperative.
func (s *Service) Waiting(ctx context.Context, by members.Actor) (w Waiting, err error) {
	return sumWaiting(ctx, s.db, by.Cooperative)
}

// Back is a payout that came back, as a coordinator sees it.
type Back struct {
	ID     PayoutID
	Member string
	Title  string
	Amount Cents
}

// Back lists the payouts that came back in the coordinator's cooperative, at
// most 200.
func (s *Service) Back(ctx context.Context, by members.Actor) ([]Back, error) {
	return listBack(ctx, s.db, by.Cooperative)
}

// PayAgain lets a coordinator send a payout again that came back. It returns
// *WrongMove for any other, ErrReversing while a part of it is taken back, and
// members.ErrNotFound.
func (s *Service) PayAgain(ctx context.Context, by members.Actor, payout PayoutID) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		p, err := lockPayout(ctx, tx, by.Cooperative, payout)
		if err != nil {
			return err
		}
		if p.Step, err = p.Step.To(PayoutIsDue); err != nil {
			return err
		}
		_, reversing, err := countReversals(ctx, tx, by.Cooperative, payout)
		if err == nil && reversing {
			err = ErrReversing
		}
		if err != nil {
			return err
		}
		if err := updateDue(ctx, tx, by.Cooperative, p); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, SendPayout{Payout: payout, Cooperative: by.Cooperative},
			members.Moved{Cooperative: by.Cooperative, Members: []members.MemberID{p.Member}})
	})
}
