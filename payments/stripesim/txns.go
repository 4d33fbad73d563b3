package stripesim

import (
	"context"
	"slices"
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
	source, kinds := q.params.text("source"), []string{}
	switch kind := q.params.text("type"); kind {
	case "":
	case "adjustment":
		kinds = adjusts()
	default:
		kinds = append(kinds, kind)
	}
	return list(q, q.page(), txnKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]txn, error) {
		return selectTxns(ctx, tx, p, q.account, source, kinds, q.now)
	})
}

func (t txn) render() object {
	status := "available"
	if t.Pending {
		status = "pending"
	}
	fees := []object{}
	if t.Fee > 0 {
		fees = append(fees, object{"amount": t.Fee, "application": nil, "currency": "eur", "description": t.feeText(), "type": "stripe_fee"})
	}
	return object{
		"id": t.ID, "object": "balance_transaction", "type": t.kind(), "reporting_category": t.category(),
		"amount": t.Amount, "fee": t.Fee, "fee_details": fees, "net": t.Net, "currency": "eur", "exchange_rate": nil,
		"source": t.Source, "status": status, "description": nil, "created": unix(t.Created), "available_on": unix(t.Available),
	}
}

func (t txn) feeText() string {
	if t.Type == "dispute" {
		return "Dispute fee"
	}
	return "Stripe processing fees"
}

// adjusts are the types that Stripe calls an adjustment; only their category
// says which.
func adjusts() []string { return []string{"dispute", "dispute_reversal"} }

func (t txn) kind() string {
	if slices.Contains(adjusts(), t.Type) {
		return "adjustment"
	}
	return t.Type
}

func (t txn) category() string {
	switch t.Type {
	case "payment":
		return "charge"
	case "payment_refund":
		return "refund"
	case "payment_failure_refund":
		return "refund_failure"
	case "transfer_refund":
		return "transfer_reversal"
	case "payout_failure", "payout_cancel":
		return "payout_reversal"
	}
	return t.Type
}

// getBalance handles GET /v1/balance.
func getBalance(q *request) action {
	return func(ctx context.Context, c *change) (object, error) { return c.balanceOf(ctx, q.account) }
}

func (c *change) balanceOf(ctx context.Context, id string) (object, error) {
	a, err := readOwn(ctx, c.tx, id)
	if err != nil {
		return nil, err
	}
	available, pending, err := readBalance(ctx, c.tx, id, c.now)
	instant := max(available, 0)
	if a.Metadata["simulate"] == noInstant || !a.PaysOut {
		instant = 0
	}
	return object{
		"object": "balance", "livemode": false, "available": funds(available), "pending": funds(pending), "instant_available": funds(instant),
	}, err
}

// ripen tells one account that money of it became available.
func ripen(ctx context.Context, c *change) (bool, error) {
	account, found, err := lockRipe(ctx, c.tx, c.now)
	if err != nil || !found {
		return false, err
	}
	available, pending, err := readBalance(ctx, c.tx, account, c.now)
	if err != nil {
		return false, err
	}
	return true, c.tell(ctx, account, "balance.available", object{
		"object": "balance", "livemode": false, "available": funds(available), "pending": funds(pending),
	})
}

func funds(amount int64) []object {
	return []object{{"amount": amount, "currency": "eur", "source_types": object{"card": amount}}}
}
