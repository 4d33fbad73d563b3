package stripegateway

import (
	"context"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// billMark is the name of a bill's reference in metadata.
const billMark = "bill"

// OpenCheckout makes a page on which the client pays. It names no time
// at which it ends (Stripe takes a day), so that the same key says the same words.
func (g *Gateway) OpenCheckout(ctx context.Context, key string, c payments.Checkout) (payments.CheckoutPage, error) {
	p := checkoutParams(c)
	p.Params = once(ctx, key)
	s, err := g.stripe.CheckoutSessions.New(p)
	if err != nil {
		return payments.CheckoutPage{}, failed("open checkout", err)
	}
	return checkoutPage(s)
}

// checkoutParams has one entry in each map, so that its form is always the same.
func checkoutParams(c payments.Checkout) *stripe.CheckoutSessionParams {
	bill, methods := string(c.Bill), c.Methods
	if len(methods) == 0 {
		methods = []string{"card"}
	}
	p := &stripe.CheckoutSessionParams{
		Mode:               stripe.String(string(stripe.CheckoutSessionModePayment)),
		PaymentMethodTypes: stripe.StringSlice(methods),
		Locale:             &c.Locale,
		ClientReferenceID:  &bill,
		SuccessURL:         &c.Return,
		CancelURL:          &c.Return,
		PaymentIntentData: &stripe.CheckoutSessionPaymentIntentDataParams{
			TransferGroup: &bill, Metadata: map[string]string{billMark: bill},
		},
	}
	p.AddMetadata(billMark, bill)
	for _, line := range c.Lines {
		p.LineItems = append(p.LineItems, lineParams(line))
	}
	return p
}

func lineParams(line payments.CheckoutLine) *stripe.CheckoutSessionLineItemParams {
	return &stripe.CheckoutSessionLineItemParams{
		Quantity: stripe.Int64(1),
		PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
			Currency:    stripe.String(string(stripe.CurrencyEUR)),
			UnitAmount:  stripe.Int64(int64(line.Amount)),
			ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: stripe.String(line.Text)},
		},
	}
}

// CheckoutPage asks how a checkout is. It returns payments.ErrUnknownThere.
func (g *Gateway) CheckoutPage(ctx context.Context, id string) (payments.CheckoutPage, error) {
	if err := known(id); err != nil {
		return payments.CheckoutPage{}, err
	}
	s, err := g.stripe.CheckoutSessions.Get(id, &stripe.CheckoutSessionParams{Params: asking(ctx)})
	if err != nil {
		return payments.CheckoutPage{}, failed("look at checkout", err)
	}
	page, err := checkoutPage(s)
	if err == nil && page.State == payments.CheckoutWaiting && page.Intent != "" {
		page.State, err = g.whetherFailed(ctx, page.Intent)
	}
	return page, err
}

// whetherFailed tells a payment that is on its way from one that never comes:
// of both the checkout itself says only that it is not paid.
func (g *Gateway) whetherFailed(ctx context.Context, intent string) (payments.CheckoutState, error) {
	i, err := g.stripe.PaymentIntents.Get(intent, &stripe.PaymentIntentParams{Params: asking(ctx)})
	if err != nil {
		return "", failed("look at payment", err)
	}
	if i.Status == stripe.PaymentIntentStatusRequiresPaymentMethod || i.Status == stripe.PaymentIntentStatusCanceled {
		return payments.CheckoutFailed, nil
	}
	return payments.CheckoutWaiting, nil
}

// checkoutPage knows the bill by our own mark: the reference beside it may be
// written by whoever pays on a payment link.
func checkoutPage(s *stripe.CheckoutSession) (payments.CheckoutPage, error) {
	state, err := checkoutState(s)
	page := payments.CheckoutPage{
		ID: s.ID, URL: s.URL, State: state, Bill: payments.Reference(s.Metadata[billMark]), Amount: payments.Cents(s.AmountTotal),
	}
	if s.PaymentIntent != nil {
		page.Intent = s.PaymentIntent.ID
	}
	return page, err
}

func checkoutState(s *stripe.CheckoutSession) (payments.CheckoutState, error) {
	switch s.Status {
	case stripe.CheckoutSessionStatusOpen:
		return payments.CheckoutOpen, nil
	case stripe.CheckoutSessionStatusExpired:
		return payments.CheckoutExpired, nil
	case stripe.CheckoutSessionStatusComplete:
		if s.PaymentStatus == stripe.CheckoutSessionPaymentStatusUnpaid {
			return payments.CheckoutWaiting, nil
		}
		return payments.CheckoutPaid, nil
	}
	return "", fmt.Errorf("stripegateway: a checkout in the state %q", s.Status)
}
