package stripegateway_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

const testKey = "sk_test_51MeentGateway"

// house is a Stripe of one's own behind real HTTP, and the gateway before it.
type house struct {
	*testing.T
	*stripegateway.Gateway
	sim    *stripesim.Simulator
	server *httptest.Server
	clock  *clock
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t, clock: &clock{at: time.Now().Truncate(time.Second)}}
	h.sim = stripesim.New(pgtest.New(t, stripesim.Schema()), stripesim.Config{Key: testKey, Now: h.clock.now, PayoutDelay: time.Hour})
	h.server = httptest.NewServer(stripeshape.Watch(t, h.sim.Handler()))
	t.Cleanup(h.server.Close)
	h.Gateway = gatewayTo(h.server.URL, testKey)
	return h
}

func gatewayTo(address, key string) *stripegateway.Gateway {
	return stripegateway.New(stripegateway.Config{Key: key, URL: address})
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func checkout(bill payments.Reference) payments.Checkout {
	return payments.Checkout{Bill: bill, Return: "https://meent.example/bills/7", Locale: "nl", Lines: []payments.CheckoutLine{
		{Text: "Ramen lappen", Amount: 5400}, {Text: "Bijdrage", Amount: 600},
	}}
}

// pay pays 60 euros on a page of its own and gives the charge.
func (h *house) pay(bill payments.Reference) payments.Charge {
	h.Helper()
	page := must[payments.CheckoutPage](h.T)(h.OpenCheckout(h.Context(), "checkout:"+string(bill), checkout(bill)))
	h.fillIn(page)
	page = must[payments.CheckoutPage](h.T)(h.CheckoutPage(h.Context(), page.ID))
	return must[payments.Charge](h.T)(h.Charge(h.Context(), page.Intent))
}

func (h *house) fillIn(page payments.CheckoutPage) {
	h.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w := must[*http.Response](h.T)(browser.PostForm(page.URL, url.Values{"card": {"4242 4242 4242 4242"}}))
	defer w.Body.Close()
	if w.StatusCode != http.StatusSeeOther || w.Header.Get("Location") != "https://meent.example/bills/7" {
		h.Fatalf("paying answered %d to %q", w.StatusCode, w.Header.Get("Location"))
	}
}

func (h *house) account() string {
	h.Helper()
	return must[string](h.T)(h.OpenAccount(h.Context(), "account:m42", "m42"))
}

// pass lets time pass.
func (h *house) pass(d time.Duration) {
	h.Helper()
	h.clock.add(d)
	if err := h.sim.Advance(h.Context()); err != nil {
		h.Fatal(err)
	}
}

func (h *house) book() stripesim.Book {
	h.Helper()
	return must[stripesim.Book](h.T)(h.sim.Book(h.Context()))
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// discreet fails the test when an error holds a key or a person's words.
func discreet(t *testing.T, err error) {
	t.Helper()
	for _, word := range []string{"sk_test", "No such", "hunter2", "http://"} {
		if err != nil && strings.Contains(err.Error(), word) {
			t.Errorf("%q holds %q", err, word)
		}
	}
}
