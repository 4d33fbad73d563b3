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
	Method      string
	Simulate    string // what its way brings later
	Disputed    bool
	Due         *time.Time // when its next step comes
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

// kind is how Stripe calls the charge among balance transactions.
func (ch charge) kind() string {
	if ch.Method == "card" {
		return "charge"
	}
	return "payment"
}

// fee is what the payment costs: a card 1.5 %, half a cent upwards, and 25 cents;
// iDEAL and a debit the same whatever the amount.
func (ch charge) fee() int64 {
	switch ch.Method {
	case "ideal":
		return 29
	case "sepa_debit":
		return 35
	}
	return (ch.Amount*15+500)/1000 + 25
}

func (ch charge) render() object {
	good := ch.Status == "succeeded"
	o := object{
		"id": ch.ID, "object": "charge", "livemode": false, "status": ch.Status, "paid": good, "captured": ch.Status != "failed", "currency": "eur",
		"amount": ch.Amount, "amount_captured": 0, "amount_refunded": ch.Refunded, "refunded": good && ch.Refunded == ch.Amount,
		"balance_transaction": orNull(ch.Txn), "payment_intent": ch.Intent, "transfer_group": orNull(ch.Group), "customer": nil, "disputed": ch.Disputed,
		"description": orNull(ch.Description), "metadata": ch.Metadata, "failure_code": nil, "failure_message": nil, "created": unix(ch.Created),
		"billing_details":        object{"address": nil, "email": nil, "name": nil, "phone": nil},
		"payment_method_details": ch.details(),
		"outcome":                object{"type": "authorized", "network_status": "approved_by_network", "seller_message": "Payment complete."},
	}
	if ch.Status != "failed" {
		o["amount_captured"] = ch.Amount
		return o
	}
	o["failure_code"], o["failure_message"] = ch.failure(), declineText
	o["outcome"] = object{"type": "issuer_declined", "network_status": "declined_by_network", "reason": ch.Decline, "seller_message": declineText}
	return o
}

func (ch charge) failure() string { return failureOf(ch.Method, ch.Decline) }

// failureOf is Stripe's code for a payment that failed.
func failureOf(method, decline string) string {
	switch method {
	case "sepa_debit":
		return decline
	case "ideal":
		return "payment_method_provider_decline"
	}
	return "card_declined"
}

func (ch charge) details() object {
	switch ch.Method {
	case "ideal":
		return object{"type": "ideal", "ideal": object{
			"bank": "rabobank", "bic": "RABONL2U", "generated_sepa_debit": nil, "generated_sepa_debit_mandate": nil, "iban_last4": ch.Card, "verified_name": nil,
		}}
	case "sepa_debit":
		return object{"type": "sepa_debit", "sepa_debit": object{
			"bank_code": "19043", "branch_code": nil, "country": "AT", "fingerprint": nil, "last4": ch.Card, "mandate": nil,
		}}
	}
	return object{"type": "card", "card": object{
		"brand": "visa", "last4": ch.Card, "country": "NL", "funding": "credit", "exp_month": 12, "exp_year": 2034,
		"checks": nil, "fingerprint": nil, "installments": nil, "mandate": nil, "network": "visa", "three_d_secure": nil, "wallet": nil,
	}}
}
