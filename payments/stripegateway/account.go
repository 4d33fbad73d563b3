package stripegateway

import (
	"context"
	"errors"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// payeeMark is the name of a payee's reference in metadata.
const payeeMark = "payee"

// OpenAccount makes an express account that pays out when we say so. What
// Stripe must know of the member it asks the member itself.
func (g *Gateway) OpenAccount(ctx context.Context, key string, payee payments.Reference) (string, error) {
	p := &stripe.AccountParams{
		Params:  once(ctx, key),
		Type:    stripe.String(string(stripe.AccountTypeExpress)),
		Country: stripe.String("NL"),
		Capabilities: &stripe.AccountCapabilitiesParams{
			Transfers: &stripe.AccountCapabilitiesTransfersParams{Requested: stripe.Bool(true)},
		},
		Settings: &stripe.AccountSettingsParams{Payouts: &stripe.AccountSettingsPayoutsParams{
			Schedule: &stripe.AccountSettingsPayoutsScheduleParams{Interval: stripe.String("manual")},
		}},
	}
	p.AddMetadata(payeeMark, string(payee))
	a, err := g.stripe.Accounts.New(p)
	if err != nil {
		return "", failed("open account", err)
	}
	return a.ID, nil
}

// FindAccount looks through all accounts, the newest first: those that are gone are
// not among them.
func (g *Gateway) FindAccount(ctx context.Context, payee payments.Reference) (string, bool, error) {
	if err := known(string(payee)); err != nil {
		return "", false, err
	}
	list := g.stripe.Accounts.List(&stripe.AccountListParams{ListParams: page(ctx)})
	one, found, err := find("find account", list, list.Account, func(a *stripe.Account) bool { return a.Metadata[payeeMark] == string(payee) })
	if !found {
		return "", false, err
	}
	return one.ID, true, nil
}

// OpenOnboarding makes a link for what is asked now, and not for what may be
// asked once somebody earns more.
func (g *Gateway) OpenOnboarding(ctx context.Context, key string, o payments.Onboarding) (string, error) {
	if err := known(o.Account); err != nil {
		return "", err
	}
	link, err := g.stripe.AccountLinks.New(&stripe.AccountLinkParams{
		Params:     once(ctx, key),
		Account:    &o.Account,
		Type:       stripe.String(string(stripe.AccountLinkTypeAccountOnboarding)),
		ReturnURL:  &o.Back,
		RefreshURL: &o.Again,
	})
	if err != nil {
		return "", failed("open onboarding", err)
	}
	return link.URL, nil
}

// Account looks at an account. Of one that is deleted Stripe says that this key
// has no access to it, and only here that means that it is not there: elsewhere
// nobody may conclude from it that no money moved, and our key may be wrong.
func (g *Gateway) Account(ctx context.Context, id string) (payments.AccountThere, error) {
	if err := known(id); err != nil {
		return payments.AccountThere{}, err
	}
	a, err := g.stripe.Accounts.GetByID(id, &stripe.AccountParams{Params: asking(ctx)})
	switch said := (*stripe.Error)(nil); {
	case errors.As(err, &said) && said.Code == stripe.ErrorCodeAccountInvalid, err == nil && a.Deleted:
		return payments.AccountThere{}, fmt.Errorf("stripegateway: look at account: %w", payments.ErrUnknownThere)
	case err != nil:
		return payments.AccountThere{}, failed("look at account", err)
	}
	return accountThere(a), nil
}

func accountThere(a *stripe.Account) payments.AccountThere {
	there := payments.AccountThere{ID: a.ID, Submitted: a.DetailsSubmitted, Payouts: a.PayoutsEnabled && mayReceive(a), Bank: bankOf(a)}
	if a.Requirements != nil {
		there.Due, there.Disabled = a.Requirements.CurrentlyDue, string(a.Requirements.DisabledReason)
	}
	return there
}

func mayReceive(a *stripe.Account) bool {
	return a.Capabilities != nil && a.Capabilities.Transfers == stripe.AccountCapabilityStatusActive
}

// bankOf is where euros are paid out to: an account at a bank, or a card.
func bankOf(a *stripe.Account) string {
	if a.ExternalAccounts == nil {
		return ""
	}
	for _, one := range a.ExternalAccounts.Data {
		if b := one.BankAccount; b != nil && b.DefaultForCurrency && b.Currency == stripe.CurrencyEUR {
			return one.ID
		}
		if c := one.Card; c != nil && c.DefaultForCurrency && c.Currency == stripe.CurrencyEUR {
			return one.ID
		}
	}
	return ""
}
