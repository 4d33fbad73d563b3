package stripesim_test

import (
	"testing"

	"github.com/stripe/stripe-go/v76"
)

// TestAskAgain: what stands in another answer may be asked by itself.
func TestAskAgain(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	banks := h.stripe.BankAccounts.List(&stripe.BankAccountListParams{Account: &member})
	if !banks.Next() {
		t.Fatalf("no bank: %v", banks.Err())
	}
	first := banks.BankAccount()
	if b, err := h.stripe.BankAccounts.Get(first.ID, &stripe.BankAccountParams{Account: &member}); err != nil || b.ID != first.ID || !b.DefaultForCurrency {
		t.Errorf("bank: %+v, %v", b, err)
	}
	_, err := h.stripe.BankAccounts.Get("ba_none", &stripe.BankAccountParams{Account: &member})
	stripeError(t, err, 404, "resource_missing")
	p := &stripe.EventListParams{}
	p.SetStripeAccount(member)
	events := h.stripe.Events.List(p)
	if !events.Next() {
		t.Fatalf("no event: %v", events.Err())
	}
	one := &stripe.EventParams{}
	one.SetStripeAccount(member)
	if e, err := h.stripe.Events.Get(events.Event().ID, one); err != nil || e.Type != "account.updated" {
		t.Errorf("event: %+v, %v", e, err)
	}
}
