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
// While payouts are stopped it does nothing: who lifts the stop lets it go on. Its
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

// returnedTx records what the gateway said of the refund. What is on its way is
// asked after again. One that failed stays for a person: the money is ours again,
// and still belongs to the client.
func (s *Service) returnedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, d Deposit, there RefundThere) error {
	if err := markReturning(ctx, tx, c, d.ID, there.ID); err != nil || there.State == RefundMoving {
		return err
	}
	if there.State == RefundFailed {
		return tasks.GiveUp(ErrNotGivenBack)
	}
	isNew, err := markBack(ctx, tx, c, d.ID, s.now())
	if err != nil || !isNew {
		return err
	}
	about := Reference(d.ID.String())
	if err := s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Client: d.Client}); err != nil {
		return err
	}
	return s.postTx(ctx, tx, c, move("deposit:"+d.ID.String()+":back", CauseDepositReturned, about, MovingRefund(about), ClientBack(d.Client), d.Left()))
}
