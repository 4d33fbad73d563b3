package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// chargeTime is how long after an event its charge may still be new to us: the
// event of the payment itself is on its way, or we were away for hours.
const chargeTime = 24 * time.Hour

// whoseRefund finds out whether the refund is one of ours, or of a bill of ours.
func (s *Service) whoseRefund(ctx context.Context, e Event) (tasks.Task, id.Cooperative, error) {
	there, err := s.gateway.RefundNow(ctx, e.Object)
	if err != nil {
		return nil, id.Cooperative{}, err
	}
	if there.Ref != "" {
		return s.whoseOwnRefund(ctx, e, there)
	}
	c, bill, err := s.whoseCharge(ctx, there.Charge, e)
	return LookAtRefund{Bill: bill, Cooperative: c, Outside: there.ID}, c, err
}

// whoseRefunded is told that something was given back of a charge, and not what:
// of our own refunds there are other events.
func (s *Service) whoseRefunded(ctx context.Context, e Event) (tasks.Task, id.Cooperative, error) {
	there, found, err := s.gateway.FindRefund(ctx, e.Object, "")
	if err != nil || !found {
		return nil, id.Cooperative{}, err
	}
	c, bill, err := s.whoseCharge(ctx, e.Object, e)
	return LookAtRefund{Bill: bill, Cooperative: c, Outside: there.ID}, c, err
}

// whoseCharge finds the bill of a charge. It returns ErrTooEarly while the charge
// may be one of which we have not heard.
func (s *Service) whoseCharge(ctx context.Context, charge string, e Event) (id.Cooperative, BillID, error) {
	c, bill, err := findCharged(ctx, s.db, charge)
	if !errors.Is(err, members.ErrNotFound) || s.now().Sub(e.At) > chargeTime {
		return c, bill, err
	}
	paying, err := anyPaying(ctx, s.db)
	if err == nil && paying {
		err = ErrTooEarly
	} else if err == nil {
		err = members.ErrNotFound
	}
	return c, bill, err
}

// foundStep notes a refund that somebody made by hand at the gateway, or that we
// made and a database which was put back forgot: its money is gone, whoever decided
// that.
func (s *Service) foundStep(ctx context.Context, t LookAtRefund) (func(context.Context, pgx.Tx) error, error) {
	there, err := s.gateway.RefundNow(ctx, t.Outside)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.foundTx(ctx, tx, t, there) }, nil
}

func (s *Service) foundTx(ctx context.Context, tx pgx.Tx, t LookAtRefund, there RefundThere) error {
	b, err := lockBack(ctx, tx, t.Cooperative, t.Bill)
	if err != nil || b.charge != there.Charge {
		return ignoreNotFound(err)
	}
	known, err := findKnownRefund(ctx, tx, t.Cooperative, there)
	if !errors.Is(err, members.ErrNotFound) {
		if err != nil {
			return err
		}
		return s.refundedTx(ctx, tx, t.Cooperative, known, there)
	}
	if there.State == RefundFailed {
		return nil // it came and went before we heard of it
	}
	if there.Amount > b.total {
		return tasks.GiveUp(ErrAmount) // it stays a difference, and a person looks
	}
	r := Refund{ID: s.refundNumber(there.Ref), Bill: b.id, Amount: there.Amount, State: RefundApproved, Outside: true, outside: there.ID}
	if r.Carried, err = s.carryTx(ctx, tx, t.Cooperative, b, r.Amount); err != nil {
		return err
	}
	if err := insertFound(ctx, tx, t.Cooperative, r, r.State.then(there.State), s.now()); err != nil {
		return err
	}
	if err := s.postTx(ctx, tx, t.Cooperative, r.hold(), r.left(b.client)); err != nil {
		return err
	}
	if there.Ref != "" {
		if err := noteAdopted(ctx, tx, t.Cooperative, "refund", r.ID.String(), there.ID, s.now()); err != nil {
			return err
		}
	}
	return s.tellTx(ctx, tx, t.Cooperative, clientMoved(t.Cooperative, b))
}

func clientMoved(c id.Cooperative, b backBill) members.Moved {
	return members.Moved{Cooperative: c, Client: b.client}
}
