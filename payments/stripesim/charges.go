package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// charge is one attempt to pay.
type charge struct {
	ID          string
	Intent      string
	Status      string
	Amount      int64
	Refunded    int64
	Description string
	Group       string
	Metadata    map[string]string
	Card        string
	Decline     string
	Txn         string
	Created     time.Time
	Available   time.Time
}

const declineText = "Your card was declined."

// getCharge handles GET /v1/charges/{id}.
func getCharge(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		ch, err := findCharge(ctx, c.tx, q.id, "")
		return ch.render(), err
	}
}

// listCharges handles GET /v1/charges.
func listCharges(q *request) action {
	intent, group := q.params.text("payment_intent"), q.params.text("transfer_group")
	return list(q, q.page(), chargeKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]charge, error) {
		return selectCharges(ctx, tx, p, intent, group)
	})
}

func (ch charge) render() object {
	good := ch.Status == "succeeded"
	o := object{
		"id": ch.ID, "object": "charge", "livemode": false, "status": ch.Status, "paid": good, "captured": good, "currency": "eur",
		"amount": ch.Amount, "amount_captured": 0, "amount_refunded": ch.Refunded, "refunded": good && ch.Refunded == ch.Amount,
		"balance_transaction": orNull(ch.Txn), "payment_intent": ch.Intent, "transfer_group": orNull(ch.Group), "customer": nil, "disputed": false,
		"description": orNull(ch.Description), "metadata": ch.Metadata, "failure_code": nil, "failure_message": nil, "created": unix(ch.Created),
		"billing_details": object{"address": nil, "email": nil, "name": nil, "phone": nil},
		"payment_method_details": object{"type": "card", "card": object{
			"brand": "visa", "last4": ch.Card, "country": "NL", "funding": "credit", "exp_month": 12, "exp_year": 2034,
		}},
		"outcome": object{"type": "authorized", "network_status": "approved_by_network", "seller_message": "Payment complete."},
	}
	if good {
		o["amount_captured"] = ch.Amount
		return o
	}
	o["failure_code"], o["failure_message"] = "card_declined", declineText
	o["outcome"] = object{"type": "issuer_declined", "network_status": "declined_by_network", "reason": ch.Decline, "seller_message": declineText}
	return o
}
