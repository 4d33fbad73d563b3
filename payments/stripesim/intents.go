package stripesim

import (
	"context"
	"time"
)

// intent is the payment of one session, over all attempts.
type intent struct {
	ID          string
	Session     string
	Status      string
	Amount      int64
	Description string
	Group       string
	Metadata    map[string]string
	Charge      string // the last attempt
	Created     time.Time
	Last        string // why the last attempt was declined
	Methods     []string
	Tried       string // the method of the last attempt
}

// getIntent handles GET /v1/payment_intents/{id}.
func getIntent(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		i, err := findIntent(ctx, c.tx, q.id, "")
		return i.render(), err
	}
}

// listIntents handles GET /v1/payment_intents.
func listIntents(q *request) action {
	return list(q, q.page(), intentKind(), selectIntents)
}

func (i intent) render() object {
	o := object{
		"id": i.ID, "object": "payment_intent", "livemode": false, "status": i.Status, "currency": "eur",
		"amount": i.Amount, "amount_capturable": 0, "amount_received": 0, "capture_method": "automatic_async", "confirmation_method": "automatic",
		"client_secret": nil, "customer": nil, "description": orNull(i.Description), "metadata": i.Metadata, "transfer_group": orNull(i.Group),
		"latest_charge": orNull(i.Charge), "payment_method_types": i.Methods, "canceled_at": nil, "created": unix(i.Created),
		"last_payment_error": nil,
	}
	if i.Status == "succeeded" {
		o["amount_received"] = i.Amount
	} else if i.Last != "" {
		o["last_payment_error"] = object{
			"type": "card_error", "code": failureOf(i.Tried, i.Last), "decline_code": i.Last, "charge": i.Charge, "message": declineText,
		}
	}
	return o
}
