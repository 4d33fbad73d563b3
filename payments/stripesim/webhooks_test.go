package stripesim_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

func TestEventsTellOfTheirAccount(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	h.deliver()
	for _, e := range h.box.events {
		if of := e.Account; (e.Type == "account.updated") != (of == member) || e.APIVersion != stripe.APIVersion || e.Livemode {
			t.Errorf("%s of %q, version %s", e.Type, of, e.APIVersion)
		}
	}
	p := &stripe.EventListParams{}
	p.SetStripeAccount(member)
	list := h.stripe.Events.List(p)
	if !list.Next() || list.Event().Type != "account.updated" || list.Event().GetObjectValue("id") != member || list.Next() {
		t.Errorf("events of the member: %v, %v", list.Event(), list.Err())
	}
}

func TestRefusedWebhooksComeAgain(t *testing.T) {
	h := newHouse(t, nil)
	h.box.refuseNext(3)
	h.account()
	h.deliver()
	for i, wait := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		for step, want := range []int{i + 1, i + 2} {
			h.clock.add([]time.Duration{wait - time.Millisecond, time.Millisecond}[step])
			h.deliver()
			if tries := h.count(`SELECT tries FROM stripesim.event`); tries != want {
				t.Errorf("%d tries after waiting %v, want %d", tries, wait, want)
			}
		}
	}
	h.clock.add(time.Hour)
	h.deliver()
	if got := h.box.types(t)["account.updated"]; got != 1 {
		t.Errorf("delivered %d times, want once", got)
	}
}

func TestWebhooksOutliveTheSimulator(t *testing.T) {
	h := newHouse(t, nil)
	stop := run(h)
	h.box.refuseNext(1_000_000)
	h.account()
	h.until("a try", func() bool {
		return h.count(`SELECT count(*) FROM stripesim.event WHERE tries > 0 AND last_error IS NOT NULL`) == 1
	})
	stop()
	h.server.Close()
	h.box.refuseNext(0)
	h.clock.add(time.Hour)
	h.open()
	stop = run(h)
	h.until("delivery", func() bool { return h.box.types(t)["account.updated"] == 1 })
	stop()
}

func TestNobodyWaitsForASilentEndpoint(t *testing.T) {
	free := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-free }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(free) })
	h := newHouse(t, func(c *stripesim.Config) {
		c.Connect.URL, c.Client = silent.URL, &http.Client{Timeout: 50 * time.Millisecond}
	})
	h.account()
	h.paid(6000)
	h.deliver()
	if got := h.box.types(t)["checkout.session.completed"]; got != 1 {
		t.Errorf("the other endpoint got %d", got)
	}
	if n := h.count(`SELECT count(*) FROM stripesim.event WHERE due_at IS NOT NULL AND last_error LIKE '%exceeded%'`); n != 1 {
		t.Errorf("%d events wait, want 1", n)
	}
}

// TestTwoSimulatorsShareTheWork holds that each event is sent by one of them.
func TestTwoSimulatorsShareTheWork(t *testing.T) {
	h := newHouse(t, nil)
	stopFirst := run(h)
	h.open()
	stopSecond := run(h)
	for range 20 {
		h.account()
	}
	h.until("delivery", func() bool { return h.box.types(t)["account.updated"] >= 20 })
	stopFirst()
	stopSecond()
	if got := h.box.types(t)["account.updated"]; got != 20 {
		t.Errorf("delivered %d times, want 20", got)
	}
}

// TestUnrulyDelivery: each event twice, and in no order.
func TestUnrulyDelivery(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Unruly, c.AtOnce = true, 1 })
	var inOrder, got []string
	for range 5 {
		inOrder = append(inOrder, h.account())
	}
	h.deliver()
	for _, e := range h.box.events {
		got = append(got, e.Account)
	}
	if len(got) != 10 {
		t.Fatalf("delivered %d times, want each of 5 twice", len(got))
	}
	if slices.Equal(got, append(slices.Clone(inOrder), inOrder...)) {
		t.Errorf("delivered in the order in which they came: %q", got)
	}
	slices.Sort(got)
	if slices.Sort(inOrder); !slices.Equal(slices.Compact(slices.Clone(got)), inOrder) {
		t.Errorf("delivered of %q, want of each of %q", got, inOrder)
	}
}

// TestEventsComeLate: none before its time, all in the end.
func TestEventsComeLate(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Late = time.Hour })
	for range 20 {
		h.account()
	}
	h.deliver()
	early := h.box.types(t)["account.updated"]
	h.clock.add(30 * time.Minute)
	h.deliver()
	half := h.box.types(t)["account.updated"]
	h.clock.add(30 * time.Minute)
	h.deliver()
	if all := h.box.types(t)["account.updated"]; early > 2 || half == 0 || half == 20 || all != 20 {
		t.Errorf("delivered %d, %d, %d", early, half, all)
	}
}

func TestOldEventsAreForgotten(t *testing.T) {
	h := newHouse(t, nil)
	h.paid(6000)
	list := h.stripe.Events.List(&stripe.EventListParams{})
	if !list.Next() {
		t.Fatal(list.Err())
	}
	h.clock.add(30 * 24 * time.Hour)
	_, err := h.stripe.Events.Get(list.Event().ID, nil)
	stripeError(t, err, 404, "resource_missing")
	if again := h.stripe.Events.List(&stripe.EventListParams{}); again.Next() || again.Err() != nil {
		t.Errorf("still there: %+v, %v", again.Event(), again.Err())
	}
}

func TestEventsAreSentAgain(t *testing.T) {
	h := newHouse(t, nil)
	h.account()
	h.deliver()
	h.box.mu.Lock()
	id := h.box.events[0].ID
	h.box.mu.Unlock()
	if err := h.sim.Resend(t.Context(), id, "evt_nothing"); err != nil {
		t.Fatal(err)
	}
	h.deliver()
	if got := h.box.types(t)["account.updated"]; got != 2 {
		t.Errorf("delivered %d times", got)
	}
}

func TestNobodyToTell(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Connect.URL = "" })
	h.account()
	h.paid(6000)
	h.deliver()
	if got := h.box.types(t); got["account.updated"] != 0 || got["checkout.session.completed"] != 1 {
		t.Errorf("events: %v", got)
	}
}

func TestEventsAreListed(t *testing.T) {
	h := newHouse(t, nil)
	h.paid(6000)
	h.clock.add(10 * time.Second)
	h.paid(7000)
	since := h.clock.now().Unix()
	tests := []struct {
		params stripe.EventListParams
		want   int
	}{
		{stripe.EventListParams{}, 8},
		{stripe.EventListParams{CreatedRange: &stripe.RangeQueryParams{GreaterThanOrEqual: since}}, 4},
		{stripe.EventListParams{CreatedRange: &stripe.RangeQueryParams{GreaterThan: since}}, 0},
		{stripe.EventListParams{CreatedRange: &stripe.RangeQueryParams{LesserThan: since}}, 4},
		{stripe.EventListParams{CreatedRange: &stripe.RangeQueryParams{LesserThanOrEqual: since}}, 8},
		{stripe.EventListParams{Created: &since}, 4},
		{stripe.EventListParams{Type: stripe.String("charge.succeeded")}, 2},
		{stripe.EventListParams{Type: stripe.String("payment_intent.*")}, 4},
		{stripe.EventListParams{Types: stripe.StringSlice([]string{"charge.succeeded", "payment_intent.created"})}, 4},
	}
	for i, tt := range tests {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			list, n := h.stripe.Events.List(&tt.params), 0
			for list.Next() {
				n++
			}
			if n != tt.want || list.Err() != nil {
				t.Errorf("%d events, %v; want %d", n, list.Err(), tt.want)
			}
		})
	}
}

// run starts the simulator's loop; stop ends it and waits.
func run(h *house) (stop func()) {
	ctx, cancel := context.WithCancel(h.Context())
	ended, sim := make(chan error, 1), h.sim
	go func() { ended <- sim.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			h.Error(err)
		}
	}
}

// until polls, because nothing else tells when another goroutine is that far.
func (h *house) until(what string, so func() bool) {
	h.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.Fatalf("%s: not after 20 seconds", what)
		}
	}
}

func (h *house) count(query string) (n int) {
	h.Helper()
	if err := h.db.QueryRow(h.Context(), query).Scan(&n); err != nil {
		h.Fatal(err)
	}
	return n
}
