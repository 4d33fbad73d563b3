package stripesim_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

const controlToken = "only-for-this-machine"

// control asks something of the control endpoint.
func (h *house) control(method, path string, form url.Values, into any) int {
	h.Helper()
	r := must[*http.Request](h.T)(http.NewRequest(method, h.server.URL+path, strings.NewReader(form.Encode())))
	r.Header.Set("Authorization", "Bearer "+controlToken)
	w := must[*http.Response](h.T)(http.DefaultClient.Do(r))
	defer w.Body.Close()
	if into != nil {
		if err := json.NewDecoder(w.Body).Decode(into); err != nil {
			h.Errorf("%s: %v", path, err)
		}
	}
	return w.StatusCode
}

func openControl(c *stripesim.Config) { c.Control = controlToken }

func TestControlIsForThisMachine(t *testing.T) {
	h := newHouse(t, openControl)
	tests := []struct {
		from, token string
		want        int
	}{
		{"127.0.0.1:5", controlToken, 200}, {"[::1]:5", controlToken, 200}, {"10.0.0.7:5", controlToken, 403},
		{"127.0.0.1:5", controlToken + "x", 403}, {"127.0.0.1:5", "", 403}, {"nowhere", controlToken, 403},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "/control/book", nil)
		r.RemoteAddr = tt.from
		r.Header.Set("Authorization", "Bearer "+tt.token)
		w := httptest.NewRecorder()
		if h.sim.Handler().ServeHTTP(w, r); w.Code != tt.want {
			t.Errorf("from %s with %q: %d, want %d", tt.from, tt.token, w.Code, tt.want)
		}
	}
	closed := newHouse(t, nil)
	if status, _, _, _ := call(closed, "GET", "/control/book", "", nil); status != 404 {
		t.Errorf("without a token it answers %d", status)
	}
}

func TestControl(t *testing.T) {
	h := newHouse(t, openControl)
	h.config.PayoutDelay = time.Hour
	h.open()
	member := h.account()
	ch := h.chargeOf(h.paid(60000))
	must[*stripe.Transfer](t)(h.transfer(3000, member, ""))
	po := must[*stripe.Payout](t)(h.payout(1000, member, ""))
	re := must[*stripe.Refund](t)(h.stripe.Refunds.New(&stripe.RefundParams{Charge: &ch.ID, Amount: stripe.Int64(1000)}))
	var made struct{ ID string }
	if status := h.control("POST", "/control/disputes", url.Values{"charge": {ch.ID}, "amount": {"500"}}, &made); status != 200 || made.ID == "" {
		t.Fatalf("disputed: %d", status)
	}
	for _, tt := range []struct {
		path, form string
		want       int
	}{
		{"disputes/" + made.ID, "outcome=won", 200}, {"disputes/" + made.ID, "outcome=lost", 400}, {"disputes/dp_nothing", "outcome=won", 404},
		{"payouts/" + po.ID, "outcome=paid", 200}, {"payouts/" + po.ID, "outcome=no_account", 200}, {"payouts/" + po.ID, "outcome=paid", 400},
		{"refunds/" + re.ID, "outcome=failed", 200}, {"refunds/" + re.ID, "outcome=perhaps", 400}, {"charges/" + ch.ID, "outcome=failed", 400},
		{"accounts/" + member, "outcome=bank&last4=1234", 200}, {"accounts/" + member, "outcome=bank", 400},
		{"accounts/" + member, "outcome=ask", 200}, {"accounts/" + member, "outcome=ready", 200}, {"accounts/" + member, "outcome=dance", 400},
		{"faults", "next=slow,fire", 400}, {"faults", "next=rate_limit&rate[slow]=0.1&slow=1ms&seed=3", 200}, {"faults", "colour=red", 400},
		{"clock", "by=24h", 200}, {"clock", "by=-1h", 400}, {"clock", "", 200}, {"nothing", "", 404},
	} {
		form := must[url.Values](t)(url.ParseQuery(tt.form))
		if status := h.control("POST", "/control/"+tt.path, form, nil); status != tt.want {
			t.Errorf("%s %s: %d, want %d", tt.path, tt.form, status, tt.want)
		}
	}
	if now := h.payoutNow(po.ID, member); now.Status != "failed" || now.FailureCode != "no_account" {
		t.Errorf("payout: %+v", now)
	}
	_, err := h.transfer(1, member, "")
	stripeError(t, err, 429, "rate_limit")
	var said struct {
		Balanced bool
		Book     stripesim.Book
	}
	if h.control("GET", "/control/book", nil, &said); !said.Balanced || said.Book.Refunded != 0 || said.Book.Accounts[member] != 3000 {
		t.Errorf("book: %+v", said)
	}
	if status := h.control("POST", "/control/accounts/"+member, url.Values{"outcome": {"leave"}}, nil); status != 200 {
		t.Errorf("leaving: %d", status)
	}
}

// TestClockForgetsKeys: time passes only for the simulator, and its events are
// believed all the same.
func TestClockForgetsKeys(t *testing.T) {
	h := newHouse(t, openControl)
	member := h.account()
	h.paid(6000)
	must[*stripe.Transfer](t)(h.transfer(1000, member, "k"))
	h.control("POST", "/control/clock", url.Values{"by": {"24h"}}, nil)
	must[*stripe.Transfer](t)(h.transfer(1000, member, "k"))
	if b := h.book(); b.Transferred != 2000 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	if got := h.box.types(t)["transfer.created"]; got != 2 {
		t.Errorf("told %d times", got)
	}
}

func TestSecretsAreChanged(t *testing.T) {
	h := newHouse(t, openControl)
	change := url.Values{"endpoint": {"connect"}, "secret": {"whsec_new"}, "both": {"1h"}}
	if status := h.control("POST", "/control/secrets", change, nil); status != 200 {
		t.Fatalf("changed: %d", status)
	}
	h.account()
	h.deliver()
	if got := h.box.types(t)["account.updated"]; got != 1 { // box believes the old one
		t.Errorf("delivered %d times", got)
	}
	h.clock.add(time.Hour)
	h.account()
	h.deliver()
	h.box.mu.Lock()
	defer h.box.mu.Unlock()
	if len(h.box.wrong) != 1 {
		t.Errorf("the old secret signs after its time: %v", h.box.wrong)
	}
}
