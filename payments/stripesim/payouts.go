package stripesim

import (
	"cmp"
	"context"
	"slices"
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
	Bank        string     // where it goes; "" is the platform's own
	Code        string     // why it failed
}

// The values of metadata[simulate] that let a payout fail: at once, or after it
// was called paid, as happens at real banks.
const (
	failsAtOnce = "fail"
	failsLate   = "fail_late"
)

// instantly is how long an instant payout is on its way, at most.
const instantly = 30 * time.Minute

// createPayout handles POST /v1/payouts.
func createPayout(q *request) action {
	form := q.params
	p := payout{
		Account: q.account, Status: "pending", Amount: form.amount("amount"), Method: form.choice("method", "standard", "instant"),
		Description: form.text("description"), Statement: form.text("statement_descriptor"), Metadata: form.metadata("metadata"), Created: q.now,
		Bank: form.text("destination"),
	}
	form.euros("currency")
	form.choice("source_type", "card", "bank_account")
	return func(ctx context.Context, c *change) (object, error) {
		if err := c.checkPayout(ctx, &p); err != nil {
			return nil, err
		}
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

// checkPayout finds the bank: the one that is asked for, or the account's current
// one. It refuses a bank of somebody else, and an account that may not pay out.
func (c *change) checkPayout(ctx context.Context, p *payout) error {
	a, err := readOwn(ctx, c.tx, p.Account)
	if err != nil {
		return err
	}
	asked := p.Bank
	p.Bank = cmp.Or(asked, a.Bank)
	switch {
	case asked != "" && !slices.ContainsFunc(a.Banks, func(b bank) bool { return b.ID == asked }):
		return missing("external account", asked, "destination")
	case !a.PaysOut:
		return invalid("payouts_not_allowed", "", "Cannot create payouts: this account has requirements that are not fulfilled.")
	case p.Method == "instant" && a.Metadata["simulate"] == noInstant:
		return invalid("instant_payouts_unsupported", "method", "Your bank account does not support Instant Payouts.")
	}
	return nil
}

// noInstant is the value of metadata[simulate] of an account whose bank knows no
// instant payouts.
const noInstant = "no_instant"

func (c *change) payout(ctx context.Context, p payout) (_ object, err error) {
	way := c.config.PayoutDelay
	if p.Method == "instant" {
		way = min(way, instantly)
	}
	p.ID, p.Arrives = c.id("po_"), c.now.Add(way)
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
	fails, err := c.fateOf(ctx, p)
	if err != nil {
		return err
	}
	if fails == failsAtOnce || p.Status == "paid" {
		return c.bounce(ctx, p, "account_closed")
	}
	return c.arrive(ctx, p, fails == failsLate)
}

// fateOf is how the payout ends: as it says itself, or as its bank does.
func (c *change) fateOf(ctx context.Context, p payout) (string, error) {
	if fate := p.Metadata["simulate"]; fate != "" || p.Bank == "" {
		return fate, nil
	}
	return readFate(ctx, c.tx, p.Bank)
}

// arrive lets a payout be called paid, for good or for a while.
func (c *change) arrive(ctx context.Context, p payout, returns bool) error {
	p.Status, p.Due = "paid", nil
	if returns {
		next := c.now.Add(max(c.config.LateDelay, c.config.PayoutDelay))
		p.Due = &next
	}
	if err := updatePayout(ctx, c.tx, p); err != nil {
		return err
	}
	return c.tell(ctx, p.Account, "payout.paid", p.render())
}

// bounce brings the money back to the account, also of a payout that was called
// paid.
func (c *change) bounce(ctx context.Context, p payout, code string) error {
	p.Status, p.Code = "failed", code
	if err := c.returnPayout(ctx, p, "payout_failure", "payout.failed"); err != nil {
		return err
	}
	return c.bankRefused(ctx, p)
}

func (c *change) returnPayout(ctx context.Context, p payout, kind, news string) (err error) {
	p.Due = nil
	p.Failure, err = c.move(ctx, txn{Account: p.Account, Type: kind, Amount: p.Amount, Source: p.ID})
	if err != nil {
		return err
	}
	if err := updatePayout(ctx, c.tx, p); err != nil {
		return err
	}
	return c.tell(ctx, p.Account, news, p.render())
}

// cancelPayout handles POST /v1/payouts/{id}/cancel.
func cancelPayout(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		p, err := lockPayout(ctx, c.tx, q.id, q.account)
		if err != nil {
			return nil, err
		}
		if p.Status != "pending" {
			return nil, invalid("", "", "Payouts can only be canceled while they are pending. This one has a status of %s.", p.Status)
		}
		p.Status = "canceled"
		if err := c.returnPayout(ctx, p, "payout_cancel", "payout.canceled"); err != nil {
			return nil, err
		}
		p, err = findPayout(ctx, c.tx, p.ID, p.Account)
		return p.render(), err
	}
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
	status := q.params.choice("status", "", "pending", "paid", "failed", "canceled")
	return list(q, q.page(), payoutKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]payout, error) {
		return selectPayouts(ctx, tx, p, q.account, status)
	})
}

func (p payout) render() object {
	o := object{
		"id": p.ID, "object": "payout", "livemode": false, "amount": p.Amount, "currency": "eur", "status": p.Status, "method": p.Method,
		"type": "bank_account", "source_type": "card", "automatic": false, "destination": orNull(p.Bank), "balance_transaction": p.Txn,
		"description": orNull(p.Description), "statement_descriptor": orNull(p.Statement), "metadata": p.Metadata,
		"failure_balance_transaction": orNull(p.Failure), "failure_code": nil, "failure_message": nil,
		"original_payout": nil, "reversed_by": nil, "reconciliation_status": "not_applicable", "created": unix(p.Created), "arrival_date": unix(p.Arrives),
	}
	if p.Status == "failed" {
		o["failure_code"], o["failure_message"] = p.Code, "The bank could not process this payout."
	}
	return o
}
