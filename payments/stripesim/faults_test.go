package stripesim_test

import (
	"errors"
	"maps"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

// TestFaults: of each, whether the deed was done, and that the same key brings
// the right end.
func TestFaults(t *testing.T) {
	tests := map[stripesim.Fault]struct {
		status int   // 0: no answer
		done   int64 // what was transferred by the call that failed
		again  int   // the status of the next call with the key
	}{
		stripesim.LoseBefore: {0, 0, 200}, stripesim.LoseAfter: {0, 1000, 200},
		stripesim.ResetBefore: {0, 0, 200}, stripesim.ResetAfter: {0, 1000, 200},
		stripesim.HangBefore: {0, 0, 200}, stripesim.HangAfter: {0, 1000, 200},
		stripesim.Saved500: {500, 0, 500}, stripesim.Saved500Done: {500, 1000, 500},
		stripesim.LockTimeout: {429, 0, 200}, stripesim.RateLimit: {429, 0, 200}, stripesim.Unavailable: {503, 0, 200}, stripesim.Slow: {200, 1000, 200},
	}
	h := newHouse(t, nil)
	h.stripe = h.clientOver(testKey, &http.Transport{DisableKeepAlives: true}) // on a connection that was used, Go itself tries again
	member := h.account()
	h.paid(600000)
	for _, fault := range stripesim.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			tt, key, before := tests[fault], "key:"+string(fault), h.book().Transferred
			f := stripesim.Faults{Next: []stripesim.Fault{fault}, Path: "/v1/transfers", Hang: 10 * time.Millisecond, Slow: 10 * time.Millisecond}
			if err := h.sim.SetFaults(f); err != nil {
				t.Fatal(err)
			}
			_, err := h.transfer(1000, member, key)
			if got := statusOf(err); got != tt.status {
				t.Errorf("answered %d, want %d: %v", got, tt.status, err)
			}
			if got := h.book().Transferred - before; got != tt.done {
				t.Errorf("transferred %d, want %d", got, tt.done)
			}
			_, err = h.transfer(1000, member, key)
			if got := statusOf(err); got != tt.again {
				t.Errorf("again it answered %d, want %d: %v", got, tt.again, err)
			}
			if got, want := h.book().Transferred-before, max(tt.done, map[int]int64{200: 1000}[tt.again]); got != want {
				t.Errorf("in the end %d are transferred, want %d", got, want)
			}
		})
	}
	if fell := h.sim.Fell(); len(fell) != len(tests) {
		t.Errorf("fell: %v", fell)
	}
	h.clock.add(24 * time.Hour) // and a saved 500 is forgotten as well
	must[*stripe.Transfer](t)(h.transfer(1000, member, "key:saved_500"))
}

func statusOf(err error) int {
	var refused *stripe.Error
	switch {
	case err == nil:
		return 200
	case errors.As(err, &refused):
		return refused.HTTPStatusCode
	}
	return 0
}

func TestLockTimeoutSaysAgain(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) {
		c.Faults.Next = []stripesim.Fault{stripesim.LockTimeout, stripesim.RateLimit}
	})
	for _, want := range []struct{ code, retry string }{{"lock_timeout", "true"}, {"rate_limit", ""}} {
		_, err := h.transfer(1, "acct_1", "k")
		e := stripeError(t, err, 429, stripe.ErrorCode(want.code))
		if got := e.LastResponse.Header.Get("Stripe-Should-Retry"); got != want.retry {
			t.Errorf("%s: Stripe-Should-Retry is %q", want.code, got)
		}
	}
}

// TestKeyInUse: while one request is slow, the other with its key hears 409.
func TestKeyInUse(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	if err := h.sim.SetFaults(stripesim.Faults{Next: []stripesim.Fault{stripesim.Slow}, Slow: 300 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	var slow sync.WaitGroup
	slow.Go(func() {
		if _, err := h.transfer(1000, member, "k"); err != nil {
			t.Error(err)
		}
	})
	h.until("a slow request", func() bool { return h.sim.Fell()[stripesim.Slow] == 1 })
	time.Sleep(50 * time.Millisecond) // nothing tells when it has the key
	_, err := h.transfer(1000, member, "k")
	e := stripeError(t, err, 409, stripe.ErrorCodeIdempotencyKeyInUse)
	if e.Type != stripe.ErrorTypeIdempotency || e.LastResponse.Header.Get("Stripe-Should-Retry") != "true" {
		t.Errorf("refused: %+v", e)
	}
	slow.Wait()
	must[*stripe.Transfer](t)(h.transfer(1000, member, "k"))
	if b := h.book(); b.Transferred != 1000 {
		t.Errorf("book: %+v", b)
	}
}

// TestFaultsOfASeed are the same each time.
func TestFaultsOfASeed(t *testing.T) {
	h := newHouse(t, nil)
	var first map[stripesim.Fault]int64
	for range 2 {
		before := h.sim.Fell()
		f := stripesim.Faults{Seed: 7, Rates: map[stripesim.Fault]float64{stripesim.RateLimit: 0.3, stripesim.Unavailable: 0.3}}
		if err := h.sim.SetFaults(f); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			h.transfer(1, "acct_1", "")
		}
		fell := h.sim.Fell()
		for fault := range fell {
			fell[fault] -= before[fault]
		}
		if first == nil {
			first = fell
		}
		if !maps.Equal(first, fell) || len(fell) != 2 {
			t.Errorf("fell %v, and %v before", fell, first)
		}
	}
}

func TestFaultsThatCannotBe(t *testing.T) {
	h := newHouse(t, nil)
	for _, f := range []stripesim.Faults{
		{Next: []stripesim.Fault{"fire"}}, {Rates: map[stripesim.Fault]float64{"fire": 0.1}}, {Rates: map[stripesim.Fault]float64{stripesim.Slow: -1}},
		{Rates: map[stripesim.Fault]float64{stripesim.Slow: 0.6, stripesim.RateLimit: 0.6}},
	} {
		if err := h.sim.SetFaults(f); !errors.Is(err, stripesim.ErrFaults) {
			t.Errorf("%+v gave %v", f, err)
		}
	}
}
