package stripesim_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

func TestRefunds(t *testing.T) {
	h := newHouse(t, nil)
	s := h.paid(6000)
	refund := func(amount int64) (*stripe.Refund, error) {
		p := &stripe.RefundParams{PaymentIntent: &s.PaymentIntent.ID, Reason: stripe.String("requested_by_customer")}
		if amount != 0 {
			p.Amount = &amount
		}
		return h.stripe.Refunds.New(p)
	}
	part := must[*stripe.Refund](t)(refund(1000))
	if part.Status != "succeeded" || part.Amount != 1000 || part.Charge.ID == "" || part.BalanceTransaction.ID == "" {
		t.Errorf("refund: %+v", part)
	}
	_, err := refund(5001)
	if e := stripeError(t, err, 400, ""); e.Param != "amount" {
		t.Errorf("param %q", e.Param)
	}
	rest := must[*stripe.Refund](t)(refund(0))
	if rest.Amount != 5000 {
		t.Errorf("the rest is %d", rest.Amount)
	}
	_, err = refund(0)
	stripeError(t, err, 400, "charge_already_refunded")
	ch := must[*stripe.Charge](t)(h.stripe.Charges.Get(part.Charge.ID, nil))
	if !ch.Refunded || ch.AmountRefunded != 6000 {
		t.Errorf("charge: %+v", ch)
	}
	if again := must[*stripe.Refund](t)(h.stripe.Refunds.Get(part.ID, nil)); again.Amount != 1000 {
		t.Errorf("refund: %+v", again)
	}
	if b := h.book(); b.Refunded != 6000 || b.Platform != -115 {
		t.Errorf("book: %+v", b)
	}
}

func TestNoRefundOfWhatWasNotPaid(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(6000)
	h.pay(s, "4000000000000002")
	s = must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Get(s.ID, nil))
	_, err := h.stripe.Refunds.New(&stripe.RefundParams{PaymentIntent: &s.PaymentIntent.ID})
	stripeError(t, err, 400, "payment_intent_unexpected_state")
	_, err = h.stripe.Refunds.New(&stripe.RefundParams{Charge: stripe.String("ch_nothing")})
	if e := stripeError(t, err, 400, "resource_missing"); e.Param != "charge" {
		t.Errorf("param %q", e.Param)
	}
	_, err = h.stripe.Refunds.New(&stripe.RefundParams{})
	stripeError(t, err, 400, "parameter_missing")
}

// TestRefundsEndLater: pending, and failed also after they were called done.
func TestRefundsEndLater(t *testing.T) {
	for how, tt := range map[string]struct {
		first, last stripe.RefundStatus
		refunded    int64
	}{
		"pending": {"pending", "succeeded", 1000}, "fail": {"pending", "failed", 0}, "fail_late": {"succeeded", "failed", 0},
	} {
		t.Run(how, func(t *testing.T) {
			h := newHouse(t, func(c *stripesim.Config) { c.RefundDelay = 48 * time.Hour })
			s := h.paid(6000)
			p := &stripe.RefundParams{PaymentIntent: &s.PaymentIntent.ID, Amount: stripe.Int64(1000)}
			p.AddMetadata("simulate", how)
			re := must[*stripe.Refund](t)(h.stripe.Refunds.New(p))
			h.advance(47 * time.Hour)
			if re = must[*stripe.Refund](t)(h.stripe.Refunds.Get(re.ID, nil)); re.Status != tt.first || h.chargeOf(s).AmountRefunded != 1000 {
				t.Errorf("first: %+v", re)
			}
			h.advance(time.Hour)
			re = must[*stripe.Refund](t)(h.stripe.Refunds.Get(re.ID, nil))
			if re.Status != tt.last || h.chargeOf(s).AmountRefunded != tt.refunded || (re.FailureBalanceTransaction == nil) != (tt.refunded > 0) {
				t.Errorf("in the end: %+v", re)
			}
			if b := h.book(); b.Refunded != tt.refunded || b.Platform != 5885-tt.refunded {
				t.Errorf("book: %+v", b)
			}
			h.deliver()
			if got := h.box.types(t); got["charge.refunded"] != 1 || got["refund.created"] != 1 || got["refund.updated"] != 1 || got["charge.refund.updated"] != 1 {
				t.Errorf("events: %v", got)
			}
		})
	}
}

// TestCardsSayHowRefundsEnd as Stripe's test cards do.
func TestCardsSayHowRefundsEnd(t *testing.T) {
	h := newHouse(t, nil)
	for way, want := range map[string]stripe.RefundStatus{
		"4000000000007726": "succeeded", "4000000000005126": "failed", "sepa_debit": "succeeded", "ideal": "succeeded",
	} {
		s := h.paidBy(6000, way)
		h.advance(time.Second)
		re := must[*stripe.Refund](t)(h.stripe.Refunds.New(&stripe.RefundParams{PaymentIntent: &s.PaymentIntent.ID}))
		h.advance(time.Second)
		if re = must[*stripe.Refund](t)(h.stripe.Refunds.Get(re.ID, nil)); re.Status != want {
			t.Errorf("%s: %+v", way, re)
		}
		h.book()
	}
}

func TestRacingRefunds(t *testing.T) {
	h := newHouse(t, nil)
	s := h.paid(6000)
	var race sync.WaitGroup
	for range 8 {
		race.Go(func() {
			_, err := h.stripe.Refunds.New(&stripe.RefundParams{PaymentIntent: &s.PaymentIntent.ID, Amount: stripe.Int64(2500)})
			if err != nil {
				stripeError(t, err, 400, "")
			}
		})
	}
	race.Wait()
	if b := h.book(); b.Refunded != 5000 {
		t.Errorf("book: %+v", b)
	}
}
