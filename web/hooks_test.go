package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"meent/payments"
)

// inbox keeps the last event that came, and answers what it was told to.
type inbox struct {
	from      payments.Endpoint
	body      string
	signature string
	count     int
	answer    error
}

func (i *inbox) Receive(_ context.Context, from payments.Endpoint, body []byte, signature string) error {
	i.from, i.body, i.signature, i.count = from, string(body), signature, i.count+1
	return i.answer
}

// stripe sends an event as Stripe does: no cookie, no origin.
func (h *house) stripe(path, body string, headers ...string) answer {
	h.t.Helper()
	return h.browser().do(http.MethodPost, path, body, append([]string{"Content-Type", "application/json; charset=utf-8", "Accept-Language", ""}, headers...)...)
}

func TestHookKeepsTheExactBytes(t *testing.T) {
	h := newHouse(t)
	body := "{\n  \"id\": \"evt_1\", \"name\": \"Zoë %zz & =\"\x00\r\n}"
	for path, from := range map[string]payments.Endpoint{"/hooks/stripe": payments.PlatformEndpoint, "/hooks/stripe/connect": payments.ConnectEndpoint} {
		got := h.stripe(path, body, "Stripe-Signature", "t=1,v1=ab")
		if got.status != http.StatusOK || got.body != "" || len(got.header.Values("Set-Cookie")) != 0 {
			t.Errorf("%s answered %d %q with %v", path, got.status, got.body, got.header)
		}
		if h.inbox.from != from || h.inbox.body != body || h.inbox.signature != "t=1,v1=ab" {
			t.Errorf("%s brought %+v", path, h.inbox)
		}
	}
}

func TestHookAnswers(t *testing.T) {
	h := newHouse(t)
	for err, want := range map[error]int{
		nil:                      200,
		payments.ErrForged:       400,
		payments.ErrOtherVersion: 400,
		errors.New("no idea"):    500,
		context.DeadlineExceeded: 503,
		fmt.Errorf("%w: too old", payments.ErrForged): 400,
	} {
		h.inbox.answer = err
		if got := h.stripe("/hooks/stripe", "{}", "Stripe-Signature", "t=1,v1=ab"); got.status != want || got.body != "" {
			t.Errorf("%v answered %d %q, want %d and nothing", err, got.status, got.body, want)
		}
	}
}

// TestHookRefuses what needs no look at the inbox.
func TestHookRefuses(t *testing.T) {
	h := newHouse(t)
	big := strings.Repeat("x", 1<<20)
	tests := []struct {
		name, method, body string
		headers            []string
		want               int
	}{
		{"no signature", "POST", "{}", nil, 400},
		{"an endless signature", "POST", "{}", []string{"Stripe-Signature", strings.Repeat("v1=ab,", 1000)}, 400},
		{"too large", "POST", big + "x", []string{"Stripe-Signature", "t=1"}, 413},
		{"to look", "GET", "", []string{"Stripe-Signature", "t=1"}, 405},
		{"from a page elsewhere", "POST", "{}", []string{"Stripe-Signature", "t=1", "Origin", "https://evil.example"}, 403},
		{"under another name", "POST", "{}", []string{"Stripe-Signature", "t=1", "Host", "evil.example"}, 400},
	}
	for _, tt := range tests {
		if got := h.browser().do(tt.method, "/hooks/stripe", tt.body, tt.headers...); got.status != tt.want || h.inbox.count != 0 {
			t.Errorf("%s answered %d, want %d; %d events taken", tt.name, got.status, tt.want, h.inbox.count)
		}
	}
	if got := h.stripe("/hooks/stripe", big, "Stripe-Signature", "t=1"); got.status != 200 || len(h.inbox.body) != 1<<20 {
		t.Errorf("one MiB answered %d and brought %d bytes", got.status, len(h.inbox.body))
	}
}

// TestHookIsNotCounted: Stripe may call more often than people send forms.
func TestHookIsNotCounted(t *testing.T) {
	h := newHouse(t)
	for i := range 150 {
		if got := h.stripe("/hooks/stripe", "{}", "Stripe-Signature", "t=1"); got.status != 200 {
			t.Fatalf("event %d answered %d", i, got.status)
		}
	}
}
