package stripegateway_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"meent/payments"
	"meent/payments/stripesim"
)

// paidBy pays 60 euros in this way, and gives the page afterwards.
func (h *house) paidBy(bill payments.Reference, way string) payments.CheckoutPage {
	h.Helper()
	c := checkout(bill)
	c.Methods = []string{"ideal", "card", "sepa_debit"}
	page := must[payments.CheckoutPage](h.T)(h.OpenCheckout(h.Context(), "checkout:"+string(bill), c))
	h.fill(page.URL, "card", way)
	return must[payments.CheckoutPage](h.T)(h.CheckoutPage(h.Context(), page.ID))
}

// fill fills in a page of the simulator's.
func (h *house) fill(address, name, value string) {
	h.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w := must[*http.Response](h.T)(browser.PostForm(address, url.Values{name: {value}}))
	defer w.Body.Close()
	if w.StatusCode != http.StatusSeeOther {
		h.Fatalf("filling in answered %d", w.StatusCode)
	}
}

// TestRefundFromBeginToEnd says each step twice, and looks for it.
func TestRefundFromBeginToEnd(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge := h.pay("b7")
	order := payments.RefundOrder{Refund: "r1", Charge: charge.ID, Amount: 1000}
	if r, found, err := h.FindRefund(ctx, charge.ID, "r1"); found || err != nil {
		t.Errorf("before: %+v, %v, %v", r, found, err)
	}
	made := twice(h, func() (payments.RefundThere, error) { return h.Refund(ctx, "refund:r1:g1", order) })
	same(t, made, payments.RefundThere{ID: made.ID, Charge: charge.ID, Ref: "r1", Amount: 1000, State: payments.RefundDone})
	if r, found, err := h.FindRefund(ctx, charge.ID, "r1"); r != made || !found || err != nil {
		t.Errorf("found %+v, %v, %v", r, found, err)
	}
	order.Refund, order.Amount = "r2", 5001
	_, err := h.Refund(ctx, "refund:r2:g1", order)
	if no := (*payments.Refused)(nil); !errors.As(err, &no) {
		t.Errorf("more than is left gave %v", err)
	}
	if err := h.sim.EndRefund(ctx, made.ID, false); err != nil {
		t.Fatal(err)
	}
	made.State = payments.RefundFailed
	same(t, must[payments.RefundThere](t)(h.RefundNow(ctx, made.ID)), made)
	_, err = h.RefundNow(ctx, "re_none")
	if !errors.Is(err, payments.ErrUnknownThere) {
		t.Errorf("one that never was gave %v", err)
	}
}

// TestReversalFromBeginToEnd: as far as the member's account has the money.
func TestReversalFromBeginToEnd(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	transfer := must[string](t)(h.Transfer(ctx, "transfer:p1", payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 5400}))
	order := payments.ReversalOrder{Reversal: "v1", Transfer: transfer, Amount: 400}
	if id, found, err := h.FindReversal(ctx, transfer, "v1"); found || err != nil {
		t.Errorf("before: %s, %v, %v", id, found, err)
	}
	made := twice(h, func() (string, error) { return h.Reverse(ctx, "reversal:v1:g1", order) })
	if id, found, err := h.FindReversal(ctx, transfer, "v1"); id != made || !found || err != nil {
		t.Errorf("found %s, %v, %v", id, found, err)
	}
	h.hasBalance(account, 5000)
	must[string](t)(h.PayOut(ctx, "payout:p1", payments.PayoutOrder{Payout: "p1", Account: account, Amount: 5000, Instant: true}))
	order.Reversal, order.Amount = "v2", 1
	_, err := h.Reverse(ctx, "reversal:v2:g1", order)
	if no := (*payments.Refused)(nil); !errors.As(err, &no) {
		t.Errorf("what is at the bank gave %v", err)
	}
	order.Transfer = "tr_none"
	if _, err = h.Reverse(ctx, "reversal:v3:g1", order); !errors.Is(err, payments.ErrUnknownThere) {
		t.Errorf("a transfer that never was gave %v", err)
	}
}

// TestDisputeFromBeginToEnd: taken, answered, won and given back; another is
// accepted; a third is only a question.
func TestDisputeFromBeginToEnd(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	page := h.paidBy("b7", "ideal")
	charge := must[payments.Charge](t)(h.Charge(ctx, page.Intent))
	id := must[string](t)(h.sim.Complain(ctx, stripesim.Complaint{Charge: charge.ID, Amount: 2000, Reason: "product_not_received"}))
	d := must[payments.DisputeThere](t)(h.Dispute(ctx, id))
	if d.State != payments.DisputeOpen || d.Charge != charge.ID || d.Amount != 2000 || d.Withdrawn != 2000 || d.Reinstated != 0 || d.Fee <= 0 ||
		d.Answered || d.Reason != "product_not_received" || !d.Until.After(h.clock.now()) {
		t.Errorf("taken: %+v", d)
	}
	if c := must[payments.Charge](t)(h.Charge(ctx, page.Intent)); c.Disputed != 2000 || c.Amount != 4000 || !c.Sure || c.Method != "ideal" {
		t.Errorf("its charge: %+v", c)
	}
	for _, submit := range []bool{false, true} {
		if err := h.AnswerDispute(ctx, fmt.Sprint("dispute:1:", submit), payments.DisputeAnswer{Dispute: id, Text: "Gedaan.", Submit: submit}); err != nil {
			t.Fatal(err)
		}
		if d = must[payments.DisputeThere](t)(h.Dispute(ctx, id)); d.Answered != submit {
			t.Errorf("answered: %+v", d)
		}
	}
	if err := h.sim.Decide(ctx, id, "won"); err != nil {
		t.Fatal(err)
	}
	if d = must[payments.DisputeThere](t)(h.Dispute(ctx, id)); d.State != payments.DisputeWon || d.Reinstated != 2000 {
		t.Errorf("won: %+v", d)
	}
	if c := must[payments.Charge](t)(h.Charge(ctx, page.Intent)); c.Disputed != 0 || c.Amount != 6000 {
		t.Errorf("its charge: %+v", c)
	}
	h.acceptsAndIsAsked()
}

func (h *house) acceptsAndIsAsked() {
	h.Helper()
	ctx := h.Context()
	id := must[string](h.T)(h.sim.Complain(ctx, stripesim.Complaint{Charge: h.pay("b8").ID}))
	for range 2 {
		if err := h.AcceptDispute(ctx, "dispute:2:accept", id); err != nil {
			h.Fatal(err)
		}
	}
	if d := must[payments.DisputeThere](h.T)(h.Dispute(ctx, id)); d.State != payments.DisputeLost || d.Withdrawn != 6000 {
		h.Errorf("lost: %+v", d)
	}
	err := h.AnswerDispute(ctx, "dispute:2:late", payments.DisputeAnswer{Dispute: id, Text: "Toch.", Submit: true})
	if no := (*payments.Refused)(nil); !errors.As(err, &no) {
		h.Errorf("an answer after the end gave %v", err)
	}
	id = must[string](h.T)(h.sim.Complain(ctx, stripesim.Complaint{Charge: h.pay("b9").ID, Asks: true}))
	if d := must[payments.DisputeThere](h.T)(h.Dispute(ctx, id)); d.State != payments.DisputeWarning || d.Withdrawn != 0 {
		h.Errorf("asked: %+v", d)
	}
	if _, err := h.Dispute(ctx, "dp_none"); !errors.Is(err, payments.ErrUnknownThere) {
		h.Errorf("one that never was gave %v", err)
	}
}

// TestDebit: on its way, then paid but not sure; another never comes.
func TestDebit(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	for way, want := range map[string]payments.CheckoutState{"sepa_debit": payments.CheckoutPaid, "sepa_debit_fail": payments.CheckoutFailed} {
		page := h.paidBy(payments.Reference("b-"+way), way)
		if page.State != payments.CheckoutWaiting || page.Intent == "" {
			t.Errorf("%s: %+v", way, page)
		}
		if _, err := h.Charge(ctx, page.Intent); !errors.Is(err, payments.ErrUnknownThere) {
			t.Errorf("%s has a charge: %v", way, err)
		}
		h.pass(time.Hour)
		if page = must[payments.CheckoutPage](t)(h.CheckoutPage(ctx, page.ID)); page.State != want {
			t.Errorf("%s: %+v", way, page)
		}
		if want == payments.CheckoutPaid {
			if c := must[payments.Charge](t)(h.Charge(ctx, page.Intent)); c.Amount != 6000 || c.Sure || c.Method != "sepa_debit" {
				t.Errorf("%s: %+v", way, c)
			}
		}
	}
}

// TestOnboardingFromBeginToEnd, until the member takes the trust back.
func TestOnboardingFromBeginToEnd(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	account := h.account()
	ready := must[payments.AccountThere](t)(h.Account(ctx, account))
	if !ready.Submitted || !ready.Payouts || ready.Bank == "" || ready.Disabled != "" || len(ready.Due) > 0 {
		t.Errorf("ready: %+v", ready)
	}
	if err := h.sim.Ask(ctx, account, "individual.verification.document"); err != nil {
		t.Fatal(err)
	}
	asked := must[payments.AccountThere](t)(h.Account(ctx, account))
	if asked.Payouts || asked.Disabled == "" || !slices.Contains(asked.Due, "individual.verification.document") {
		t.Errorf("asked: %+v", asked)
	}
	o := payments.Onboarding{Account: account, Back: "https://meent.example/pay", Again: "https://meent.example/pay/again"}
	h.fill(must[string](t)(h.OpenOnboarding(ctx, "onboarding:m42:1", o)), "iban", "NL39RABO0300065264")
	if again := must[payments.AccountThere](t)(h.Account(ctx, account)); !again.Payouts || again.Bank == ready.Bank || again.Bank == "" {
		t.Errorf("again: %+v", again)
	}
	if err := h.sim.Leave(ctx, account); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Account(ctx, account); !errors.Is(err, payments.ErrUnknownThere) {
		t.Errorf("gone: %v", err)
	}
	_, err := h.PayOut(ctx, "payout:p1", payments.PayoutOrder{Payout: "p1", Account: account, Amount: 1})
	undecided(t, err)
}

// TestMovementsAddUp: all of them are the balance, page after page, and each is
// there once; events go back in the same way.
func TestMovementsAddUp(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	for i := range 110 {
		ref := payments.Reference(fmt.Sprint("p", i))
		must[string](t)(h.Transfer(ctx, "transfer:"+string(ref), payments.Transfer{Payout: ref, Account: account, Charge: charge.ID, Amount: 1}))
	}
	must[payments.RefundThere](t)(h.Refund(ctx, "refund:r1", payments.RefundOrder{Refund: "r1", Charge: charge.ID, Amount: 1000}))
	var net payments.Cents
	seen := walk(t, func(after string) (ids []string, more bool, err error) {
		list, more, err := h.BalanceChanges(ctx, "", time.Time{}, after)
		for _, m := range list {
			net, ids = net+m.Net, append(ids, m.ID)
			if m.Net != m.Amount-m.Fee || m.Source == "" || m.Kind == "" || m.At.IsZero() {
				t.Errorf("a movement: %+v", m)
			}
		}
		return ids, more, err
	})
	if has := must[payments.Cents](t)(h.Balance(ctx, "")); len(seen) != 112 || net != has {
		t.Errorf("%d movements of %d cents, and a balance of %d", len(seen), net, has)
	}
	events := walk(t, func(after string) (ids []string, more bool, err error) {
		list, more, err := h.Events(ctx, "", time.Time{}, after)
		for _, e := range list {
			ids = append(ids, e.ID)
		}
		return ids, more, err
	})
	if len(events) < 112 {
		t.Errorf("%d events", len(events))
	}
	h.clock.add(time.Hour)
	if list, more, err := h.BalanceChanges(ctx, "", h.clock.now(), ""); len(list) > 0 || more || err != nil {
		t.Errorf("in the last hour: %+v, %v, %v", list, more, err)
	}
	if list, _, err := h.Events(ctx, account, time.Time{}, ""); err != nil || len(list) == 0 || list[0].Account != account {
		t.Errorf("the member's: %+v, %v", list, err)
	}
}

// walk goes through all pages, and fails when one thing stands in two.
func walk(t *testing.T, page func(after string) ([]string, bool, error)) (seen []string) {
	t.Helper()
	for more, after := true, ""; more; after = seen[len(seen)-1] {
		ids, again, err := page(after)
		if err != nil || len(ids) == 0 {
			t.Fatalf("after %q: %d, %v", after, len(ids), err)
		}
		for _, id := range ids {
			if slices.Contains(seen, id) {
				t.Fatalf("%s is there twice", id)
			}
		}
		seen, more = append(seen, ids...), again
	}
	return seen
}
