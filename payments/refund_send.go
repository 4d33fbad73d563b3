package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// SendRefund is the task that has the gateway give approved money back.
type SendRefund struct {
	Refund      RefundID
	Cooperative id.Cooperative
}

// Kind names the task.
func (SendRefund) Kind() string { return "payments.send_refund" }

// LookAtRefund is the task that asks how a refund is, and believes only that
// answer.
type LookAtRefund struct {
	Refund      RefundID // zero: one that was made by hand over there
	Bill        BillID   // of such a one
	Cooperative id.Cooperative
	Outside     string // its number at the gateway; "" is the one that we know
}

// Kind names the task.
func (LookAtRefund) Kind() string { return "payments.look_at_refund" }

// errandRefund is the kind of a refund's errand.
const errandRefund errandKind = "refund"

// waitsForMoney is the gateway's no to what may be tried again: there is not so
// much there now.
const waitsForMoney = "balance_insufficient"

func (s *Service) refundErrand(c id.Cooperative, r Refund) errand {
	order := RefundOrder{Refund: r.ref(), Charge: r.charge, Amount: r.Amount}
	return errand{
		cooperative: c, kind: errandRefund, subject: r.ref(), input: order,
		do: func(ctx context.Context, key string) (string, error) {
			there, err := s.gateway.Refund(ctx, key, order)
			return there.ID, err
		},
		look: func(ctx context.Context) (string, bool, error) {
			there, found, err := s.gateway.FindRefund(ctx, r.charge, r.ref())
			return there.ID, found, err
		},
	}
}

// SendRefund has an approved refund made, once. While no money leaves the
// cooperative it does nothing. What the gateway refuses for good ends the refund,
// and the office hears of it. Its handler shape is that of tasks.Handle.
func (s *Service) SendRefund(ctx context.Context, _ string, t SendRefund) (func(context.Context, pgx.Tx) error, error) {
	r, err := findRefund(ctx, s.db, t.Cooperative, t.Refund)
	if err != nil || r.State != RefundApproved {
		return nil, ignoreNotFound(err)
	}
	if err := s.mayMove(ctx, t.Cooperative); err != nil {
		return nil, ignoreWaiting(err)
	}
	outside, err := s.run(ctx, s.refundErrand(t.Cooperative, r))
	var refused *Refused
	switch {
	case errors.As(err, &refused) && refused.Code != waitsForMoney:
		return func(ctx context.Context, tx pgx.Tx) error { return s.refusedRefundTx(ctx, tx, t, refused.Code) }, nil
	case err != nil:
		return nil, err
	}
	return s.refundStep(ctx, LookAtRefund{Refund: t.Refund, Cooperative: t.Cooperative}, outside)
}

// LookAtRefund asks how the refund is. One that the gateway knows and we do not,
// since the answer to our call was lost, is ours; one that somebody made by hand
// over there is noted. Its handler shape is that of tasks.Handle.
func (s *Service) LookAtRefund(ctx context.Context, _ string, t LookAtRefund) (func(context.Context, pgx.Tx) error, error) {
	if t.Refund.IsZero() {
		return s.foundStep(ctx, t)
	}
	r, err := findRefund(ctx, s.db, t.Cooperative, t.Refund)
	if err != nil || r.outside == "" && t.Outside == "" {
		return nil, ignoreNotFound(err)
	}
	if r.outside != "" {
		return s.refundStep(ctx, t, r.outside)
	}
	if err := endErrand(ctx, s.db, s.refundErrand(t.Cooperative, r), t.Outside); err != nil {
		return nil, err
	}
	return s.refundStep(ctx, t, t.Outside)
}

func (s *Service) refundStep(ctx context.Context, t LookAtRefund, outside string) (func(context.Context, pgx.Tx) error, error) {
	there, err := s.gateway.RefundNow(ctx, outside)
	if err != nil || there.Ref != Reference(t.Refund.String()) && there.Ref != "" {
		return nil, ignoreNotFound(err)
	}
	return func(ctx context.Context, tx pgx.Tx) error {
		return s.refundedTx(ctx, tx, t.Cooperative, t.Refund, there)
	}, nil
}

// refundedTx records how a refund is, unless that is nothing new.
func (s *Service) refundedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, refund RefundID, there RefundThere) error {
	b, r, err := lockRefund(ctx, tx, c, refund)
	switch {
	case err != nil:
		return ignoreNotFound(err)
	case there.Amount != r.Amount, r.outside != "" && r.outside != there.ID:
		return tasks.GiveUp(ErrAmount) // a human looks
	}
	if r.State.rank() == 0 { // it was approved, and a database that was put back forgot that
		if err := s.adoptRefundTx(ctx, tx, c, b, &r, there); err != nil {
			return err
		}
	}
	return s.moveRefundTx(ctx, tx, c, b, r, r.State.then(there.State), there.ID)
}

func (s *Service) moveRefundTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, r Refund, to RefundStep, outside string) error {
	if to == r.State {
		return nil
	}
	if list := r.entries(b.client, to); len(list) > 0 {
		if err := s.postTx(ctx, tx, c, list...); err != nil {
			return err
		}
	}
	if err := updateRefund(ctx, tx, c, r.ID, to, outside, s.now()); err != nil {
		return err
	}
	switch {
	case to == RefundHasFailed:
		return s.tellBackTx(ctx, tx, c, b, BackTold{What: BackRefundFailed, Bill: b.id})
	case !r.sent:
		return s.tellTx(ctx, tx, c, BillTold{Bill: b.id, Cooperative: c}, clientMoved(c, b))
	}
	return s.tellTx(ctx, tx, c, clientMoved(c, b))
}

// refusedRefundTx ends what the gateway will not do.
func (s *Service) refusedRefundTx(ctx context.Context, tx pgx.Tx, t SendRefund, code string) error {
	b, r, err := lockRefund(ctx, tx, t.Cooperative, t.Refund)
	if err != nil || r.State != RefundApproved {
		return ignoreNotFound(err)
	}
	if err := noteRefused(ctx, tx, t.Cooperative, t.Refund, code); err != nil {
		return err
	}
	return s.moveRefundTx(ctx, tx, t.Cooperative, b, r, RefundHasFailed, "")
}
