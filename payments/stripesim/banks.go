package stripesim

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// practiceIBAN is Stripe's test number of a Dutch bank account that works.
const (
	practiceIBAN = "NL39RABO0300065264"
	practiceEnd  = "5264"
)

// bank is a bank account to which a connected account is paid out.
type bank struct {
	ID       string
	Account  string
	Last4    string
	Status   string
	Simulate string // how payouts to it end
	Created  time.Time
}

// addBank makes this the account's bank. The caller has locked the account.
func (c *change) addBank(ctx context.Context, a *account, last4, simulate string) error {
	b := bank{ID: c.id("ba_"), Account: a.ID, Last4: last4, Status: "new", Simulate: simulate, Created: c.now}
	if err := insertBank(ctx, c.tx, b); err != nil {
		return err
	}
	before := a.Bank
	a.Bank, a.Banks = b.ID, append([]bank{b}, a.Banks...)
	if err := c.tell(ctx, a.ID, "account.external_account.created", b.render(a.Bank)); err != nil || before == "" {
		return err
	}
	return c.tellBank(ctx, *a, before)
}

// tellBank says that one of the account's banks is not as it was.
func (c *change) tellBank(ctx context.Context, a account, id string) error {
	for _, b := range a.Banks {
		if b.ID == id {
			return c.tell(ctx, a.ID, "account.external_account.updated", b.render(a.Bank))
		}
	}
	return nil
}

// bankRefused notes that a payout came back from this bank.
func (c *change) bankRefused(ctx context.Context, p payout) error {
	if p.Bank == "" {
		return nil
	}
	if err := updateBankStatus(ctx, c.tx, p.Bank, "errored"); err != nil {
		return err
	}
	a, err := readAnyAccount(ctx, c.tx, p.Account)
	if err != nil {
		return err
	}
	return c.tellBank(ctx, a, p.Bank)
}

// listBanks handles GET /v1/accounts/{id}/external_accounts.
func listBanks(q *request) action {
	q.params.choice("object", "bank_account")
	return list(q, q.page(), bankKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]listedBank, error) {
		a, err := findAccount(ctx, tx, q.id)
		if err != nil {
			return nil, err
		}
		banks, err := selectBanks(ctx, tx, p, a.ID)
		rows := make([]listedBank, len(banks))
		for i, b := range banks {
			rows[i] = listedBank{b, a.Bank}
		}
		return rows, err
	})
}

// getBank handles GET /v1/accounts/{id}/external_accounts/{sub}.
func getBank(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		a, err := findAccount(ctx, c.tx, q.id)
		if err != nil {
			return nil, err
		}
		for _, b := range a.Banks {
			if b.ID == q.sub {
				return b.render(a.Bank), nil
			}
		}
		return nil, missing("external account", q.sub, "")
	}
}

// listedBank is a bank that knows whether it is the current one.
type listedBank struct {
	bank
	current string
}

func (b listedBank) render() object { return b.bank.render(b.current) }

func (b bank) render(current string) object {
	return object{
		"id": b.ID, "object": "bank_account", "account": b.Account, "account_holder_name": nil, "account_holder_type": nil, "account_type": nil,
		"available_payout_methods": []string{"standard", "instant"}, "bank_name": "STRIPE TEST BANK", "country": "NL", "currency": "eur",
		"default_for_currency": b.ID == current, "fingerprint": nil, "last4": b.Last4, "metadata": object{}, "routing_number": nil, "status": b.Status,
	}
}
