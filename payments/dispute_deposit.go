package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// depositDisputedTx records how a dispute of a deposit is. While the bank decides
// nobody uses the deposit, nor what waits to go back of it: what is short then is asked
// anew, and what bills took of it stays theirs. What was withdrawn is borne by the fund
// and then a loss; what is lost comes to them from what is left of the deposit.
func (s *Service) depositDisputedTx(ctx context.Context, tx pgx.Tx, t LookAtDispute, there DisputeThere) error {
	c, deposit, err := findDepositCharged(ctx, tx, there.Charge)
	if err != nil || c != t.Cooperative {
		return ignoreNotFound(err)
	}
	held, _, err := lockDeposit(ctx, tx, c, deposit)
	if err != nil {
		return err
	}
	d, err := ensureDispute(ctx, tx, c, Dispute{ID: id.New[Dispute](s.random), Deposit: deposit}, there, s.now())
	if err != nil || d.older(there) {
		return err
	}
	plus, err := s.carryTx(ctx, tx, c, backBill{}, there.Withdrawn-d.Withdrawn)
	if err != nil {
		return err
	}
	next, list := d.follow(there, held.Client, plus)
	if next.FromDeposit, err = held.bears(d, next); err != nil {
		return tasks.GiveUp(err) // a human looks
	}
	if err := s.bearTx(ctx, tx, c, held, d, next, list...); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, c, DepositMoved{Ref: held.Ref, Cooperative: c}, ReturnDeposit{Deposit: deposit, Cooperative: c}); err != nil {
		return err
	}
	return s.disputeNewsTx(ctx, tx, c, backBill{client: held.Client}, d, next)
}

// bearTx keeps how a dispute is, and has what is left of the deposit bear its part.
func (s *Service) bearTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, held Deposit, d, next Dispute, list ...Entry) error {
	if left, here := held.where(); here {
		list = append(list, d.fromDeposit(next, left)...)
		if err := s.loseTx(ctx, tx, c, held, next.FromDeposit-d.FromDeposit); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		if err := s.postTx(ctx, tx, c, list...); err != nil {
			return err
		}
	}
	return updateDispute(ctx, tx, c, next, s.now())
}

// loseTx keeps what the client's bank has of the deposit, or gave back.
func (s *Service) loseTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, held Deposit, lost Cents) error {
	if lost == 0 {
		return nil
	}
	state, ended, err := held.lose(lost, s.now())
	if err != nil {
		return err
	}
	return updateLost(ctx, tx, c, held.ID, lost, state, ended)
}

// lostAlreadyTx is for money of a deposit that came back to us: what the client has
// from their bank by now goes to who carried that, and not to the client again. It
// gives what is the client's still.
func (s *Service) lostAlreadyTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, deposit DepositID) (Cents, error) {
	held, _, err := lockDeposit(ctx, tx, c, deposit)
	if err != nil {
		return 0, err
	}
	list, err := lockLostOf(ctx, tx, c, deposit)
	if err != nil {
		return 0, err
	}
	for _, d := range list {
		next := d
		if next.FromDeposit, err = held.bears(d, d); err != nil || next.FromDeposit == d.FromDeposit {
			continue
		}
		if err := s.bearTx(ctx, tx, c, held, d, next); err != nil {
			return 0, err
		}
		held.Lost += next.FromDeposit - d.FromDeposit
	}
	return held.Left(), nil
}
