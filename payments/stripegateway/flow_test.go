package stripegateway_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/payments"
	"meent/payments/stripesim"
)

// TestFromClientToMember is the whole way of the money, each step said twice.
func TestFromClientToMember(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	page := twice(h, func() (payments.CheckoutPage, error) { return h.OpenCheckout(ctx, "checkout:b7", checkout("b7")) })
	want := payments.CheckoutPage{ID: page.ID, URL: h.server.URL + "/checkout/" + page.ID, State: payments.CheckoutOpen, Bill: "b7", Amount: 6000}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Error(diff)
	}
	h.fillIn(page)
	page = must[payments.CheckoutPage](t)(h.CheckoutPage(ctx, page.ID))
	if page.State != payments.CheckoutPaid || page.URL != "" || page.Intent == "" || page.Bill != "b7" || page.Amount != 6000 {
		t.Errorf("paid page: %+v", page)
	}
	charge := must[payments.Charge](t)(h.Charge(ctx, page.Intent))
	if charge.ID == "" || charge.Amount != 6000 || charge.Fee != 115 {
		t.Errorf("charge: %+v", charge)
	}
	account := twice(h, func() (string, error) { return h.OpenAccount(ctx, "account:m42", "m42") })
	h.transferTwice(account, charge)
	h.payOutTwice(account)
	wantBook := stripesim.Book{Charged: 6000, Fees: 115, Transferred: 5400, PaidOut: 5400, Platform: 485, Accounts: map[string]int64{account: 0}}
	if diff := cmp.Diff(wantBook, h.book()); diff != "" {
		t.Error(diff)
	}
}

// twice says the same with the same key and wants the same answer.
func twice[T any](h *house, call func() (T, error)) T {
	h.Helper()
	first, second := must[T](h.T)(call()), must[T](h.T)(call())
	if diff := cmp.Diff(first, second); diff != "" {
		h.Errorf("the second answer differs: %s", diff)
	}
	return first
}

func (h *house) transferTwice(account string, charge payments.Charge) {
	h.Helper()
	if id, found, err := h.FindTransfer(h.Context(), account, "p1"); found || err != nil {
		h.Errorf("before: %s %v %v", id, found, err)
	}
	order := payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 5400}
	made := twice(h, func() (string, error) { return h.Transfer(h.Context(), "transfer:p1", order) })
	if id, found, err := h.FindTransfer(h.Context(), account, "p1"); id != made || !found || err != nil {
		h.Errorf("found %s %v %v, want %s", id, found, err, made)
	}
	h.hasBalance(account, 5400)
	h.hasBalance("", 485)
}

func (h *house) payOutTwice(account string) {
	h.Helper()
	if there, found, err := h.FindPayout(h.Context(), account, "p1"); found || err != nil {
		h.Errorf("before: %+v %v %v", there, found, err)
	}
	order := payments.PayoutOrder{Payout: "p1", Account: account, Amount: 5400}
	made := twice(h, func() (string, error) { return h.PayOut(h.Context(), "payout:p1", order) })
	if there, found, err := h.FindPayout(h.Context(), account, "p1"); there.ID != made || there.Amount != 5400 || !found || err != nil {
		h.Errorf("found %+v %v %v, want %s", there, found, err, made)
	}
	h.hasState(account, made, payments.PayoutMoving)
	h.pass(time.Hour)
	h.hasState(account, made, payments.PayoutPaid)
}

func (h *house) hasState(account, id string, want payments.PayoutState) {
	h.Helper()
	if got, err := h.PayoutState(h.Context(), account, id); got != want || err != nil {
		h.Errorf("the payout is %s, %v; want %s", got, err, want)
	}
}

func (h *house) hasBalance(account string, want payments.Cents) {
	h.Helper()
	if got, err := h.Balance(h.Context(), account); got != want || err != nil {
		h.Errorf("balance %d, %v; want %d", got, err, want)
	}
}

func TestCheckoutExpires(t *testing.T) {
	h := newHouse(t)
	page := must[payments.CheckoutPage](t)(h.OpenCheckout(t.Context(), "checkout:b7", checkout("b7")))
	h.pass(25 * time.Hour)
	if page = must[payments.CheckoutPage](t)(h.CheckoutPage(t.Context(), page.ID)); page.State != payments.CheckoutExpired || page.URL != "" {
		t.Errorf("after a day: %+v", page)
	}
}

// TestBalanceCountsWhatIsOnItsWay: pending money is the member's too.
func TestBalanceCountsWhatIsOnItsWay(t *testing.T) {
	h := newHouse(t)
	h.hasBalance("", 0)
	charge, account := h.pay("b7"), h.account()
	h.hasBalance("", 5885)
	must[string](t)(h.Transfer(t.Context(), "transfer:p1", payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 1000}))
	h.hasBalance(account, 1000)
	h.hasBalance("", 4885)
}

// TestFindPayoutLooksThroughPages: an old one is found behind more than a page.
func TestFindPayoutLooksThroughPages(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	must[string](t)(h.Transfer(ctx, "transfer:p1", payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 1000}))
	ids := map[int]string{}
	for i := range 120 {
		order := payments.PayoutOrder{Payout: payments.Reference(fmt.Sprint("p", i)), Account: account, Amount: 1}
		ids[i] = must[string](t)(h.PayOut(ctx, fmt.Sprint("payout:p", i), order))
	}
	for _, i := range []int{0, 7, 119} {
		if there, found, err := h.FindPayout(ctx, account, payments.Reference(fmt.Sprint("p", i))); there.ID != ids[i] || !found || err != nil {
			t.Errorf("p%d: found %+v %v %v, want %s", i, there, found, err, ids[i])
		}
	}
	if _, found, err := h.FindPayout(ctx, account, "p120"); found || err != nil {
		t.Errorf("one that was never made: %v %v", found, err)
	}
}
