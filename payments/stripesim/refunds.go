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
	if err := checkRefund(ch, r.Amount, left); err != nil {
		return nil, err
	}
	var err error
	r.ID, r.Charge, r.Intent = c.id("re_"), ch.ID, ch.Intent
	r.Txn, err = c.move(ctx, txn{Account: platform, Type: "refund", Amount: -r.Amount, Source: r.ID, Available: ch.Available})
	if err != nil {
		return nil, err
	}
	ch.Refunded += r.Amount
	if err := insertRefund(ctx, c.tx, r); err != nil {
		return nil, err
	}
	if err := updateRefunded(ctx, c.tx, ch); err != nil {
		return nil, err
	}
	return r.render(), c.tell(ctx, platform, "charge.refunded", ch.render())
}

// checkRefund never lets more go back than came in.
func checkRefund(ch charge, amount, left int64) error {
	switch {
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
	return object{
		"id": r.ID, "object": "refund", "amount": r.Amount, "currency": "eur", "status": "succeeded", "charge": r.Charge, "payment_intent": r.Intent,
		"reason": orNull(r.Reason), "metadata": r.Metadata, "balance_transaction": r.Txn, "created": unix(r.Created),
		"receipt_number": nil, "source_transfer_reversal": nil, "transfer_reversal": nil,
	}
}
