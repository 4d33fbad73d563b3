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
	var entries []Entry
	for _, d := range held {
		if err := endDeposit(ctx, tx, c, d.ID, DepositReturned, s.now()); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, c, ReturnDeposit{Deposit: d.ID, Cooperative: c}, members.Moved{Cooperative: c, Client: d.Client}); err != nil {
			return err
		}
		about := Reference(d.ID.String())
		entries = append(entries, move("deposit:"+d.ID.String()+":return", CauseDepositReturned, about, DepositHeld(ref), MovingRefund(about), d.Left()))
	}
	return s.postTx(ctx, tx, c, entries...)
}

// ReturnDeposit asks the gateway to give the rest back, once, and then how that is.
// While payouts are stopped it does nothing, and LookAgain takes it up. Its
// handler shape is that of tasks.Handle.
func (s *Service) ReturnDeposit(ctx context.Context, _ string, t ReturnDeposit) (func(context.Context, pgx.Tx) error, error) {
	d, refund, err := findReturning(ctx, s.db, t.Cooperative, t.Deposit)
	if err != nil || !d.BackAt.IsZero() {
		return nil, ignoreNotFound(err)
	}
	if err := s.mayMove(ctx, t.Cooperative); refund == "" && err != nil {
		return nil, ignoreStopped(err)
	}
	if refund == "" {
		if refund, err = s.refundDeposit(ctx, t.Cooperative, d); err != nil {
			return nil, err
		}
	}
	there, err := s.gateway.RefundNow(ctx, refund)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error { return s.returnedTx(ctx, tx, t.Cooperative, d, there) }, nil
}

// refundDeposit asks for it, or finds what an earlier try made.
func (s *Service) refundDeposit(ctx context.Context, c id.Cooperative, d Deposit) (string, error) {
	order := RefundOrder{Refund: Reference(d.ID.String()), Charge: d.charge, Amount: d.Left()}
	return s.run(ctx, errand{
		cooperative: c, kind: depositReturn, subject: order.Refund, input: order,
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

// returnedTx records what the gateway said of the refund. Its money left when it
// was asked; what is on its way is asked after again.
func (s *Service) returnedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit, there RefundThere) error {
	if _, _, err := lockDeposit(ctx, tx, c, d.ID); err != nil {
		return ignoreNotFound(err)
	}
	if there.State == RefundFailed {
		return s.notReturnedTx(ctx, tx, c, d)
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

// notReturnedTx is for a refund that failed: the money is ours again, and still
// belongs to the client. First that is booked; then the task stops, for a person.
func (s *Service) notReturnedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit) error {
	left, err := unmarkReturning(ctx, tx, c, d.ID)
	if err != nil {
		return err
	}
	if !left {
		return tasks.GiveUp(ErrNotGivenBack)
	}
	if err := s.postTx(ctx, tx, c, d.back("failed", ClientBack(d.Client), MovingRefund(d.about()))); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, ReturnDeposit{Deposit: d.ID, Cooperative: c})
}

func (d Deposit) about() Reference { return Reference(d.ID.String()) }

// back is a movement of what is left of it.
func (d Deposit) back(what string, from, to Account) Entry {
	return move("deposit:"+d.ID.String()+":"+what, CauseDepositReturned, d.about(), from, to, d.Left())
}
