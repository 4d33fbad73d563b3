package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// txn is a balance transaction: what one object did to one balance.
type txn struct {
	ID        string
	Account   string
	Type      string
	Amount    int64
	Fee       int64
	Net       int64
	Source    string
	Created   time.Time
	Available time.Time
	Pending   bool // when it was read
}

// feeOf is what a card payment costs: 1.5 %, half a cent upwards, and 25 cents.
func feeOf(amount int64) int64 { return (amount*15+500)/1000 + 25 }

// getTxn handles GET /v1/balance_transactions/{id}.
func getTxn(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		t, err := findTxn(ctx, c.tx, q.id, q.account, c.now)
		return t.render(), err
	}
}

// listTxns handles GET /v1/balance_transactions.
func listTxns(q *request) action {
	if q.params.has("currency") {
		q.params.euros("currency")
	}
	source, kind := q.params.text("source"), q.params.text("type")
	return list(q, q.page(), txnKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]txn, error) {
		return selectTxns(ctx, tx, p, q.account, source, kind, q.now)
	})
}

func (t txn) render() object {
	status := "available"
	if t.Pending {
		status = "pending"
	}
	fees := []object{}
	if t.Fee > 0 {
		fees = append(fees, object{"amount": t.Fee, "application": nil, "currency": "eur", "description": "Stripe processing fees", "type": "stripe_fee"})
	}
	return object{
		"id": t.ID, "object": "balance_transaction", "type": t.Type, "reporting_category": t.category(),
		"amount": t.Amount, "fee": t.Fee, "fee_details": fees, "net": t.Net, "currency": "eur", "exchange_rate": nil,
		"source": t.Source, "status": status, "description": nil, "created": unix(t.Created), "available_on": unix(t.Available),
	}
}

func (t txn) category() string {
	switch t.Type {
	case "payment":
		return "charge"
	case "payout_failure":
		return "payout_reversal"
	}
	return t.Type
}

// getBalance handles GET /v1/balance.
func getBalance(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		available, pending, err := readBalance(ctx, c.tx, q.account, c.now)
		return object{
			"object": "balance", "livemode": false,
			"available": funds(available), "pending": funds(pending), "instant_available": funds(max(available, 0)),
		}, err
	}
}

func funds(amount int64) []object {
	return []object{{"amount": amount, "currency": "eur", "source_types": object{"card": amount}}}
}
