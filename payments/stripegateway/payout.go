package stripegateway

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// PayOut sends money of a member's account to the member's bank.
func (g *Gateway) PayOut(ctx context.Context, key string, o payments.PayoutOrder) (string, error) {
	p := &stripe.PayoutParams{Amount: stripe.Int64(int64(o.Amount)), Currency: stripe.String(string(stripe.CurrencyEUR))}
	p.AddMetadata(payoutMark, string(o.Payout))
	if err := inside(o.Account, p.SetStripeAccount); err != nil {
		return "", err
	}
	if err := once(ctx, key, &p.Params); err != nil {
		return "", err
	}
	made, err := g.stripe.Payouts.New(p)
	if err != nil {
		return "", failed("pay out", err)
	}
	return made.ID, nil
}

// FindPayout looks through the account's payouts, the newest first: Stripe
// cannot be asked by reference.
func (g *Gateway) FindPayout(ctx context.Context, account string, ref payments.Reference) (string, bool, error) {
	p := &stripe.PayoutListParams{ListParams: page(ctx)}
	if err := known(string(ref)); err != nil {
		return "", false, err
	}
	if err := inside(account, p.SetStripeAccount); err != nil {
		return "", false, err
	}
	list := g.stripe.Payouts.List(p)
	for range mostLooked {
		if !list.Next() {
			return "", false, failed("find payout", list.Err())
		}
		if made := list.Payout(); made.Metadata[payoutMark] == string(ref) {
			return made.ID, true, nil
		}
	}
	return "", false, errMany
}

// PayoutState asks how a payout is. It returns payments.ErrUnknownThere.
func (g *Gateway) PayoutState(ctx context.Context, account, id string) (payments.PayoutState, error) {
	p := &stripe.PayoutParams{Params: stripe.Params{Context: ctx}}
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
