package stripegateway_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"meent/payments"
	"meent/payments/stripegateway"
)

func TestRefused(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	h.pay("b8") // so that the platform could pay more than the first charge brought
	tests := []struct {
		name, code string
		call       func() error
	}{
		{"more than the charge", "invalid_request_error", func() error {
			_, err := h.Transfer(ctx, "transfer:p1", payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 6001})
			return err
		}},
		{"more than the account has", "balance_insufficient", func() error {
			_, err := h.PayOut(ctx, "payout:p1", payments.PayoutOrder{Payout: "p1", Account: account, Amount: 1})
			return err
		}},
		{"nothing", "parameter_invalid_integer", func() error {
			_, err := h.PayOut(ctx, "payout:p2", payments.PayoutOrder{Payout: "p2", Account: account, Amount: 0})
			return err
		}},
		{"too little to pay by card", "amount_too_small", func() error {
			c := checkout("b9")
			c.Lines = []payments.CheckoutLine{{Text: "Iets kleins", Amount: 49}}
			_, err := h.OpenCheckout(ctx, "checkout:b9", c)
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.call()
			if no := (*payments.Refused)(nil); !errors.As(err, &no) || no.Code != tt.code {
				t.Errorf("gave %v, want a refusal with %s", err, tt.code)
			}
			discreet(t, err)
		})
	}
}

func TestUnknownThere(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	open := must[payments.CheckoutPage](t)(h.OpenCheckout(ctx, "checkout:b8", checkout("b8")))
	tests := map[string]func() error{
		"page":           func() error { _, err := h.CheckoutPage(ctx, "cs_test_none"); return err },
		"no page":        func() error { _, err := h.CheckoutPage(ctx, ""); return err },
		"odd page":       func() error { _, err := h.CheckoutPage(ctx, "../accounts?x=\x00"); return err },
		"intent":         func() error { _, err := h.Charge(ctx, "pi_none"); return err },
		"nothing paid":   func() error { _, err := h.Charge(ctx, open.Intent); return err },
		"payout":         func() error { _, err := h.PayoutState(ctx, account, "po_none"); return err },
		"no payout":      func() error { _, err := h.PayoutState(ctx, account, ""); return err },
		"no account":     func() error { _, err := h.PayoutState(ctx, "", "po_none"); return err },
		"from nobody":    func() error { _, err := h.PayOut(ctx, "k1", payments.PayoutOrder{Payout: "p1", Amount: 1}); return err },
		"look at nobody": func() error { _, _, err := h.FindPayout(ctx, "", "p1"); return err },
		"any payout":     func() error { _, _, err := h.FindPayout(ctx, account, ""); return err },
		"any transfer":   func() error { _, _, err := h.FindTransfer(ctx, account, ""); return err },
		"to nobody":      func() error { _, _, err := h.FindTransfer(ctx, "", "p1"); return err },
		"to a stranger": func() error {
			_, err := h.Transfer(ctx, "k2", payments.Transfer{Payout: "p1", Account: "acct_none", Charge: charge.ID, Amount: 1})
			return err
		},
		"of no charge": func() error {
			_, err := h.Transfer(ctx, "k3", payments.Transfer{Payout: "p1", Account: account, Charge: "ch_none", Amount: 1})
			return err
		},
	}
	for name, call := range tests {
		t.Run(name, func(t *testing.T) {
			err := call()
			if !errors.Is(err, payments.ErrUnknownThere) {
				t.Errorf("gave %v", err)
			}
			discreet(t, err)
		})
	}
	if b := h.book(); b.OnTheWay+b.Transferred != 0 {
		t.Errorf("money moved: %+v", b)
	}
}

// undecided wants an error that says nothing about what happened.
func undecided(t *testing.T, err error) {
	t.Helper()
	if no := (*payments.Refused)(nil); err == nil || errors.As(err, &no) || errors.Is(err, payments.ErrUnknownThere) {
		t.Errorf("gave %v, want an error that leaves it open", err)
	}
	discreet(t, err)
}

// TestNothingMovesWithoutAKey holds it for each call that moves something.
func TestNothingMovesWithoutAKey(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	charge, account := h.pay("b7"), h.account()
	for _, key := range []string{"", " ", " k", string(make([]byte, 256))} {
		_, opened := h.OpenCheckout(ctx, key, checkout("b8"))
		_, joined := h.OpenAccount(ctx, key, "m43")
		_, moved := h.Transfer(ctx, key, payments.Transfer{Payout: "p1", Account: account, Charge: charge.ID, Amount: 1})
		_, paid := h.PayOut(ctx, key, payments.PayoutOrder{Payout: "p1", Account: account, Amount: 1})
		for _, err := range []error{opened, joined, moved, paid} {
			undecided(t, err)
		}
	}
	if b := h.book(); b.Transferred != 0 || len(b.Accounts) != 1 {
		t.Errorf("something happened: %+v", b)
	}
}

// TestSameKeyOtherWords is a fault of ours, and no answer about the money.
func TestSameKeyOtherWords(t *testing.T) {
	h := newHouse(t)
	h.account()
	_, err := h.OpenAccount(t.Context(), "account:m42", "m43")
	undecided(t, err)
}

func TestWrongKey(t *testing.T) {
	h := newHouse(t)
	for _, key := range []string{"sk_test_hunter2", ""} {
		_, err := gatewayTo(h.server.URL, key).OpenAccount(t.Context(), "account:m42", "m42")
		undecided(t, err)
	}
	_, err := h.PayoutState(t.Context(), "acct_ofsomebodyelse", "po_1")
	undecided(t, err)
}

func TestServerIsDown(t *testing.T) {
	h := newHouse(t)
	h.server.Close()
	_, err := h.OpenAccount(t.Context(), "account:m42", "m42")
	undecided(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = h.Balance(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("gave %v", err)
	}
}

// TestServerIsIll: what it says in its trouble is neither believed nor repeated.
func TestServerIsIll(t *testing.T) {
	const words = `{"error": {"type": "api_error", "message": "No such hunter2"}}`
	tests := []struct {
		name   string
		status int
		body   string
		header [2]string
	}{
		{"a fault", 500, words, [2]string{}},
		{"busy", 503, words, [2]string{}},
		{"too many", 429, `{"error": {"type": "invalid_request_error", "code": "rate_limit"}}`, [2]string{}},
		{"at once", 409, `{"error": {"type": "invalid_request_error", "code": "lock_timeout"}}`, [2]string{}},
		{"a page", 502, "<h1>hunter2</h1>", [2]string{}},
		{"a page that says no", 400, "<h1>hunter2</h1>", [2]string{}},
		{"another server", 404, `{"error": {"type": "invalid_request_error", "message": "No such URL"}}`, [2]string{}},
		{"no error in it", 400, `{"name": "hunter2"}`, [2]string{}},
		{"no JSON", 200, "hunter2", [2]string{}},
		{"elsewhere", 307, "", [2]string{"Location", "/v1/elsewhere"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			asked := atomic.Int64{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				if tt.header[0] != "" {
					w.Header().Set(tt.header[0], tt.header[1])
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer server.Close()
			_, err := gatewayTo(server.URL, testKey).PayOut(t.Context(), "payout:p1", payments.PayoutOrder{Payout: "p1", Account: "acct_1", Amount: 1})
			undecided(t, err)
			if asked.Load() > 3 {
				t.Errorf("asked %d times", asked.Load())
			}
		})
	}
}

// TestHowItAsks looks at the request itself.
func TestHowItAsks(t *testing.T) {
	var seen http.Header
	var form string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen, form = r.Header.Clone(), string(body)
		_, _ = io.WriteString(w, `{"id": "po_1", "object": "payout", "status": "in_transit"}`)
	}))
	defer server.Close()
	g := stripegateway.New(stripegateway.Config{Key: testKey, URL: server.URL + "/"})
	if id, err := g.PayOut(t.Context(), "payout:p1", payments.PayoutOrder{Payout: "p1", Account: "acct_1", Amount: 5400}); id != "po_1" || err != nil {
		t.Fatalf("gave %q, %v", id, err)
	}
	want := map[string]string{"Idempotency-Key": "payout:p1", "Stripe-Account": "acct_1", "Stripe-Version": "2023-10-16",
		"Authorization": "Bearer " + testKey, "X-Stripe-Client-Telemetry": ""}
	for name, value := range want {
		if seen.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, seen.Get(name), value)
		}
	}
	if want := "amount=5400&currency=eur&metadata[payout]=p1"; form != want {
		t.Errorf("the form is %q, want %q", form, want)
	}
}

// TestServerThatNeverAnswers: a try ends, and what became of it is not known.
func TestServerThatNeverAnswers(t *testing.T) {
	var tries atomic.Int32
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		tries.Add(1)
		_, _ = io.Copy(io.Discard, r.Body) // only then it notices who went away
		<-r.Context().Done()
	}))
	t.Cleanup(silent.Close)
	g := stripegateway.New(stripegateway.Config{Key: "sk_test_x", URL: silent.URL, Timeout: 50 * time.Millisecond})
	start := time.Now()
	_, err := g.Transfer(t.Context(), "key", payments.Transfer{Payout: "p", Account: "acct_1", Charge: "ch_1", Amount: 100})
	var refused *payments.Refused
	if err == nil || errors.As(err, &refused) {
		t.Errorf("it gave %v, want an error that is no answer", err)
	}
	if took := time.Since(start); took > 30*time.Second || tries.Load() < 2 {
		t.Errorf("%d tries in %v, want some, and an end", tries.Load(), took)
	}
}
