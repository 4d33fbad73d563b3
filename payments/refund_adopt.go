package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// whoseOwnRefund finds what a refund that carries a number of ours gives back: of a
// bill, the rest of a deposit, or of a bill before a database was put back, which
// forgot it. What carries another program's number is let go.
func (s *Service) whoseOwnRefund(ctx context.Context, e Event, there RefundThere) (tasks.Task, id.Cooperative, error) {
	refund, err := id.Parse[Refund](string(there.Ref))
	if err != nil {
		return nil, id.Cooperative{}, nil
	}
	c, err := findRefundCooperative(ctx, s.db, refund)
	if !errors.Is(err, members.ErrNotFound) {
		return LookAtRefund{Refund: refund, Cooperative: c, Outside: there.ID}, c, err
	}
	deposit, _ := id.Parse[Deposit](string(there.Ref)) // an id is an id
	if c, err = findDepositOwner(ctx, s.db, deposit); !errors.Is(err, members.ErrNotFound) {
		return ReturnDeposit{Deposit: deposit, Cooperative: c, Outside: there.ID}, c, err
	}
	c, bill, err := s.whoseCharge(ctx, there.Charge, e)
	return LookAtRefund{Bill: bill, Cooperative: c, Outside: there.ID}, c, err
}

// refundNumber is ours of a refund that is found: the one that it carries, or a new one.
func (s *Service) refundNumber(ref Reference) RefundID {
	if refund, err := id.Parse[Refund](string(ref)); err == nil {
		return refund
	}
	return id.New[Refund](s.random)
}

// adoptRefunds looks at the gateway for what waits here. Refunds of which not even
// the wish is known any more are found by their events: see FillGaps.
func (s *Service) adoptRefunds(ctx context.Context, c id.Cooperative) error {
	list, err := listRefundsToFind(ctx, s.db, c)
	if err != nil {
		return err
	}
	for _, r := range list {
		there, found, err := s.gateway.FindRefund(ctx, r.charge, r.ref())
		if err == nil && found {
			finish, look := s.LookAtRefund(ctx, "", LookAtRefund{Refund: r.ID, Cooperative: c, Outside: there.ID})
			err = s.record(ctx, finish, look)
		}
		if err := leaveToPeople(err); err != nil {
			return err
		}
	}
	return nil
}

// adoptRefundTx sets the money apart of a refund that left, and of whose approval
// nothing is known.
func (s *Service) adoptRefundTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, r *Refund, there RefundThere) (err error) {
	if r.Carried, err = s.carryTx(ctx, tx, c, b, r.Amount); err != nil {
		return err
	}
	r.State = RefundApproved
	if err := approveRefund(ctx, tx, c, *r); err != nil {
		return err
	}
	if err := noteAdopted(ctx, tx, c, "refund", r.ID.String(), there.ID, s.now()); err != nil {
		return err
	}
	return s.postTx(ctx, tx, c, r.hold())
}

// adoptReturns does the same with what is paid beforehand.
func (s *Service) adoptReturns(ctx context.Context, c id.Cooperative) error {
	list, err := listReturnsToFind(ctx, s.db, c)
	if err != nil {
		return err
	}
	for _, d := range list {
		there, found, err := s.gateway.FindRefund(ctx, d.charge, d.about())
		if err == nil && found {
			finish, look := s.returnFound(ctx, ReturnDeposit{Deposit: d.ID, Cooperative: c, Outside: there.ID})
			err = s.record(ctx, finish, look)
		}
		if err := leaveToPeople(err); err != nil {
			return err
		}
	}
	return nil
}

// returnFound records a deposit's return that the gateway knows and we do not. One
// that failed moved nothing.
func (s *Service) returnFound(ctx context.Context, t ReturnDeposit) (func(context.Context, pgx.Tx) error, error) {
	there, err := s.gateway.RefundNow(ctx, t.Outside)
	if err != nil || there.Ref != Reference(t.Deposit.String()) || there.State == RefundFailed {
		return nil, ignoreNotFound(err)
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		if err := s.returnedTx(ctx, tx, t, there); err != nil {
			return err
		}
		return noteAdopted(ctx, tx, t.Cooperative, "deposit", t.Deposit.String(), there.ID, s.now())
	}, nil
}

// leaveToPeople goes on past what differs: the books say so, and a person looks.
func leaveToPeople(err error) error {
	if errors.Is(err, ErrAmount) || errors.Is(err, ErrUnknownThere) {
		return nil
	}
	return err
}
