package payments

import (
	"context"
	"errors"
	"strconv"

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
	case d.refund == "" && (d.Disputed || d.byHand || !d.NotBackAt.IsZero()): // the bank decides, or a person
		return nil, nil
	}
	if err := s.mayMove(ctx, t.Cooperative); d.refund == "" && err != nil {
		return nil, ignoreWaiting(err)
	}
	refund := d.refund
	if refund == "" {
		var refused *Refused
		refund, err = s.refundDeposit(ctx, t.Cooperative, d)
		switch {
		case errors.As(err, &refused) && refused.Code != waitsForMoney:
			return func(ctx context.Context, tx pgx.Tx) error { return s.refusedReturnTx(ctx, tx, t, refused.Code) }, nil
		case err != nil:
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
		cooperative: c, kind: depositReturn, subject: Reference(d.numbered(d.ID.String())),
		input: RefundOrder{Refund: order.Refund, Charge: order.Charge, Amount: d.Amount - d.Used}, words: order.Amount,
		do: func(ctx context.Context, key string) (string, error) {
			there, err := s.gateway.Refund(ctx, key, order)
			return there.ID, err
		},
		look: func(ctx context.Context) (string, bool, error) {
			there, found, err := s.gateway.FindRefund(ctx, order.Charge, order.Refund)
			return there.ID, found && there.State != RefundFailed, err // of a failed one the money is here
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
		return s.notReturnedTx(ctx, tx, c, d, "")
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
// ours, and still belongs to the client. Or for one that the gateway refused, and why.
// The office hears of it once, and a person finds another way: see Stuck.
func (s *Service) notReturnedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit, why string) error {
	left, isNew, err := markNotReturned(ctx, tx, c, d.ID, why, s.now())
	if err != nil || !isNew {
		return err
	}
	if left {
		if err := s.postTx(ctx, tx, c, d.back("failed", ClientBack(d.Client), MovingRefund(d.about()))); err != nil {
			return err
		}
	}
	rest, err := s.lostAlreadyTx(ctx, tx, c, d.ID)
	if err != nil || rest == 0 {
		return err
	}
	return s.tellTx(ctx, tx, c, BackTold{What: BackStuck, Cooperative: c}, members.Moved{Cooperative: c, Client: d.Client})
}

// refusedReturnTx ends a try that the gateway would not make. What the client's bank
// asks back now waits for that.
func (s *Service) refusedReturnTx(ctx context.Context, tx pgx.Tx, t ReturnDeposit, code string) error {
	d, _, err := lockDeposit(ctx, tx, t.Cooperative, t.Deposit)
	if err != nil || d.State != DepositReturned || d.refund != "" || d.Disputed {
		return ignoreNotFound(err)
	}
	return s.notReturnedTx(ctx, tx, t.Cooperative, d, code)
}

// numbered tells the tries of different people apart.
func (d Deposit) numbered(what string) string {
	if d.returns == 0 {
		return what
	}
	return what + ":" + strconv.Itoa(d.returns)
}

func (d Deposit) key(what string) string { return "deposit:" + d.ID.String() + ":" + d.numbered(what) }

func (d Deposit) about() Reference { return Reference(d.ID.String()) }

// back is a movement of what is left of it.
func (d Deposit) back(what string, from, to Account) Entry {
	return move(d.key(what), CauseDepositReturned, d.about(), from, to, d.Left())
}
