package stripesim_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

// TestFromCheckoutToBank is the whole way of the money.
func TestFromCheckoutToBank(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.PayoutDelay = time.Hour })
	member := h.account()
	s := h.session(6000)
	if s.PaymentIntent != nil || s.Status != "open" || s.PaymentStatus != "unpaid" || s.AmountTotal != 6000 {
		t.Errorf("new session: %+v", s)
	}
	status, location, _ := h.pay(s, "4242424242424242")
	if want := "https://meent.example/klaar?sessie=" + s.ID; status != http.StatusSeeOther || location != want {
		t.Errorf("paying gave %d to %q, want 303 to %q", status, location, want)
	}
	s = must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Get(s.ID, nil))
	if s.Status != "complete" || s.PaymentStatus != "paid" || s.URL != "" || s.Metadata["bill"] != "7" {
		t.Errorf("paid session: %+v", s)
	}
	checkCharge(h, s)
	tr := must[*stripe.Transfer](t)(h.transfer(5400, member, ""))
	if tr.Destination.ID != member || tr.TransferGroup != "gig_7" || tr.DestinationPayment.ID == "" {
		t.Errorf("transfer: %+v", tr)
	}
	po := must[*stripe.Payout](t)(h.payout(5400, member, ""))
	h.advance(59 * time.Minute)
	if got := h.payoutNow(po.ID, member).Status; got != "pending" {
		t.Errorf("payout is %s before its time", got)
	}
	h.advance(time.Minute)
	if got := h.payoutNow(po.ID, member).Status; got != "paid" {
		t.Errorf("payout is %s in the end", got)
	}
	want := stripesim.Book{Charged: 6000, Fees: 115, Transferred: 5400, PaidOut: 5400, Platform: 485, Accounts: map[string]int64{member: 0}}
	if diff := cmp.Diff(want, h.book()); diff != "" {
		t.Error(diff)
	}
	checkEvents(h)
}

func checkCharge(h *house, s *stripe.CheckoutSession) {
	h.Helper()
	i := must[*stripe.PaymentIntent](h.T)(h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil))
	if i.Status != "succeeded" || i.AmountReceived != 6000 || i.TransferGroup != "gig_7" || i.Metadata["bill"] != "7" {
		h.Errorf("intent: %+v", i)
	}
	ch := must[*stripe.Charge](h.T)(h.stripe.Charges.Get(i.LatestCharge.ID, nil))
	if !ch.Paid || ch.Amount != 6000 || ch.PaymentIntent.ID != i.ID || ch.TransferGroup != "gig_7" {
		h.Errorf("charge: %+v", ch)
	}
	bt := must[*stripe.BalanceTransaction](h.T)(h.stripe.BalanceTransactions.Get(ch.BalanceTransaction.ID, nil))
	if bt.Amount != 6000 || bt.Fee != 115 || bt.Net != 5885 || bt.Source.ID != ch.ID || bt.Status != "available" || bt.Type != "charge" {
		h.Errorf("balance transaction: %+v", bt)
	}
}

func checkEvents(h *house) {
	h.Helper()
	h.deliver()
	want := map[string]int{
		"account.updated": 1, "payment_intent.created": 1, "charge.succeeded": 1, "payment_intent.succeeded": 1, "checkout.session.completed": 1,
		"transfer.created": 1, "payout.created": 1, "payout.paid": 1,
	}
	if diff := cmp.Diff(want, h.box.types(h.T)); diff != "" {
		h.Error(diff)
	}
}

func TestPayoutsFail(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.PayoutDelay = time.Hour })
	member := h.account()
	h.paid(20000)
	must[*stripe.Transfer](t)(h.transfer(3000, member, ""))
	first := must[*stripe.Payout](t)(h.payout(1000, member, "fail"))
	second := must[*stripe.Payout](t)(h.payout(2000, member, "fail_late"))
	if b := h.book(); b.Accounts[member] != 0 || b.OnTheWay != 3000 {
		t.Errorf("book: %+v", b)
	}
	h.advance(time.Hour)
	failed := h.payoutNow(first.ID, member)
	if failed.Status != "failed" || failed.FailureCode != "account_closed" || failed.FailureBalanceTransaction.ID == "" {
		t.Errorf("payout: %+v", failed)
	}
	if got := h.payoutNow(second.ID, member).Status; got != "paid" {
		t.Errorf("the late one is %s, want paid first", got)
	}
	h.advance(time.Hour)
	if got := h.payoutNow(second.ID, member).Status; got != "failed" {
		t.Errorf("the late one is %s, want failed in the end", got)
	}
	if b := h.book(); b.Accounts[member] != 3000 || b.PaidOut != 0 || b.OnTheWay != 0 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	if got := h.box.types(t); got["payout.failed"] != 2 || got["payout.paid"] != 1 {
		t.Errorf("events: %v", got)
	}
}

func TestPayoutsAreCanceled(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.PayoutDelay = time.Hour })
	member := h.account()
	h.paid(20000)
	must[*stripe.Transfer](t)(h.transfer(3000, member, ""))
	po := must[*stripe.Payout](t)(h.payout(1000, member, ""))
	p := &stripe.PayoutParams{}
	p.SetStripeAccount(member)
	if po = must[*stripe.Payout](t)(h.stripe.Payouts.Cancel(po.ID, p)); po.Status != "canceled" || po.FailureBalanceTransaction.ID == "" {
		t.Errorf("payout: %+v", po)
	}
	_, err := h.stripe.Payouts.Cancel(po.ID, p)
	stripeError(t, err, 400, "")
	_, err = h.stripe.Payouts.Cancel(po.ID, nil) // not the platform's
	stripeError(t, err, 404, "resource_missing")
	h.advance(2 * time.Hour)
	if b := h.book(); b.Accounts[member] != 3000 || b.PaidOut != 0 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	if got := h.box.types(t); got["payout.canceled"] != 1 || got["payout.paid"] != 0 {
		t.Errorf("events: %v", got)
	}
}

func TestInstantPayouts(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.PayoutDelay, c.FundsDelay = 48*time.Hour, time.Hour })
	member := h.account()
	slow := must[*stripe.Account](t)(h.stripe.Accounts.New(&stripe.AccountParams{Type: stripe.String("express"),
		Metadata: map[string]string{"simulate": "no_instant"}})).ID
	charge := h.chargeOf(h.paid(6000)).ID
	must[*stripe.Transfer](t)(h.transferFrom(1000, member, charge))
	must[*stripe.Transfer](t)(h.transferFrom(1000, slow, charge))
	instant := func(of string) (int64, *stripe.Payout, error) {
		p := &stripe.PayoutParams{Amount: stripe.Int64(1000), Currency: stripe.String("eur"), Method: stripe.String("instant")}
		p.SetStripeAccount(of)
		b := &stripe.BalanceParams{}
		b.SetStripeAccount(of)
		room := must[*stripe.Balance](t)(h.stripe.Balance.Get(b)).InstantAvailable[0].Amount
		po, err := h.stripe.Payouts.New(p)
		return room, po, err
	}
	room, _, err := instant(member)
	if stripeError(t, err, 400, "balance_insufficient"); room != 0 {
		t.Errorf("instantly %d of what is on its way", room)
	}
	h.advance(time.Hour)
	room, po, err := instant(member)
	if err != nil || room != 1000 || po.Method != "instant" {
		t.Fatalf("instantly %d: %+v, %v", room, po, err)
	}
	room, _, err = instant(slow)
	if stripeError(t, err, 400, "instant_payouts_unsupported"); room != 0 {
		t.Errorf("a slow bank has %d", room)
	}
	h.advance(30 * time.Minute)
	if got := h.payoutNow(po.ID, member).Status; got != "paid" {
		t.Errorf("payout is %s", got)
	}
	h.book()
}

func TestBalanceIsNeverOverdrawn(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	_, err := h.transfer(1, member, "")
	stripeError(t, err, 400, "balance_insufficient")
	h.paid(6000)
	_, err = h.transfer(5886, member, "")
	stripeError(t, err, 400, "balance_insufficient")
	must[*stripe.Transfer](t)(h.transfer(5885, member, ""))
	_, err = h.payout(5886, member, "")
	stripeError(t, err, 400, "balance_insufficient")
	must[*stripe.Payout](t)(h.payout(5885, member, ""))
	if b := h.book(); b.Platform != 0 || b.Accounts[member] != 0 {
		t.Errorf("book: %+v", b)
	}
}

// TestFundsComeLater holds that a charge may pay a transfer before it is there.
func TestFundsComeLater(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay = 48 * time.Hour })
	member, s := h.account(), h.paid(6000)
	charge := must[*stripe.PaymentIntent](t)(h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil)).LatestCharge.ID
	checkBalance(h, "", 0, 5885)
	_, err := h.transfer(1, member, "")
	stripeError(t, err, 400, "balance_insufficient")
	from := func(amount int64) error {
		_, err := h.stripe.Transfers.New(&stripe.TransferParams{
			Amount: &amount, Currency: stripe.String("eur"), Destination: &member, SourceTransaction: &charge,
		})
		return err
	}
	if err := from(5000); err != nil {
		t.Fatal(err)
	}
	stripeError(t, from(1001), 400, "")
	_, err = h.payout(5000, member, "")
	stripeError(t, err, 400, "balance_insufficient")
	checkBalance(h, "", 0, 885)
	checkBalance(h, member, 0, 5000)
	h.clock.add(48 * time.Hour)
	checkBalance(h, "", 885, 0)
	must[*stripe.Payout](t)(h.payout(5000, member, ""))
	h.book()
}

func checkBalance(h *house, account string, available, pending int64) {
	h.Helper()
	p := &stripe.BalanceParams{}
	if account != "" {
		p.SetStripeAccount(account)
	}
	b := must[*stripe.Balance](h.T)(h.stripe.Balance.Get(p))
	if b.Available[0].Amount != available || b.Pending[0].Amount != pending || b.Available[0].Currency != "eur" {
		h.Errorf("balance %d and %d, want %d and %d", b.Available[0].Amount, b.Pending[0].Amount, available, pending)
	}
}
