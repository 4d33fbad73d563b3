package stripegateway_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
)

// call is one method of the gateway, made once.
type call struct {
	moves bool // it may change something
	do    func(ctx context.Context, g payments.Gateway, key string) error
}

// calls are all methods that speak to Stripe.
func calls() map[string]call {
	since := time.Unix(1700000000, 0)
	return map[string]call{
		"OpenCheckout": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			c := checkout("b7")
			c.Methods = []string{"ideal", "card", "sepa_debit"}
			_, err := g.OpenCheckout(ctx, key, c)
			return err
		}},
		"CheckoutPage": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.CheckoutPage(ctx, "cs_1")
			return err
		}},
		"Charge": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.Charge(ctx, "pi_1")
			return err
		}},
		"Refund": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.Refund(ctx, key, payments.RefundOrder{Refund: "r1", Charge: "ch_1", Amount: 1000})
			return err
		}},
		"FindRefund": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.FindRefund(ctx, "ch_1", "r1")
			return err
		}},
		"RefundNow": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.RefundNow(ctx, "re_1")
			return err
		}},
		"Dispute": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.Dispute(ctx, "dp_1")
			return err
		}},
		"AcceptDispute": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			return g.AcceptDispute(ctx, key, "dp_1")
		}},
		"AnswerDispute": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			return g.AnswerDispute(ctx, key, payments.DisputeAnswer{Dispute: "dp_1", Text: "Het werk is gedaan.", Submit: true})
		}},
		"OpenAccount": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.OpenAccount(ctx, key, "m42")
			return err
		}},
		"FindAccount": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.FindAccount(ctx, "m42")
			return err
		}},
		"OpenOnboarding": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.OpenOnboarding(ctx, key, payments.Onboarding{Account: "acct_1", Back: "https://meent.example/pay", Again: "https://meent.example/pay/again"})
			return err
		}},
		"Account": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.Account(ctx, "acct_1")
			return err
		}},
		"Transfer": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.Transfer(ctx, key, payments.Transfer{Payout: "p1", Account: "acct_1", Charge: "ch_1", Amount: 5400})
			return err
		}},
		"FindTransfer": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.FindTransfer(ctx, "acct_1", "p1")
			return err
		}},
		"Reverse": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.Reverse(ctx, key, payments.ReversalOrder{Reversal: "v1", Transfer: "tr_1", Amount: 1000})
			return err
		}},
		"ReversalsByHand": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.ReversalsByHand(ctx, "tr_1")
			return err
		}},
		"FindReversal": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.FindReversal(ctx, "tr_1", "v1")
			return err
		}},
		"PayOut": {true, func(ctx context.Context, g payments.Gateway, key string) error {
			_, err := g.PayOut(ctx, key, payments.PayoutOrder{Payout: "p1:0", Account: "acct_1", Amount: 5400, Instant: true})
			return err
		}},
		"FindPayout": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.FindPayout(ctx, "acct_1", "p1:0")
			return err
		}},
		"PayoutState": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.PayoutState(ctx, "acct_1", "po_1")
			return err
		}},
		"Balance": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.Balance(ctx, "")
			return err
		}},
		"Balances": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, err := g.Balances(ctx, "acct_1")
			return err
		}},
		"BalanceChanges": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.BalanceChanges(ctx, "acct_1", since, "txn_9")
			return err
		}},
		"Events": {false, func(ctx context.Context, g payments.Gateway, _ string) error {
			_, _, err := g.Events(ctx, "", since, "evt_9")
			return err
		}},
	}
}

// quiet are the methods that speak to nobody.
var quiet = []string{"ReadEvent"}

// wire is a Stripe that answers everything in its shape, and keeps what it was
// asked.
type wire struct {
	mu    sync.Mutex
	asked []*http.Request
}

func (w *wire) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.asked = append(w.asked, r)
	w.mu.Unlock()
	text, found := canned()[r.Method+" "+r.URL.Path]
	if !found {
		out.WriteHeader(http.StatusNotImplemented)
	}
	_, _ = io.WriteString(out, text)
}

// changes are the requests that may change something, those since the last time.
func (w *wire) changes() (all []*http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.asked {
		if r.Method != http.MethodGet {
			all = append(all, r)
		}
	}
	w.asked = nil
	return all
}

func newWire(t *testing.T) (*wire, *stripegateway.Gateway) {
	t.Helper()
	w := &wire{}
	server := httptest.NewServer(stripeshape.Watch(t, w))
	t.Cleanup(server.Close)
	return w, gatewayTo(server.URL, testKey)
}

// TestEveryCall: each method of the gateway has Stripe's shape; the key arrives
// with whatever may change something, and nothing else may.
func TestEveryCall(t *testing.T) {
	w, g := newWire(t)
	all := calls()
	for m := range reflect.TypeFor[payments.Gateway]().Methods() {
		one, there := all[m.Name]
		if !there && !strings.Contains(strings.Join(quiet, " "), m.Name) {
			t.Errorf("%s is in no table here", m.Name)
		}
		if !there {
			continue
		}
		key := "key:" + m.Name
		if err := one.do(t.Context(), g, key); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
		sent := w.changes()
		if one.moves != (len(sent) == 1) || len(sent) > 1 {
			t.Errorf("%s sent %d requests that may change something", m.Name, len(sent))
		}
		for _, r := range sent {
			if got := r.Header.Values("Idempotency-Key"); len(got) != 1 || got[0] != key {
				t.Errorf("%s came with the keys %q", m.Name, got)
			}
		}
	}
}

// TestNoCallWithoutAKey: nothing leaves then, and the error does not say that the
// other side refused.
func TestNoCallWithoutAKey(t *testing.T) {
	w, g := newWire(t)
	for name, one := range calls() {
		for _, key := range []string{"", " ", " k", "k\n", strings.Repeat("k", 256)} {
			if !one.moves {
				continue
			}
			undecided(t, one.do(t.Context(), g, key))
			if sent := w.changes(); len(sent) > 0 {
				t.Errorf("%s with the key %.5q sent %d requests", name, key, len(sent))
			}
		}
		if one.moves && one.do(t.Context(), g, strings.Repeat("k", 255)) != nil {
			t.Errorf("%s refuses the longest key", name)
		}
		w.changes()
	}
}

// TestNothingOfTheLibraryLeavesWithoutAKey goes over all that stripe-go can do:
// a call that somebody writes tomorrow is held too.
func TestNothingOfTheLibraryLeavesWithoutAKey(t *testing.T) {
	w := &wire{}
	server := httptest.NewServer(w)
	defer server.Close()
	bare := reflect.ValueOf(stripegateway.Bare(stripegateway.Config{Key: testKey, URL: server.URL})).Elem()
	refused := 0
	for i := range bare.NumField() {
		for m := range bare.Field(i).Type().Methods() {
			if err := madeWithoutKey(bare.Field(i).MethodByName(m.Name)); err != nil && strings.Contains(err.Error(), "needs a key") {
				refused++
			}
			if sent := w.changes(); len(sent) > 0 {
				t.Errorf("%s.%s sent %s %s", bare.Type().Field(i).Name, m.Name, sent[0].Method, sent[0].URL.Path)
			}
		}
	}
	if refused < 200 {
		t.Errorf("only %d calls were refused for want of a key", refused)
	}
}

// madeWithoutKey calls the function with parameters that say nothing.
func madeWithoutKey(f reflect.Value) (err error) {
	defer func() { _ = recover() }() // some look into what is not there; nothing left then
	args := make([]reflect.Value, f.Type().NumIn())
	for i := range args {
		switch in := f.Type().In(i); in.Kind() {
		case reflect.Pointer:
			args[i] = reflect.New(in.Elem())
		case reflect.String:
			args[i] = reflect.ValueOf("x_1")
		default:
			args[i] = reflect.Zero(in)
		}
	}
	for _, out := range f.Call(args) {
		if failed, ok := out.Interface().(error); ok {
			err = failed
		}
	}
	return err
}
