package stripesim_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

// call is a request of somebody who does not use Stripe's client.
func call(h *house, method, path, body string, change func(http.Header)) (status int, kind, code, param string) {
	h.Helper()
	r := must[*http.Request](h.T)(http.NewRequest(method, h.server.URL+path, strings.NewReader(body)))
	r.Header.Set("Authorization", "Bearer "+testKey)
	r.Header.Set("Stripe-Version", stripesim.APIVersion)
	if change != nil {
		change(r.Header)
	}
	w := must[*http.Response](h.T)(http.DefaultClient.Do(r))
	defer w.Body.Close()
	var answer struct {
		Error struct{ Type, Code, Param, Message string }
	}
	if err := json.Unmarshal(must[[]byte](h.T)(io.ReadAll(w.Body)), &answer); err != nil {
		h.Errorf("%s %s: not JSON: %v", method, path, err)
	}
	if w.StatusCode >= 400 && answer.Error.Message == "" || !strings.HasPrefix(w.Header.Get("Request-Id"), "req_") {
		h.Errorf("%s %s: no message or no request id", method, path)
	}
	return w.StatusCode, answer.Error.Type, answer.Error.Code, answer.Error.Param
}

func TestWhoMayAsk(t *testing.T) {
	h := newHouse(t, nil)
	tests := []struct {
		name, header, value string
		want                int
	}{
		{"right", "Authorization", "Bearer " + testKey, 200},
		{"no key", "Authorization", "", 401},
		{"empty key", "Authorization", "Bearer ", 401},
		{"other key", "Authorization", "Bearer sk_test_other", 401},
		{"longer key", "Authorization", "Bearer " + testKey + "x", 401},
		{"other scheme", "Authorization", "Basic " + testKey, 401},
		{"other version", "Stripe-Version", "2024-04-10", 400},
		{"no version", "Stripe-Version", "", 400},
		{"no such account", "Stripe-Account", "acct_nobody", 403},
		{"odd account", "Stripe-Account", "' OR 1=1", 403},
		{"the platform by name", "Stripe-Account", "platform", 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, kind, _, _ := call(h, "GET", "/v1/balance", "", func(header http.Header) { header.Set(tt.header, tt.value) })
			if status != tt.want || status != 200 && kind != "invalid_request_error" {
				t.Errorf("answered %d %s, want %d", status, kind, tt.want)
			}
		})
	}
	_, err := h.clientWith("sk_test_wrong").Balance.Get(nil)
	stripeError(t, err, 401, "")
}

func TestNoKeyLetsNobodyIn(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Key = "" })
	for _, value := range []string{"Bearer ", "Bearer", "", "Bearer x"} {
		if status, _, _, _ := call(h, "GET", "/v1/balance", "", func(header http.Header) { header.Set("Authorization", value) }); status != 401 {
			t.Errorf("%q answered %d", value, status)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := newHouse(t, nil)
	tests := []struct {
		method, path, code string
		want               int
	}{
		{"GET", "/v1/unicorns", "", 404},
		{"GET", "/", "", 404},
		{"DELETE", "/v1/transfers/tr_1", "", 404},
		{"POST", "/v1/balance", "", 404},
		{"GET", "/v1/transfers/tr_nothing", "resource_missing", 404},
		{"GET", "/v1/payouts/po_nothing", "resource_missing", 404},
		{"GET", "/v1/charges/ch_nothing", "resource_missing", 404},
		{"GET", "/v1/refunds/re_nothing", "resource_missing", 404},
		{"GET", "/v1/events/evt_nothing", "resource_missing", 404},
		{"GET", "/v1/accounts/acct_nothing", "resource_missing", 404},
		{"GET", "/v1/accounts/%00%ff", "resource_missing", 404},
		{"GET", "/v1/payment_intents/pi_nothing", "resource_missing", 404},
		{"GET", "/v1/checkout/sessions/cs_test_nothing", "resource_missing", 404},
		{"POST", "/v1/checkout/sessions/cs_test_nothing/expire", "resource_missing", 404},
		{"GET", "/v1/balance_transactions/txn_nothing", "resource_missing", 404},
		{"GET", "/v1/transfers?starting_after=tr_nothing", "resource_missing", 400},
	}
	for _, tt := range tests {
		if status, kind, code, _ := call(h, tt.method, tt.path, "", nil); status != tt.want || code != tt.code || kind != "invalid_request_error" {
			t.Errorf("%s %s answered %d %s %s", tt.method, tt.path, status, kind, code)
		}
	}
}

func TestBadInput(t *testing.T) {
	h := newHouse(t, nil)
	to := "&destination=" + h.account()
	h.paid(6000)
	tests := []struct {
		name, path, body, code, param string
	}{
		{"nothing", "/v1/transfers", "", "parameter_missing", "amount"},
		{"zero", "/v1/transfers", "amount=0&currency=eur" + to, "parameter_invalid_integer", "amount"},
		{"negative", "/v1/transfers", "amount=-5&currency=eur" + to, "parameter_invalid_integer", "amount"},
		{"broken", "/v1/transfers", "amount=1.5&currency=eur" + to, "parameter_invalid_integer", "amount"},
		{"huge", "/v1/transfers", "amount=100000000&currency=eur" + to, "amount_too_large", "amount"},
		{"beyond all numbers", "/v1/transfers", "amount=99999999999999999999&currency=eur" + to, "parameter_invalid_integer", "amount"},
		{"dollars", "/v1/transfers", "amount=5&currency=usd" + to, "", "currency"},
		{"nobody", "/v1/transfers", "amount=5&currency=eur&destination=acct_nobody", "resource_missing", "destination"},
		{"unknown", "/v1/transfers", "amount=5&currency=eur&colour=red" + to, "parameter_unknown", "colour"},
		{"twice", "/v1/transfers", "amount=5&amount=6&currency=eur" + to, "", "amount"},
		{"not UTF-8", "/v1/transfers", "amount=5&currency=eur&description=%ff" + to, "invalid_characters", ""},
		{"NUL", "/v1/transfers", "amount=5&currency=eur&metadata[a]=%00" + to, "invalid_characters", ""},
		{"name not UTF-8", "/v1/transfers", "%ff=5", "invalid_characters", ""},
		{"not encoded", "/v1/transfers", "%zz", "", ""},
		{"long metadata", "/v1/transfers", "amount=5&currency=eur&metadata[a]=" + strings.Repeat("x", 501) + to, "", "metadata[a]"},
		{"nested metadata", "/v1/transfers", "amount=5&currency=eur&metadata[a][b]=x" + to, "", "metadata[a][b]"},
		{"payout of nothing", "/v1/payouts", "amount=0&currency=eur", "parameter_invalid_integer", "amount"},
		{"payout in dollars", "/v1/payouts", "amount=5&currency=usd", "", "currency"},
		{"account without type", "/v1/accounts", "country=NL", "parameter_missing", "type"},
		{"standard account", "/v1/accounts", "type=standard", "", "type"},
		{"account elsewhere", "/v1/accounts", "type=express&country=US", "", "country"},
		{"empty session", "/v1/checkout/sessions", "mode=payment&success_url=https://a.nl&cancel_url=https://a.nl", "parameter_missing", "line_items"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status, kind, code, param := call(h, "POST", tt.path, tt.body, nil); status != 400 || kind != "invalid_request_error" || code != tt.code || param != tt.param {
				t.Errorf("answered %d %s %q %q, want 400 %q %q", status, kind, code, param, tt.code, tt.param)
			}
		})
	}
	for _, path := range []string{"/v1/transfers?limit=0", "/v1/transfers?limit=101", "/v1/transfers?limit=x", "/v1/transfers?expand[]=data"} {
		if status, _, _, _ := call(h, "GET", path, "", nil); status != 400 {
			t.Errorf("%s answered %d", path, status)
		}
	}
	if b := h.book(); b.Transferred != 0 {
		t.Errorf("book: %+v", b)
	}
}

func TestBadSessions(t *testing.T) {
	h := newHouse(t, nil)
	tests := []struct {
		name, param string
		change      func(*stripe.CheckoutSessionParams)
	}{
		{"too little", "line_items", func(p *stripe.CheckoutSessionParams) { p.LineItems[0].PriceData.UnitAmount = stripe.Int64(49) }},
		{"too much", "line_items", func(p *stripe.CheckoutSessionParams) { p.LineItems[0].Quantity = stripe.Int64(999_999) }},
		{"too many", "line_items[0][quantity]", func(p *stripe.CheckoutSessionParams) { p.LineItems[0].Quantity = stripe.Int64(1 << 62) }},
		{"dollars", "line_items[0][price_data][currency]", func(p *stripe.CheckoutSessionParams) { p.LineItems[0].PriceData.Currency = stripe.String("usd") }},
		{"subscription", "mode", func(p *stripe.CheckoutSessionParams) { p.Mode = stripe.String("subscription") }},
		{"script", "success_url", func(p *stripe.CheckoutSessionParams) { p.SuccessURL = stripe.String("javascript:alert(1)") }},
		{"odd host", "success_url", func(p *stripe.CheckoutSessionParams) { p.SuccessURL = stripe.String("https://a;script-src") }},
		{"a password", "cancel_url", func(p *stripe.CheckoutSessionParams) { p.CancelURL = stripe.String("https://a:b@c.nl") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := sessionParams(1000, "gig_7")
			tt.change(p)
			_, err := h.stripe.CheckoutSessions.New(p)
			if e, ok := err.(*stripe.Error); !ok || e.HTTPStatusCode != 400 || e.Param != tt.param {
				t.Errorf("got %v, want 400 for %s", err, tt.param)
			}
		})
	}
}

func TestLargeBody(t *testing.T) {
	h := newHouse(t, nil)
	r := must[*http.Request](t)(http.NewRequest("POST", h.server.URL+"/v1/transfers", bytes.NewReader(make([]byte, 10<<20))))
	r.Header.Set("Authorization", "Bearer "+testKey)
	r.Header.Set("Stripe-Version", stripesim.APIVersion)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return // the server may also hang up on a client that keeps sending
	}
	defer w.Body.Close()
	if w.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", w.StatusCode)
	}
}

func TestPages(t *testing.T) {
	h := newHouse(t, nil)
	var want []string
	for range 7 {
		want = append([]string{h.account()}, want...)
	}
	p := &stripe.AccountListParams{}
	p.Limit = stripe.Int64(3)
	var got []string
	list := h.stripe.Accounts.List(p)
	for list.Next() {
		got = append(got, list.Account().ID)
	}
	if diff := cmp.Diff(want, got); diff != "" || list.Err() != nil {
		t.Error(diff, list.Err())
	}
	p = &stripe.AccountListParams{}
	p.Limit, p.Single = stripe.Int64(7), true
	if list := h.stripe.Accounts.List(p); list.Meta().HasMore || list.Err() != nil {
		t.Errorf("more than all: %v", list.Err())
	}
	if a := must[*stripe.Account](t)(h.stripe.Accounts.GetByID(want[0], nil)); !a.PayoutsEnabled || a.Type != "express" || a.Country != "NL" {
		t.Errorf("account: %+v", a)
	}
}

func TestListsAreFiltered(t *testing.T) {
	h := newHouse(t, nil)
	first, second := h.account(), h.account()
	s := h.paid(20000)
	must[*stripe.Transfer](t)(h.transfer(100, first, ""))
	must[*stripe.Transfer](t)(h.transfer(200, second, ""))
	must[*stripe.Payout](t)(h.payout(100, first, ""))
	tests := []struct {
		path, account string
		want          int
	}{
		{"/v1/transfers?transfer_group=gig_7", "", 2},
		{"/v1/transfers?transfer_group=gig_8", "", 0},
		{"/v1/transfers?destination=" + second, "", 1},
		{"/v1/charges?transfer_group=gig_7", "", 1},
		{"/v1/charges?payment_intent=" + s.PaymentIntent.ID, "", 1},
		{"/v1/payment_intents", "", 1},
		{"/v1/checkout/sessions?payment_intent=" + s.PaymentIntent.ID, "", 1},
		{"/v1/refunds", "", 0},
		{"/v1/payouts", first, 1},
		{"/v1/payouts?status=paid", first, 0},
		{"/v1/payouts", second, 0},
		{"/v1/payouts", "", 0},
		{"/v1/balance_transactions", "", 3},
		{"/v1/balance_transactions?type=transfer", "", 2},
		{"/v1/balance_transactions", first, 2},
		{"/v1/balance_transactions?currency=eur", second, 1},
	}
	for _, tt := range tests {
		r := must[*http.Request](t)(http.NewRequest("GET", h.server.URL+tt.path, nil))
		r.Header.Set("Authorization", "Bearer "+testKey)
		r.Header.Set("Stripe-Version", stripesim.APIVersion)
		r.Header.Set("Stripe-Account", tt.account)
		w := must[*http.Response](t)(http.DefaultClient.Do(r))
		var list struct{ Data []struct{ ID string } }
		err := json.NewDecoder(w.Body).Decode(&list)
		w.Body.Close()
		if err != nil || w.StatusCode != 200 || len(list.Data) != tt.want {
			t.Errorf("%s of %q: %d, %d rows, %v; want %d rows", tt.path, tt.account, w.StatusCode, len(list.Data), err, tt.want)
		}
	}
}
