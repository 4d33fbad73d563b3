package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// refund gives money of a charge back. Stripe's fee stays paid.
type refund struct {
	ID       string
	Charge   string
	Intent   string
	Amount   int64
	Reason   string
	Metadata map[string]string
	Txn      string
	Created  time.Time
	Status   string
	Failure  string     // the balance transaction that brought the money back
	Simulate string     // what comes of it
	Due      *time.Time // when its next step comes
}

// createRefund handles POST /v1/refunds: of a charge, or of the intent's charge
// that succeeded; all that is left unless an amount is given.
func createRefund(q *request) action {
	p := q.params
	r := refund{
		Charge: p.text("charge"), Intent: p.text("payment_intent"), Metadata: p.metadata("metadata"), Created: q.now,
		Reason: p.choice("reason", "", "duplicate", "fraudulent", "requested_by_customer"),
	}
	if (r.Charge == "") == (r.Intent == "") {
		p.refuse(invalid("parameter_missing", "payment_intent", "One of the following params should be provided for this request: payment_intent or charge."))
	}
	if p.has("amount") {
		r.Amount = p.amount("amount")
	}
	return func(ctx context.Context, c *change) (object, error) {
		ch, err := c.refundable(ctx, r)
		if err != nil {
			return nil, err
		}
		return c.refund(ctx, ch, r)
	}
}

// refundable locks the charge, so that refunds of it come one by one.
func (c *change) refundable(ctx context.Context, r refund) (charge, error) {
	if r.Charge != "" {
		return lockCharge(ctx, c.tx, r.Charge, "charge")
	}
	i, err := findIntent(ctx, c.tx, r.Intent, "payment_intent")
	if err != nil {
		return charge{}, err
	}
	if i.Status != "succeeded" {
		return charge{}, invalid("payment_intent_unexpected_state", "payment_intent", "This PaymentIntent (%s) does not have a successful charge to refund.", i.ID)
	}
	return lockCharge(ctx, c.tx, i.Charge, "payment_intent")
}

func (c *change) refund(ctx context.Context, ch charge, r refund) (object, error) {
	left := ch.Amount - ch.Refunded
	if r.Amount == 0 {
		r.Amount = left
	}
	if err := c.checkRefund(ctx, ch, r.Amount, left); err != nil {
		return nil, err
	}
	var err error
	r.ID, r.Charge, r.Intent = c.id(ch.refundPrefix()), ch.ID, ch.Intent
	r.begin(c, ch)
	r.Txn, err = c.move(ctx, txn{Account: platform, Type: ch.refundKind(), Amount: -r.Amount, Source: r.ID, Available: ch.Available})
	if err != nil {
		return nil, err
	}
	ch.Refunded += r.Amount
	if err := insertRefund(ctx, c.tx, r); err != nil {
		return nil, err
	}
	if err := updateCharge(ctx, c.tx, ch); err != nil {
		return nil, err
	}
	if err := c.tell(ctx, platform, "refund.created", r.render()); err != nil {
		return nil, err
	}
	return r.render(), c.tell(ctx, platform, "charge.refunded", ch.render())
}

// begin says how a new refund stands, and what comes of it: by
// metadata[simulate], or by the way in which the charge was paid.
func (r *refund) begin(c *change, ch charge) {
	r.Status, r.Simulate = "succeeded", map[string]string{"pending": refundsPending, failsAtOnce: refundsFail, failsLate: refundsFailLate}[r.Metadata["simulate"]]
	if r.Simulate == "" && (ch.Simulate == refundsPending || ch.Simulate == refundsFailLate) {
		r.Simulate = ch.Simulate
	}
	if r.Simulate == "" && ch.Method == "sepa_debit" {
		r.Simulate = refundsPending
	}
	if r.Simulate == "" {
		return
	}
	due := c.now.Add(c.config.RefundDelay)
	r.Due = &due
	if r.Simulate != refundsFailLate {
		r.Status = "pending"
	}
}

func (ch charge) refundPrefix() string {
	if ch.kind() == "payment" {
		return "pyr_"
	}
	return "re_"
}

// refundKind is how Stripe calls a refund among balance transactions.
func (ch charge) refundKind() string {
	if ch.kind() == "payment" {
		return "payment_refund"
	}
	return "refund"
}

func (ch charge) refundFailureKind() string {
	if ch.kind() == "payment" {
		return "payment_failure_refund"
	}
	return "refund_failure"
}

// stepRefund does what time brings to one refund.
func stepRefund(ctx context.Context, c *change) (bool, error) {
	due, err := lockDueRefund(ctx, c.tx, c.now)
	for _, r := range due {
		err = c.endRefund(ctx, r, r.Simulate == refundsPending)
	}
	return len(due) > 0, err
}

// endRefund lets a refund, which the caller has locked, succeed or fail. When it
// fails its money is back on the balance, and the charge is as if nothing had
// been tried.
func (c *change) endRefund(ctx context.Context, r refund, good bool) (err error) {
	r.Status, r.Due = "succeeded", nil
	if !good {
		r.Status = "failed"
		ch, err := lockCharge(ctx, c.tx, r.Charge, "")
		if err != nil {
			return err
		}
		r.Failure, err = c.move(ctx, txn{Account: platform, Type: ch.refundFailureKind(), Amount: r.Amount, Source: r.ID})
		if err != nil {
			return err
		}
		ch.Refunded -= r.Amount
		if err := updateCharge(ctx, c.tx, ch); err != nil {
			return err
		}
	}
	if err := updateRefund(ctx, c.tx, r); err != nil {
		return err
	}
	if err := c.tell(ctx, platform, "charge.refund.updated", r.render()); err != nil {
		return err
	}
	return c.tell(ctx, platform, "refund.updated", r.render())
}

// checkRefund never lets more go back than came in.
func (c *change) checkRefund(ctx context.Context, ch charge, amount, left int64) error {
	state, err := disputeState(ctx, c.tx, ch.ID)
	if err != nil {
		return err
	}
	switch {
	case state == "needs_response" || state == "under_review" || state == "lost":
		return invalid("charge_disputed", "", "Charge %s has been charged back; cannot issue a refund.", ch.ID)
	case ch.Status != "succeeded":
		return invalid("charge_not_refundable", "charge", "Charge %s did not succeed.", ch.ID)
	case left == 0:
		return invalid("charge_already_refunded", "", "Charge %s has already been refunded.", ch.ID)
	case amount > left:
		return invalid("", "amount", "Refund amount (%d cents) is greater than unrefunded amount on charge (%d cents)", amount, left)
	}
	return nil
}

// getRefund handles GET /v1/refunds/{id}.
func getRefund(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		r, err := findRefund(ctx, c.tx, q.id)
		return r.render(), err
	}
}

// listRefunds handles GET /v1/refunds.
func listRefunds(q *request) action {
	ch, intent := q.params.text("charge"), q.params.text("payment_intent")
	return list(q, q.page(), refundKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]refund, error) {
		return selectRefunds(ctx, tx, p, ch, intent)
	})
}

func (r refund) render() object {
	o := object{
		"id": r.ID, "object": "refund", "amount": r.Amount, "currency": "eur", "status": r.Status, "charge": r.Charge, "payment_intent": r.Intent,
		"reason": orNull(r.Reason), "metadata": r.Metadata, "balance_transaction": r.Txn, "created": unix(r.Created),
		"receipt_number": nil, "source_transfer_reversal": nil, "transfer_reversal": nil,
	}
	if r.Status == "failed" {
		o["failure_balance_transaction"], o["failure_reason"] = r.Failure, "expired_or_canceled_card"
	}
	return o
}
