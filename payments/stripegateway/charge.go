package stripegateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

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
	c, err := g.stripe.Charges.Get(id, &stripe.ChargeParams{Params: asking(ctx)})
	if err != nil {
		return payments.Charge{}, failed("look at charge", err)
	}
	if c.BalanceTransaction == nil {
		return payments.Charge{}, errors.New("stripegateway: the fee of a charge is not known yet")
	}
	there := payments.Charge{ID: c.ID, Refunded: payments.Cents(c.AmountRefunded)}
	there.Method, there.Sure = g.method(c)
	if there.Fee, there.Available, err = g.came(ctx, c.BalanceTransaction.ID); err != nil {
		return payments.Charge{}, err
	}
	if c.Disputed {
		if there.Disputed, err = g.disputedOf(ctx, c.ID); err != nil {
			return payments.Charge{}, err
		}
	}
	if c.Currency == stripe.CurrencyEUR {
		there.Amount = max(payments.Cents(c.Amount)-there.Refunded-there.Disputed, 0)
	}
	return there, nil
}

// takenBack is how long a client may take a direct debit back without a reason.
const takenBack = 8 * 7 * 24 * time.Hour

// method is how a charge was paid, and whether it stays paid as far as that goes.
func (g *Gateway) method(c *stripe.Charge) (string, bool) {
	if c.PaymentMethodDetails == nil {
		return "", false
	}
	kind := string(c.PaymentMethodDetails.Type)
	debit := strings.HasSuffix(kind, "_debit")
	return kind, c.Status == stripe.ChargeStatusSucceeded && (!debit || !g.now().Before(moment(c.Created).Add(takenBack)))
}

func (g *Gateway) paidCharge(ctx context.Context, intent string) (string, error) {
	if err := known(intent); err != nil {
		return "", err
	}
	i, err := g.stripe.PaymentIntents.Get(intent, &stripe.PaymentIntentParams{Params: asking(ctx)})
	if err != nil {
		return "", failed("look at payment", err)
	}
	if i.Status != stripe.PaymentIntentStatusSucceeded || i.LatestCharge == nil {
		return "", fmt.Errorf("stripegateway: look at payment: %w", payments.ErrUnknownThere)
	}
	return i.LatestCharge.ID, nil
}

// came says what Stripe kept of what came, and from when the rest may be spent.
func (g *Gateway) came(ctx context.Context, txn string) (fee payments.Cents, available time.Time, err error) {
	t, err := g.stripe.BalanceTransactions.Get(txn, &stripe.BalanceTransactionParams{Params: asking(ctx)})
	if err != nil {
		return 0, available, failed("look at fee", err)
	}
	if t.Currency != stripe.CurrencyEUR {
		return 0, available, fmt.Errorf("stripegateway: a fee in %s, not in euros", t.Currency)
	}
	return payments.Cents(t.Fee), moment(t.AvailableOn), nil
}
