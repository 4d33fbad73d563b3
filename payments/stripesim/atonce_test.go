package stripesim_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

// TestEverythingAtOnce holds that no two requests stand in each other's way for
// good: all answers are good ones or refusals with a reason.
func TestEverythingAtOnce(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay, c.PayoutDelay = time.Second, time.Second })
	members := []string{h.account(), h.account()}
	stop := run(h)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 6 {
				oneRound(h, members[i%2])
				h.clock.add(time.Second)
			}
		})
	}
	all.Wait()
	stop()
	h.advance(time.Minute)
	// What the other goroutine held when it was stopped is passed over, until Postgres
	// has heard of that.
	for deadline := time.Now().Add(10 * time.Second); h.book().OnTheWay != 0 && time.Now().Before(deadline); {
		h.advance(time.Second)
	}
	if b := h.book(); b.Charged != 48*6000 || b.OnTheWay != 0 || b.Transferred < 48*1000 {
		t.Errorf("book: %+v", b)
	}
}

func oneRound(h *house, member string) {
	s := h.paid(6000)
	i, err := h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil)
	if err != nil {
		h.Error(err)
		return
	}
	p := &stripe.TransferParams{Amount: stripe.Int64(1000), Currency: stripe.String("eur"), Destination: &member, SourceTransaction: &i.LatestCharge.ID}
	_, sourced := h.stripe.Transfers.New(p)
	_, plain := h.transfer(500, member, "")
	_, paid := h.payout(700, member, "")
	_, refunded := h.stripe.Refunds.New(&stripe.RefundParams{PaymentIntent: &i.ID, Amount: stripe.Int64(300)})
	for _, err := range []error{sourced, plain, paid, refunded} {
		var refused *stripe.Error
		if err != nil && (!errors.As(err, &refused) || refused.Code != "balance_insufficient") {
			h.Error(err)
		}
	}
	if sourced != nil || refunded != nil {
		h.Errorf("sourced %v, refunded %v", sourced, refunded)
	}
}
