package stripesim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

func TestIDEALPaysAtOnce(t *testing.T) {
	h := newHouse(t, nil)
	s := h.paidBy(6000, "ideal")
	ch := h.chargeOf(s)
	if s.PaymentStatus != "paid" || ch.PaymentMethodDetails.Type != "ideal" || !strings.HasPrefix(ch.ID, "py_") {
		t.Errorf("session %s, charge %+v", s.PaymentStatus, ch)
	}
	if bt := must[*stripe.BalanceTransaction](t)(h.stripe.BalanceTransactions.Get(ch.BalanceTransaction.ID, nil)); bt.Type != "payment" || bt.Fee != 29 {
		t.Errorf("balance transaction: %+v", bt)
	}
	if b := h.book(); b.Charged != 6000 || b.Fees != 29 {
		t.Errorf("book: %+v", b)
	}
}

func TestRefusedIDEALMayBeTriedAgain(t *testing.T) {
	h := newHouse(t, nil)
	p := sessionParams(6000, "")
	p.PaymentMethodTypes = stripe.StringSlice([]string{"ideal"})
	s := must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.New(p))
	page, _ := look(t, s.URL, http.StatusOK)
	if page.Find("input#card").Length() != 0 || page.Find("button[value=ideal]").Length() != 1 || page.Find("button[value=sepa_debit]").Length() != 0 {
		t.Error("the page offers other ways than iDEAL")
	}
	if status, _, _ := h.pay(s, "4242424242424242"); status != http.StatusUnprocessableEntity {
		t.Errorf("a card gave %d", status)
	}
	if status, _, _ := h.pay(s, "ideal_decline"); status != http.StatusPaymentRequired {
		t.Errorf("a bank that refuses gave %d", status)
	}
	if status, _, _ := h.pay(s, "ideal"); status != http.StatusSeeOther {
		t.Errorf("the second try gave %d", status)
	}
	if b := h.book(); b.Charged != 6000 {
		t.Errorf("book: %+v", b)
	}
}

// TestDebitsEndLater: complete, and paid or not only days later.
func TestDebitsEndLater(t *testing.T) {
	for way, want := range map[string]struct {
		charged int64
		payment stripe.CheckoutSessionPaymentStatus
		intent  stripe.PaymentIntentStatus
		events  map[string]int
	}{
		"sepa_debit": {6000, "paid", "succeeded", map[string]int{"charge.succeeded": 1, "payment_intent.succeeded": 1, "checkout.session.async_payment_succeeded": 1}},
		"sepa_debit_fail": {0, "unpaid", "requires_payment_method",
			map[string]int{"charge.failed": 1, "payment_intent.payment_failed": 1, "checkout.session.async_payment_failed": 1}},
	} {
		t.Run(way, func(t *testing.T) {
			h := newHouse(t, func(c *stripesim.Config) { c.DebitDelay = 72 * time.Hour })
			s := h.paidBy(6000, way)
			i := must[*stripe.PaymentIntent](t)(h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil))
			if s.Status != "complete" || s.PaymentStatus != "unpaid" || i.Status != "processing" || h.chargeOf(s).Status != "pending" {
				t.Errorf("session %s %s, intent %s", s.Status, s.PaymentStatus, i.Status)
			}
			h.advance(71 * time.Hour)
			if b := h.book(); b.Charged != 0 {
				t.Errorf("book: %+v", b)
			}
			h.advance(time.Hour)
			s = must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Get(s.ID, nil))
			i = must[*stripe.PaymentIntent](t)(h.stripe.PaymentIntents.Get(i.ID, nil))
			if s.Status != "complete" || s.PaymentStatus != want.payment || i.Status != want.intent || (i.LastPaymentError == nil) != (want.charged > 0) {
				t.Errorf("session %s %s, intent %s, %v", s.Status, s.PaymentStatus, i.Status, i.LastPaymentError)
			}
			if b := h.book(); b.Charged != want.charged {
				t.Errorf("book: %+v", b)
			}
			h.deliver()
			want.events["payment_intent.created"], want.events["charge.pending"], want.events["payment_intent.processing"] = 1, 1, 1
			want.events["checkout.session.completed"] = 1
			if diff := cmp.Diff(want.events, h.box.types(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDebitIsCalledBack(t *testing.T) {
	h := newHouse(t, nil)
	s := h.paidBy(6000, "sepa_debit_dispute")
	h.advance(time.Second)
	ch := h.chargeOf(s)
	list := h.stripe.Disputes.List(&stripe.DisputeListParams{Charge: &ch.ID})
	if !ch.Disputed || !list.Next() || list.Dispute().Status != "lost" || list.Dispute().Reason != "debit_not_authorized" {
		t.Fatalf("charge %+v, %v", ch, list.Err())
	}
	if b := h.book(); b.Disputed != 6000 || b.Platform != -35-750 {
		t.Errorf("book: %+v", b)
	}
}

// TestMoneyBecomesAvailable tells of it once.
func TestMoneyBecomesAvailable(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay = 48 * time.Hour })
	h.paid(6000)
	h.paidBy(1000, "4000000000000077")
	h.advance(47 * time.Hour)
	h.deliver()
	if got := h.box.types(t)["balance.available"]; got != 0 {
		t.Errorf("told %d times too early", got)
	}
	for range 3 {
		h.advance(time.Hour)
	}
	h.deliver()
	if got := h.box.types(t)["balance.available"]; got != 1 {
		t.Errorf("told %d times, want once", got)
	}
}
