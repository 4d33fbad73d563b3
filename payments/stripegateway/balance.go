package stripegateway

import (
	"context"
	"fmt"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// Balance adds up the euros that an account has, also those on their way; ""
// is the cooperative's own account.
func (g *Gateway) Balance(ctx context.Context, account string) (payments.Cents, error) {
	b, err := g.Balances(ctx, account)
	return b.Available + b.Pending, err
}

// Balances tells the euros that an account has; "" is the cooperative's own.
func (g *Gateway) Balances(ctx context.Context, account string) (payments.BalanceThere, error) {
	p := &stripe.BalanceParams{Params: asking(ctx)}
	if account != "" {
		p.SetStripeAccount(account)
	}
	b, err := g.stripe.Balance.Get(p)
	if err != nil {
		return payments.BalanceThere{}, failed("look at balance", err)
	}
	return payments.BalanceThere{Available: euros(b.Available), Pending: euros(b.Pending), Instant: euros(b.InstantAvailable)}, nil
}

func euros(amounts []*stripe.Amount) (sum payments.Cents) {
	for _, a := range amounts {
		if a.Currency == stripe.CurrencyEUR {
			sum += payments.Cents(a.Amount)
		}
	}
	return sum
}

// BalanceChanges asks for one page of an account's balance transactions. One that is
// not in euros is an error: no sum of ours would be right.
func (g *Gateway) BalanceChanges(ctx context.Context, account string, since time.Time, after string) ([]payments.BalanceChange, bool, error) {
	p := &stripe.BalanceTransactionListParams{ListParams: onePage(ctx, account, after), CreatedRange: from(since)}
	list := g.stripe.BalanceTransactions.List(p)
	var found []payments.BalanceChange
	for list.Next() {
		m, err := balanceChange(list.BalanceTransaction())
		if err != nil {
			return nil, false, err
		}
		found = append(found, m)
	}
	if err := list.Err(); err != nil {
		return nil, false, failed("list balance changes", err)
	}
	return found, list.Meta().HasMore, nil
}

func balanceChange(t *stripe.BalanceTransaction) (payments.BalanceChange, error) {
	if t.Currency != stripe.CurrencyEUR {
		return payments.BalanceChange{}, fmt.Errorf("stripegateway: the balance change %s is in %s, not in euros", t.ID, t.Currency)
	}
	m := payments.BalanceChange{
		ID: t.ID, Kind: string(t.Type), Amount: payments.Cents(t.Amount), Fee: payments.Cents(t.Fee), Net: payments.Cents(t.Net),
		At: moment(t.Created), Available: moment(t.AvailableOn),
	}
	if t.Source != nil {
		m.Source = t.Source.ID
	}
	return m, nil
}
