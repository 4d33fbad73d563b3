package stripegateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

// TestEventsOverHTTP reads what the simulator really sends, by a clock of its own.
func TestEventsOverHTTP(t *testing.T) {
	now := func() time.Time { return time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC) }
	config := stripegateway.Config{Key: testKey, Now: now, Secrets: map[payments.Endpoint][]string{
		payments.PlatformEndpoint: {"whsec_1"}, payments.ConnectEndpoint: {"whsec_2"},
	}}
	var kinds []string // one delivery at a time: there is one event
	hooks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		stripeshape.Event(t, text)
		e, err := stripegateway.New(config).ReadEvent(text, r.Header.Get("Stripe-Signature"), payments.Endpoint(r.URL.Path[1:]))
		if err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		kinds = append(kinds, e.Kind+" "+e.Object+" of "+e.Account)
	}))
	defer hooks.Close()
	sim := stripesim.New(pgtest.New(t, stripesim.Schema()), stripesim.Config{Key: testKey, Now: now,
		Platform: stripesim.Endpoint{URL: hooks.URL + "/platform", Secret: "whsec_1"},
		Connect:  stripesim.Endpoint{URL: hooks.URL + "/connect", Secret: "whsec_2"}})
	server := httptest.NewServer(stripeshape.Watch(t, sim.Handler()))
	defer server.Close()
	config.URL = server.URL
	account := must[string](t)(stripegateway.New(config).OpenAccount(t.Context(), "account:m42", "m42"))
	must[int](t)(sim.Deliver(t.Context()))
	if want := []string{"account.updated " + account + " of " + account}; !slices.Equal(kinds, want) {
		t.Errorf("read %q, want %q", kinds, want)
	}
}
