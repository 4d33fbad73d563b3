package stripegateway

import (
	"context"
	"errors"
	"fmt"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// Charge finds the money of a payment: the intent's last attempt, and what
// Stripe keeps of it. It returns payments.ErrUnknownThere as long as nothing was
// paid.
func (g *Gateway) Charge(ctx context.Context, intent string) (payments.Charge, error) {
	id, err := g.paidCharge(ctx, intent)
	if err != nil {
		return payments.Charge{}, err
	}
	c, err := g.stripe.Charges.Get(id, &stripe.ChargeParams{Params: stripe.Params{Context: ctx}})
	if err != nil {
		return payments.Charge{}, failed("look at charge", err)
	}
	if c.BalanceTransaction == nil {
		return payments.Charge{}, errors.New("stripegateway: the fee of a charge is not known yet")
	}
	fee, err := g.fee(ctx, c.BalanceTransaction.ID)
	return payments.Charge{ID: c.ID, Amount: left(c), Fee: fee}, err
}

// left is what a charge brought in euros, less what was given back; nothing
// while the client's bank disputes it.
func left(c *stripe.Charge) payments.Cents {
	if c.Currency != stripe.CurrencyEUR || c.Disputed {
		return 0
	}
	return payments.Cents(c.Amount - c.AmountRefunded)
}

func (g *Gateway) paidCharge(ctx context.Context, intent string) (string, error) {
	if err := known(intent); err != nil {
		return "", err
	}
	i, err := g.stripe.PaymentIntents.Get(intent, &stripe.PaymentIntentParams{Params: stripe.Params{Context: ctx}})
	if err != nil {
		return "", failed("look at payment", err)
	}
	if i.Status != stripe.PaymentIntentStatusSucceeded || i.LatestCharge == nil {
		return "", fmt.Errorf("stripegateway: look at payment: %w", payments.ErrUnknownThere)
	}
	return i.LatestCharge.ID, nil
}

func (g *Gateway) fee(ctx context.Context, txn string) (payments.Cents, error) {
	t, err := g.stripe.BalanceTransactions.Get(txn, &stripe.BalanceTransactionParams{Params: stripe.Params{Context: ctx}})
	if err != nil {
		return 0, failed("look at fee", err)
	}
	if t.Currency != stripe.CurrencyEUR {
		return 0, fmt.Errorf("stripegateway: a fee in %s, not in euros", t.Currency)
	}
	return payments.Cents(t.Fee), nil
}
