package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// LookAtDispute is the task that asks how a dispute is, and believes only that
// answer.
type LookAtDispute struct {
	Bill        BillID // zero: it is of money that was paid beforehand
	Cooperative id.Cooperative
	Outside     string // its number at the gateway
}

// Kind names the task.
func (LookAtDispute) Kind() string { return "payments.look_at_dispute" }

// whoseDispute finds the bill of the charge that is disputed.
func (s *Service) whoseDispute(ctx context.Context, e Event) (tasks.Task, id.Cooperative, error) {
	there, err := s.gateway.Dispute(ctx, e.Object)
	if err != nil {
		return nil, id.Cooperative{}, err
	}
	if c, _, err := findDepositCharged(ctx, s.db, there.Charge); !errors.Is(err, members.ErrNotFound) {
		return LookAtDispute{Cooperative: c, Outside: there.ID}, c, err
	}
	c, bill, err := s.whoseCharge(ctx, there.Charge, e)
	return LookAtDispute{Bill: bill, Cooperative: c, Outside: there.ID}, c, err
}

// LookAtDispute asks how the dispute is. A payout of the bill goes on: the member
// keeps the wage. Its handler shape is that of tasks.Handle.
func (s *Service) LookAtDispute(ctx context.Context, _ string, t LookAtDispute) (func(context.Context, pgx.Tx) error, error) {
	there, err := s.gateway.Dispute(ctx, t.Outside)
	if err != nil {
		return nil, ignoreNotFound(err)
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		if t.Bill.IsZero() {
			return s.depositDisputedTx(ctx, tx, t, there)
		}
		return s.disputedTx(ctx, tx, t, there)
	}, nil
}

func (s *Service) disputedTx(ctx context.Context, tx pgx.Tx, t LookAtDispute, there DisputeThere) error {
	b, err := lockBack(ctx, tx, t.Cooperative, t.Bill)
	if err != nil || b.charge != there.Charge {
		return ignoreNotFound(err)
	}
	d, err := ensureDispute(ctx, tx, t.Cooperative, Dispute{ID: id.New[Dispute](s.random), Bill: t.Bill}, there, s.now())
	if err != nil || d.older(there) {
		return err
	}
	plus, err := s.carryTx(ctx, tx, t.Cooperative, b, there.Withdrawn-d.Withdrawn)
	if err != nil {
		return err
	}
	next, list := d.follow(there, b.client, plus)
	if len(list) > 0 {
		if err := s.postTx(ctx, tx, t.Cooperative, list...); err != nil {
			return err
		}
	}
	if err := updateDispute(ctx, tx, t.Cooperative, next, s.now()); err != nil {
		return err
	}
	return s.disputeNewsTx(ctx, tx, t.Cooperative, b, d, next)
}

// disputeNewsTx lets the office hear what is new to them.
func (s *Service) disputeNewsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, d, next Dispute) error {
	what := map[DisputeState]BackKind{
		DisputeOpen: BackDisputed, DisputeWarning: BackAsksAnswer, DisputeWon: BackDisputeWon, DisputeLost: BackDisputeLost,
	}[next.State]
	if d.State == next.State || what == "" {
		return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Client: b.client})
	}
	return s.tellBackTx(ctx, tx, c, b, BackTold{What: what, Bill: b.id, Dispute: next.ID})
}
