package stripegateway

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// payeeMark is the name of a payee's reference in metadata.
const payeeMark = "payee"

// OpenAccount makes an express account that pays out when we say so. What
// Stripe must know of the member it asks the member itself.
func (g *Gateway) OpenAccount(ctx context.Context, key string, payee payments.Reference) (string, error) {
	p := &stripe.AccountParams{
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
	if err := once(ctx, key, &p.Params); err != nil {
		return "", err
	}
	a, err := g.stripe.Accounts.New(p)
	if err != nil {
		return "", failed("open account", err)
	}
	return a.ID, nil
}

// Balance adds up the euros that an account has, also those on their way; ""
// is the cooperative's own account.
func (g *Gateway) Balance(ctx context.Context, account string) (payments.Cents, error) {
	p := &stripe.BalanceParams{Params: stripe.Params{Context: ctx}}
	if account != "" {
		p.SetStripeAccount(account)
	}
	b, err := g.stripe.Balance.Get(p)
	if err != nil {
		return 0, failed("look at balance", err)
	}
	return euros(b.Available) + euros(b.Pending), nil
}

func euros(amounts []*stripe.Amount) (sum payments.Cents) {
	for _, a := range amounts {
		if a.Currency == stripe.CurrencyEUR {
			sum += payments.Cents(a.Amount)
		}
	}
	return sum
}
