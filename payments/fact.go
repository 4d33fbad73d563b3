package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// noteBilledTx reports to each member of the bill that it was made.
func (s *Service) noteBilledTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, bill BillID, lines []Line) error {
	for _, l := range lines {
		if l.Kind != WageLine {
			continue
		}
		if err := s.notePayTx(ctx, tx, c, l.Member, coaching.Billed, bill.String()); err != nil {
			return err
		}
	}
	return nil
}

// noteArrivedTx reports what the bank said of a payout. A payout may come back
// and go out again, so each move is a fact of its own, with a new reference;
// that it is noted once follows from the payout, which is locked.
func (s *Service) noteArrivedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	kind := coaching.PayFailed
	if p.Step == PayoutIsPaid {
		kind = coaching.Paid
	}
	return s.notePayTx(ctx, tx, c, p.Member, kind, id.New[Payout](s.random).String())
}

func (s *Service) notePayTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, kind coaching.Kind, ref string) error {
	return coaching.NoteTx(ctx, tx, coaching.Fact{Cooperative: c, Member: m, Kind: kind, At: s.now(), Ref: ref})
}
