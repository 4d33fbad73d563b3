package stripesim_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
	"pgregory.net/rapid"

	"meent/payments/stripesim"
)

// TestBookAddsUpAlways does things in any order and looks at the book after
// each; Book itself says when a balance is not the sum of its transactions.
func TestBookAddsUpAlways(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay, c.PayoutDelay = time.Hour, 2*time.Hour })
	amount := rapid.Int64Range(50, 20000)
	rapid.Check(t, func(t *rapid.T) {
		h.empty()
		members := []string{h.account(), h.account()}
		var intents []string
		deeds := map[string]func(*rapid.T){
			"pay": func(t *rapid.T) {
				s := h.paid(amount.Draw(t, "amount"))
				intents = append(intents, s.PaymentIntent.ID)
			},
			"transfer": func(t *rapid.T) {
				_, err := h.transfer(amount.Draw(t, "amount"), rapid.SampledFrom(members).Draw(t, "member"), "")
				refusalOnly(t, err)
			},
			"payout": func(t *rapid.T) {
				simulate := rapid.SampledFrom([]string{"", "fail", "fail_late"}).Draw(t, "simulate")
				_, err := h.payout(amount.Draw(t, "amount"), rapid.SampledFrom(members).Draw(t, "member"), simulate)
				refusalOnly(t, err)
			},
			"refund": func(t *rapid.T) {
				if len(intents) == 0 {
					return
				}
				of, much := rapid.SampledFrom(intents).Draw(t, "intent"), amount.Draw(t, "amount")
				_, err := h.stripe.Refunds.New(&stripe.RefundParams{PaymentIntent: &of, Amount: &much})
				refusalOnly(t, err)
			},
			"wait": func(t *rapid.T) { h.advance(time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute) },
		}
		for range rapid.IntRange(3, 12).Draw(t, "deeds") {
			deeds[rapid.SampledFrom(slices.Sorted(maps.Keys(deeds))).Draw(t, "deed")](t)
			if b, err := h.sim.Book(h.Context()); err != nil {
				t.Fatalf("%v: %+v", err, b)
			}
		}
	})
}

// empty opens a new book, so that what went wrong can be tried again.
func (h *house) empty() {
	h.Helper()
	const query = `TRUNCATE stripesim.balance CASCADE; INSERT INTO stripesim.balance (account) VALUES ('platform')`
	if _, err := h.db.Exec(h.Context(), query); err != nil {
		h.Fatal(err)
	}
}

func refusalOnly(t *rapid.T, err error) {
	var refused *stripe.Error
	if err != nil && (!errors.As(err, &refused) || refused.HTTPStatusCode != 400) {
		t.Fatal(err)
	}
}

// TestBookSaysWhenItIsWrong plants faults that it has to find.
func TestBookSaysWhenItIsWrong(t *testing.T) {
	for _, fault := range []string{
		`UPDATE stripesim.balance SET total = total + 1 WHERE account = 'platform'`,
		`UPDATE stripesim.txn SET amount = amount + 1, net = net + 1 WHERE type = 'charge'`,
		`UPDATE stripesim.transfer SET amount = amount + 1`,
	} {
		h := newHouse(t, nil)
		member := h.account()
		h.paid(6000)
		must[*stripe.Transfer](t)(h.transfer(1000, member, ""))
		h.book()
		if _, err := h.db.Exec(t.Context(), fault); err != nil {
			t.Fatal(err)
		}
		if _, err := h.sim.Book(t.Context()); !errors.Is(err, stripesim.ErrUnbalanced) {
			t.Errorf("%s: Book gave %v", fault, err)
		}
	}
}
