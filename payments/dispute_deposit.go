package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// depositDisputedTx records how a dispute of a deposit is. While the bank decides
// nobody uses the deposit: what is short then is asked anew, and what bills took of it
// stays theirs. What was withdrawn is borne by the fund and then a loss; what is lost
// comes to them from what is left of the deposit.
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
	lost, postings := held.lose(next.Lost-d.Lost, next.Carried)
	if lost > 0 {
		list = append(list, d.entry("deposit", CauseDepositLost, d.Lost, next.Lost, postings))
		if err := loseDeposit(ctx, tx, c, deposit, lost, s.now()); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		if err := s.postTx(ctx, tx, c, list...); err != nil {
			return err
		}
	}
	if err := updateDispute(ctx, tx, c, next, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, c, DepositMoved{Ref: held.Ref, Cooperative: c}, members.Moved{Cooperative: c, Client: held.Client}); err != nil {
		return err
	}
	return s.disputeNewsTx(ctx, tx, c, backBill{client: held.Client}, d, next)
}
