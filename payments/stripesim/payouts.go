package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// payout sends money of one account to its bank.
type payout struct {
	ID          string
	Account     string
	Status      string
	Amount      int64
	Method      string
	Description string
	Statement   string
	Metadata    map[string]string
	Txn         string
	Failure     string // the balance transaction that brought the money back
	Created     time.Time
	Arrives     time.Time
	Due         *time.Time // when its next step comes
}

// The values of metadata[simulate] that let a payout fail: at once, or after it
// was called paid, as happens at real banks.
const (
	failsAtOnce = "fail"
	failsLate   = "fail_late"
)

// createPayout handles POST /v1/payouts.
func createPayout(q *request) action {
	form := q.params
	p := payout{
		Account: q.account, Status: "pending", Amount: form.amount("amount"), Method: form.choice("method", "standard", "instant"),
		Description: form.text("description"), Statement: form.text("statement_descriptor"), Metadata: form.metadata("metadata"), Created: q.now,
	}
	form.euros("currency")
	form.choice("source_type", "card")
	return func(ctx context.Context, c *change) (object, error) {
		room, err := holdBalance(ctx, c.tx, p.Account, c.now)
		if err != nil {
			return nil, err
		}
		if p.Amount > room {
			return nil, notEnough("You have insufficient funds in your Stripe account for this payout.")
		}
		return c.payout(ctx, p)
	}
}

func (c *change) payout(ctx context.Context, p payout) (_ object, err error) {
	p.ID, p.Arrives = c.id("po_"), c.now.Add(c.config.PayoutDelay)
	p.Due = &p.Arrives
	p.Txn, err = c.move(ctx, txn{Account: p.Account, Type: "payout", Amount: -p.Amount, Source: p.ID})
	if err != nil {
		return nil, err
	}
	if err := insertPayout(ctx, c.tx, p); err != nil {
		return nil, err
	}
	return p.render(), c.tell(ctx, p.Account, "payout.created", p.render())
}

// step brings a due payout to its next state; the caller has locked it.
func (c *change) step(ctx context.Context, p payout) error {
	fails := p.Metadata["simulate"]
	if fails == failsAtOnce || p.Status == "paid" {
		return c.bounce(ctx, p)
	}
	p.Status, p.Due = "paid", nil
	if fails == failsLate {
		next := c.now.Add(c.config.PayoutDelay)
		p.Due = &next
	}
	if err := updatePayout(ctx, c.tx, p); err != nil {
		return err
	}
	return c.tell(ctx, p.Account, "payout.paid", p.render())
}

// bounce brings the money back to the account.
func (c *change) bounce(ctx context.Context, p payout) (err error) {
	p.Status, p.Due = "failed", nil
	p.Failure, err = c.move(ctx, txn{Account: p.Account, Type: "payout_failure", Amount: p.Amount, Source: p.ID})
	if err != nil {
		return err
	}
	if err := updatePayout(ctx, c.tx, p); err != nil {
		return err
	}
	return c.tell(ctx, p.Account, "payout.failed", p.render())
}

// getPayout handles GET /v1/payouts/{id}.
func getPayout(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		p, err := findPayout(ctx, c.tx, q.id, q.account)
		return p.render(), err
	}
}

// listPayouts handles GET /v1/payouts.
func listPayouts(q *request) action {
	status := q.params.choice("status", "", "pending", "paid", "failed")
	return list(q, q.page(), payoutKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]payout, error) {
		return selectPayouts(ctx, tx, p, q.account, status)
	})
}

func (p payout) render() object {
	o := object{
		"id": p.ID, "object": "payout", "livemode": false, "amount": p.Amount, "currency": "eur", "status": p.Status, "method": p.Method,
		"type": "bank_account", "source_type": "card", "automatic": false, "destination": nil, "balance_transaction": p.Txn,
		"description": orNull(p.Description), "statement_descriptor": orNull(p.Statement), "metadata": p.Metadata,
		"failure_balance_transaction": orNull(p.Failure), "failure_code": nil, "failure_message": nil,
		"reconciliation_status": "not_applicable", "created": unix(p.Created), "arrival_date": unix(p.Arrives),
	}
	if p.Status == "failed" {
		o["failure_code"], o["failure_message"] = "account_closed", "The bank account has been closed."
	}
	return o
}
