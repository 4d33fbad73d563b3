package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// fromDepositTx pays a new bill from what was paid beforehand for its work, as far
// as that goes. A bill that is covered is paid: its parts go where they belong,
// and its wages are owed. It reports whether it is.
func (s *Service) fromDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, bill BillID, total Cents, lines []Line) (paid bool, err error) {
	if w.Deposit == "" || total == 0 {
		return false, nil
	}
	held, err := lockHeldDeposits(ctx, tx, c, w.Deposit)
	if err != nil {
		return false, err
	}
	parts, covered := split(held, total)
	if covered == 0 {
		return false, nil
	}
	for _, p := range parts {
		used, err := p.deposit.use(p.amount, s.now())
		if err != nil {
			return false, err
		}
		if err := insertPart(ctx, tx, c, bill, used, p.amount); err != nil {
			return false, err
		}
	}
	paid = covered == total
	if err := markBeforehand(ctx, tx, c, bill, covered, paid, s.now()); err != nil {
		return false, err
	}
	p := paidBill{client: w.Client, ref: w.Ref, total: total, beforehand: covered, lines: lines, parts: parts}
	entries := []Entry{move("bill:"+bill.String()+":deposit", CauseDepositApplied, Reference(bill.String()), DepositHeld(w.Deposit), BillHeld(bill), covered)}
	if !paid {
		return false, s.postTx(ctx, tx, c, entries...)
	}
	left, netted, err := s.netTx(ctx, tx, c, p.lines)
	if err != nil {
		return false, err
	}
	entries = append(append(entries, p.shares(bill)...), netted...)
	if err := s.postTx(ctx, tx, c, entries...); err != nil {
		return false, err
	}
	p.lines = left
	return true, s.owePayoutsTx(ctx, tx, c, p)
}
