package stripesim

import (
	"context"
	"time"
)

// account is a connected account. It may be paid and pay out from the start.
type account struct {
	ID       string
	Type     string
	Email    string
	Business string
	Payouts  string // the interval of its payout schedule
	Metadata map[string]string
	Created  time.Time
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
		if err := insertAccount(ctx, c.tx, a); err != nil {
			return nil, err
		}
		return a.render(), c.tell(ctx, a.ID, "account.updated", a.render())
	}
}

// getAccount handles GET /v1/accounts/{id}.
func getAccount(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		a, err := findAccount(ctx, c.tx, q.id, "")
		return a.render(), err
	}
}

// listAccounts handles GET /v1/accounts.
func listAccounts(q *request) action {
	return list(q, q.page(), accountKind(), selectAccounts)
}

func (a account) render() object {
	return object{
		"id": a.ID, "object": "account", "type": a.Type, "country": "NL", "default_currency": "eur",
		"email": orNull(a.Email), "business_type": orNull(a.Business), "metadata": a.Metadata, "created": unix(a.Created),
		"charges_enabled": true, "payouts_enabled": true, "details_submitted": true,
		"capabilities":      object{"transfers": "active"},
		"controller":        object{"type": "application", "is_controller": true},
		"external_accounts": object{"object": "list", "data": []object{}, "has_more": false, "url": "/v1/accounts/" + a.ID + "/external_accounts"},
		"requirements": object{
			"alternatives": []object{}, "current_deadline": nil, "currently_due": []string{}, "disabled_reason": nil,
			"errors": []object{}, "eventually_due": []string{}, "past_due": []string{}, "pending_verification": []string{},
		},
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
