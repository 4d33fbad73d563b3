package stripesim

import (
	"context"
	"time"
)

// account is a connected account. Unless the simulator asks new accounts for
// their bank first, it may be paid and pay out from the start.
type account struct {
	ID        string
	Type      string
	Email     string
	Business  string
	Payouts   string // the interval of its payout schedule
	Metadata  map[string]string
	Created   time.Time
	Submitted bool     // its owner told all that Stripe asked at first
	Transfers string   // the state of this capability
	PaysOut   bool     // payouts are enabled
	Due       []string // what Stripe still asks
	Disabled  string   // why payouts are not enabled
	Bank      string   // where payouts go
	Gone      *time.Time
	Banks     []bank // the newest first
}

// onboards is the value of metadata[simulate] that lets an account wait for its
// owner, whatever the simulator does with others.
const onboards = "onboard"

// firstAsked is what Stripe asks the owner of a new account.
func firstAsked() []string {
	return []string{"external_account", "individual.dob.day", "individual.first_name", "individual.last_name", "tos_acceptance.date"}
}

// createAccount handles POST /v1/accounts.
func createAccount(q *request) action {
	p := q.params
	a := account{
		Type: p.need("type"), Email: p.text("email"), Created: q.now,
		Business: p.choice("business_type", "", "individual", "company", "non_profit", "government_entity"),
		Payouts:  p.choice("settings[payouts][schedule][interval]", "daily", "manual"),
		Metadata: p.metadata("metadata"),
	}
	p.choice("type", "", "express", "custom")
	p.choice("country", "NL")
	p.choice("default_currency", "eur")
	p.choice("capabilities[transfers][requested]", "true", "false")
	p.choice("capabilities[card_payments][requested]", "false", "true")
	return func(ctx context.Context, c *change) (object, error) {
		a.ID = c.id("acct_")
		if err := c.openAccount(ctx, &a); err != nil {
			return nil, err
		}
		return a.render(), c.tell(ctx, a.ID, "account.updated", a.render())
	}
}

// openAccount gives a ready account a bank, so that its payouts have a place to
// go to.
func (c *change) openAccount(ctx context.Context, a *account) error {
	if c.config.Onboard || a.Metadata["simulate"] == onboards {
		a.Transfers, a.Due, a.Disabled = "inactive", firstAsked(), "requirements.past_due"
		return insertAccount(ctx, c.tx, *a)
	}
	a.Submitted, a.Transfers, a.PaysOut, a.Due = true, "active", true, []string{}
	b := bank{ID: c.id("ba_"), Account: a.ID, Last4: practiceEnd, Status: "new", Created: c.now}
	a.Bank, a.Banks = b.ID, []bank{b}
	if err := insertAccount(ctx, c.tx, *a); err != nil {
		return err
	}
	return insertBank(ctx, c.tx, b)
}

// getAccount handles GET /v1/accounts/{id}.
func getAccount(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		a, err := findAccount(ctx, c.tx, q.id)
		return a.render(), err
	}
}

// listAccounts handles GET /v1/accounts.
func listAccounts(q *request) action {
	return list(q, q.page(), accountKind(), selectAccounts)
}

// deleteAccount handles DELETE /v1/accounts/{id}. What still has money stays.
func deleteAccount(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		a, err := lockAccount(ctx, c.tx, q.id)
		if err != nil {
			return nil, err
		}
		room, err := totalOf(ctx, c.tx, a.ID)
		if err != nil {
			return nil, err
		}
		if room != 0 {
			return nil, invalid("", "", "This account cannot be deleted: its balance is not zero.")
		}
		return object{"id": a.ID, "object": "account", "deleted": true}, c.leave(ctx, a)
	}
}

// leave ends the platform's access to an account that the caller has locked.
func (c *change) leave(ctx context.Context, a account) error {
	a.Gone = &c.now
	if err := updateAccount(ctx, c.tx, a); err != nil {
		return err
	}
	return c.tell(ctx, a.ID, "account.application.deauthorized", object{"id": "ca_MeentPractice", "object": "application", "name": "Meent"})
}

// asks sets what Stripe still asks; nothing lets the account pay out again. The
// caller has locked it.
func (c *change) asks(ctx context.Context, a *account, why string, due ...string) error {
	before := a.Transfers
	a.Due, a.Disabled, a.PaysOut, a.Transfers = append([]string{}, due...), why, why == "" && a.Submitted, "inactive"
	if a.Submitted {
		a.Transfers = "active"
	}
	if err := updateAccount(ctx, c.tx, *a); err != nil {
		return err
	}
	if err := c.tell(ctx, a.ID, "account.updated", a.render()); err != nil || before == a.Transfers {
		return err
	}
	return c.tell(ctx, a.ID, "capability.updated", a.capability())
}

func (a account) capability() object {
	return object{
		"id": "transfers", "object": "capability", "account": a.ID, "requested": true, "requested_at": unix(a.Created), "status": a.Transfers,
		"requirements": a.requirements(),
	}
}

func (a account) requirements() object {
	past := []string{}
	if a.Disabled != "" {
		past = a.Due
	}
	return object{
		"alternatives": []object{}, "current_deadline": nil, "currently_due": a.Due, "disabled_reason": orNull(a.Disabled),
		"errors": []object{}, "eventually_due": a.Due, "past_due": past, "pending_verification": []string{},
	}
}

func (a account) render() object {
	banks := make([]object, len(a.Banks))
	for i, b := range a.Banks {
		banks[i] = b.render(a.Bank)
	}
	return object{
		"id": a.ID, "object": "account", "type": a.Type, "country": "NL", "default_currency": "eur",
		"email": orNull(a.Email), "business_type": orNull(a.Business), "metadata": a.Metadata, "created": unix(a.Created),
		"charges_enabled": a.Submitted, "payouts_enabled": a.PaysOut, "details_submitted": a.Submitted,
		"capabilities": object{"transfers": a.Transfers},
		"controller":   object{"type": "application", "is_controller": true},
		"external_accounts": object{
			"object": "list", "data": banks, "has_more": false, "total_count": len(banks), "url": "/v1/accounts/" + a.ID + "/external_accounts",
		},
		"requirements": a.requirements(),
		"settings": object{
			"branding":  object{"icon": nil, "logo": nil, "primary_color": nil, "secondary_color": nil},
			"dashboard": object{"display_name": nil, "timezone": "Europe/Amsterdam"}, "card_payments": object{"statement_descriptor_prefix": nil},
			"payments": object{"statement_descriptor": nil},
			"payouts": object{
				"debit_negative_balances": false, "statement_descriptor": nil,
				"schedule": object{"delay_days": 7, "interval": a.Payouts},
			},
		},
	}
}
