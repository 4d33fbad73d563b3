package stripegateway

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// PayOut sends money of a member's account to the member's bank. It returns
// payments.ErrUnknownThere where that bank is not the account's any more.
func (g *Gateway) PayOut(ctx context.Context, key string, o payments.PayoutOrder) (string, error) {
	p := &stripe.PayoutParams{
		Params: once(ctx, key), Amount: stripe.Int64(int64(o.Amount)), Currency: stripe.String(string(stripe.CurrencyEUR)),
	}
	p.AddMetadata(payoutMark, string(o.Payout))
	if o.Bank != "" {
		p.Destination = &o.Bank
	}
	if o.Instant {
		p.Method = stripe.String(string(stripe.PayoutMethodInstant))
	}
	if err := inside(o.Account, p.SetStripeAccount); err != nil {
		return "", err
	}
	made, err := g.stripe.Payouts.New(p)
	if err != nil {
		return "", failed("pay out", err)
	}
	return made.ID, nil
}

// FindPayout looks through the account's payouts.
func (g *Gateway) FindPayout(ctx context.Context, account string, ref payments.Reference) (there payments.PayoutThere, found bool, err error) {
	p := &stripe.PayoutListParams{ListParams: page(ctx)}
	if err := known(string(ref)); err != nil {
		return there, false, err
	}
	if err := inside(account, p.SetStripeAccount); err != nil {
		return there, false, err
	}
	list := g.stripe.Payouts.List(p)
	made, found, err := find("find payout", list, list.Payout, func(made *stripe.Payout) bool { return made.Metadata[payoutMark] == string(ref) })
	if !found {
		return there, false, err
	}
	return payments.PayoutThere{ID: made.ID, Amount: payments.Cents(made.Amount)}, true, nil
}

// PayoutState asks how a payout is. It returns payments.ErrUnknownThere.
func (g *Gateway) PayoutState(ctx context.Context, account, id string) (payments.PayoutState, error) {
	p := &stripe.PayoutParams{Params: asking(ctx)}
	if err := known(id); err != nil {
		return "", err
	}
	if err := inside(account, p.SetStripeAccount); err != nil {
		return "", err
	}
	made, err := g.stripe.Payouts.Get(id, p)
	if err != nil {
		return "", failed("look at payout", err)
	}
	return payoutState(made.Status)
}

func payoutState(status stripe.PayoutStatus) (payments.PayoutState, error) {
	switch status {
	case stripe.PayoutStatusPending, stripe.PayoutStatusInTransit:
		return payments.PayoutMoving, nil
	case stripe.PayoutStatusPaid:
		return payments.PayoutPaid, nil
	case stripe.PayoutStatusFailed, stripe.PayoutStatusCanceled:
		return payments.PayoutFailed, nil
	}
	return "", fmt.Errorf("stripegateway: a payout in the state %q", status)
}
