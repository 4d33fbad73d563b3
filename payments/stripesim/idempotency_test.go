package stripesim_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

func TestSameKeySameAnswer(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	first := must[*stripe.Transfer](t)(h.transfer(1000, member, "transfer:1"))
	second := must[*stripe.Transfer](t)(h.transfer(1000, member, "transfer:1"))
	if string(first.LastResponse.RawJSON) != string(second.LastResponse.RawJSON) {
		t.Errorf("other answer: %s", second.LastResponse.RawJSON)
	}
	if second.LastResponse.Header.Get("Idempotent-Replayed") != "true" || second.LastResponse.Header.Get("Original-Request") != first.LastResponse.RequestID {
		t.Errorf("headers: %v", second.LastResponse.Header)
	}
	_, err := h.transfer(1001, member, "transfer:1")
	if e := stripeError(t, err, 400, ""); e.Type != stripe.ErrorTypeIdempotency {
		t.Errorf("other parameters gave %s", e.Type)
	}
	if b := h.book(); b.Transferred != 1000 {
		t.Errorf("book: %+v", b)
	}
}

func TestRefusalIsRememberedToo(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	_, err := h.transfer(1000, member, "transfer:1")
	stripeError(t, err, 400, "balance_insufficient")
	h.paid(6000)
	_, err = h.transfer(1000, member, "transfer:1")
	stripeError(t, err, 400, "balance_insufficient")
	_, err = h.transfer(0, member, "transfer:2")
	stripeError(t, err, 400, "parameter_invalid_integer")
	must[*stripe.Transfer](t)(h.transfer(1000, member, "transfer:2")) // a wrong form used up nothing
	h.clock.add(24 * time.Hour)
	must[*stripe.Transfer](t)(h.transfer(1000, member, "transfer:1")) // and a day later the key is new
	if b := h.book(); b.Transferred != 2000 {
		t.Errorf("book: %+v", b)
	}
}

func TestKeysBelongToAccounts(t *testing.T) {
	h := newHouse(t, nil)
	first, second := h.account(), h.account()
	h.paid(6000)
	must[*stripe.Transfer](t)(h.transfer(1000, first, "1"))
	for _, member := range []string{first, second} {
		p := &stripe.PayoutParams{Amount: stripe.Int64(1000), Currency: stripe.String("eur")}
		p.SetStripeAccount(member)
		p.SetIdempotencyKey("1")
		_, err := h.stripe.Payouts.New(p)
		if member == first && err != nil {
			t.Error(err)
		}
		if member == second {
			stripeError(t, err, 400, "balance_insufficient")
		}
	}
}

func TestRacingWithOneKey(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(100000)
	ids := make([]string, 8)
	var race sync.WaitGroup
	for i := range ids {
		race.Go(func() {
			tr, err := h.transfer(1000, member, "transfer:1")
			for inUse(err) {
				tr, err = h.transfer(1000, member, "transfer:1")
			}
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = tr.ID
		})
	}
	race.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("transfers %v", ids)
		}
	}
	if b := h.book(); b.Transferred != 1000 || b.Accounts[member] != 1000 {
		t.Errorf("book: %+v", b)
	}
}

func inUse(err error) bool {
	var refused *stripe.Error
	return errors.As(err, &refused) && refused.HTTPStatusCode == 409 && refused.Code == stripe.ErrorCodeIdempotencyKeyInUse
}

// TestRacingForTheBalance spends more than there is, from all sides.
func TestRacingForTheBalance(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	var race sync.WaitGroup
	for range 8 {
		race.Go(func() {
			if _, err := h.transfer(1000, member, ""); err != nil {
				stripeError(t, err, 400, "balance_insufficient")
			}
		})
	}
	race.Wait()
	if b := h.book(); b.Transferred != 5000 {
		t.Errorf("book: %+v", b)
	}
}
