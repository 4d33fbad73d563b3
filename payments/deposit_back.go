package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// ReturnDeposit is the task that gives the rest of a deposit back.
type ReturnDeposit struct {
	Deposit     DepositID
	Cooperative id.Cooperative
	Outside     string // its number at the gateway, where that told of it; "" is the one that we know
}

// Kind names the task.
func (ReturnDeposit) Kind() string { return "payments.return_deposit" }

const depositReturn errandKind = "deposit_return"

// EndDepositTx lets what no bill took go back to who paid it: the work is over, and
// all its hours are billed. What was asked and not paid is not asked any more.
func (s *Service) EndDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, ref Reference) error {
	if err := deleteAsked(ctx, tx, c, ref); err != nil {
		return err
	}
	held, err := lockHeldDeposits(ctx, tx, c, ref)
	if err != nil || len(held) == 0 {
		return err
	}
	for _, d := range held {
		if err := s.endDepositTx(ctx, tx, c, d); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, c, ReturnDeposit{Deposit: d.ID, Cooperative: c}, members.Moved{Cooperative: c, Client: d.Client}); err != nil {
			return err
		}
	}
	return nil
}

// endDepositTx sets what is left of it apart: it goes back.
func (s *Service) endDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit) error {
	if err := endDeposit(ctx, tx, c, d.ID, DepositReturned, s.now()); err != nil {
		return err
	}
	return s.postTx(ctx, tx, c, d.back("return", DepositHeld(d.Ref), MovingRefund(d.about())))
}

// ReturnDeposit asks the gateway to give the rest back, once, and then how that is:
// also of what was given back, since a bank may send it back days later. While
// payouts are stopped, or the client's bank asks it back, it asks for nothing, and
// LookAgain takes it up. Its handler shape is that of tasks.Handle.
func (s *Service) ReturnDeposit(ctx context.Context, _ string, t ReturnDeposit) (func(context.Context, pgx.Tx) error, error) {
	d, err := findReturning(ctx, s.db, t.Cooperative, t.Deposit)
	if err != nil || t.Outside == "" && d.State != DepositReturned {
		return nil, ignoreNotFound(err)
	}
	switch {
	case d.refund == "" && t.Outside != "":
		return s.returnFound(ctx, t)
	case !d.NotBackAt.IsZero(): // also while payouts are stopped: a person must hear of it
		return nil, tasks.GiveUp(ErrNotGivenBack)
	case d.refund == "" && d.Disputed:
		return nil, nil
	}
	if err := s.mayMove(ctx, t.Cooperative); d.refund == "" && err != nil {
		return nil, ignoreStopped(err)
	}
	refund := d.refund
	if refund == "" {
		if refund, err = s.refundDeposit(ctx, t.Cooperative, d); err != nil {
			return nil, err
		}
	}
	there, err := s.gateway.RefundNow(ctx, refund)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.returnedTx(ctx, tx, t, there) }, nil
}

// refundDeposit asks for it, or finds what an earlier try made: also when the client's
// bank took a part of it since.
func (s *Service) refundDeposit(ctx context.Context, c id.Cooperative, d Deposit) (string, error) {
	order := RefundOrder{Refund: d.about(), Charge: d.charge, Amount: d.Left()}
	return s.run(ctx, errand{
		cooperative: c, kind: depositReturn, subject: order.Refund, input: RefundOrder{Refund: order.Refund, Charge: order.Charge, Amount: d.Amount - d.Used}, words: order.Amount,
		do: func(ctx context.Context, key string) (string, error) {
			there, err := s.gateway.Refund(ctx, key, order)
			return there.ID, err
		},
		look: func(ctx context.Context) (string, bool, error) {
			there, found, err := s.gateway.FindRefund(ctx, order.Charge, order.Refund)
			return there.ID, found, err
		},
	})
}

// returnedTx records what the gateway said of the refund, unless that is nothing
// new. Its money left when it was asked; what is on its way is asked after again.
func (s *Service) returnedTx(ctx context.Context, tx pgx.Tx, t ReturnDeposit, there RefundThere) error {
	c := t.Cooperative
	d, _, err := lockDeposit(ctx, tx, c, t.Deposit)
	switch {
	case err != nil:
		return ignoreNotFound(err)
	case there.Amount != d.Left():
		return tasks.GiveUp(ErrAmount) // it stays a difference, and a person looks
	case there.State == RefundFailed:
		return s.notReturnedTx(ctx, tx, c, d)
	case d.State == DepositIsHeld: // its end was forgotten
		if err := s.endDepositTx(ctx, tx, c, d); err != nil {
			return err
		}
	}
	if err := markReturning(ctx, tx, c, d.ID, there.ID); err != nil {
		return err
	}
	if err := s.postTx(ctx, tx, c, d.back("back", MovingRefund(d.about()), ClientBack(d.Client))); err != nil || there.State == RefundMoving {
		return err
	}
	isNew, err := markBack(ctx, tx, c, d.ID, s.now())
	if err != nil || !isNew {
		return err
	}
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Client: d.Client})
}

// notReturnedTx is for a refund that failed, at once or after it was done: the money is
// ours, and still belongs to the client. First that is noted; then a task stops, once,
// for a person.
func (s *Service) notReturnedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit) error {
	left, isNew, err := markNotReturned(ctx, tx, c, d.ID, s.now())
	if err != nil {
		return err
	}
	if !isNew {
		return tasks.GiveUp(ErrNotGivenBack)
	}
	if left {
		if err := s.postTx(ctx, tx, c, d.back("failed", ClientBack(d.Client), MovingRefund(d.about()))); err != nil {
			return err
		}
	}
	if err := s.lostAlreadyTx(ctx, tx, c, d.ID); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, ReturnDeposit{Deposit: d.ID, Cooperative: c}, members.Moved{Cooperative: c, Client: d.Client})
}

func (d Deposit) about() Reference { return Reference(d.ID.String()) }

// back is a movement of what is left of it.
func (d Deposit) back(what string, from, to Account) Entry {
	return move("deposit:"+d.ID.String()+":"+what, CauseDepositReturned, d.about(), from, to, d.Left())
}
