package stripegateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"meent/payments"
)

// answering is a gateway to a server that says the same words at each path.
func answering(t *testing.T, words map[string]string) payments.Gateway {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, words[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	return gatewayTo(server.URL, testKey)
}

// TestChargeCountsWhatIsLeft: only euros that nobody took back pay a bill.
func TestChargeCountsWhatIsLeft(t *testing.T) {
	for charge, want := range map[string]payments.Cents{
		`"currency": "eur", "amount": 7040`:                          7040,
		`"currency": "jpy", "amount": 7040`:                          0,
		`"currency": "eur", "amount": 7040, "amount_refunded": 7040`: 0,
		`"currency": "eur", "amount": 7040, "amount_refunded": 40`:   7000,
		`"currency": "eur", "amount": 7040, "disputed": true`:        0,
	} {
		g := answering(t, map[string]string{
			"/v1/payment_intents/pi_1":       `{"id": "pi_1", "status": "succeeded", "latest_charge": "ch_1"}`,
			"/v1/charges/ch_1":               `{"id": "ch_1", "balance_transaction": "txn_1", ` + charge + `}`,
			"/v1/balance_transactions/txn_1": `{"id": "txn_1", "currency": "eur", "fee": 131}`,
			"/v1/disputes":                   `{"data": [{"id": "dp_1", "status": "needs_response", "amount": 7040}]}`,
		})
		if got, err := g.Charge(t.Context(), "pi_1"); err != nil || got.Amount != want || got.Fee != 131 {
			t.Errorf("%s: %+v, %v; want %v", charge, got, err, want)
		}
	}
}

// TestReferenceOfAStranger: on a payment link whoever pays may write any
// client_reference_id; only our own mark names a bill.
func TestReferenceOfAStranger(t *testing.T) {
	g := answering(t, map[string]string{
		"/v1/checkout/sessions/cs_1": `{"id": "cs_1", "status": "complete", "payment_status": "paid", "client_reference_id": "b7", "amount_total": 7040}`,
	})
	if page, err := g.CheckoutPage(t.Context(), "cs_1"); err != nil || page.Bill != "" {
		t.Errorf("is for the bill %q, %v", page.Bill, err)
	}
}
