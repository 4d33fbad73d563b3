package stripeshape

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// needed skips a test without the module; with CI it fails.
func needed(t *testing.T) *tools {
	t.Helper()
	with := given(t)
	if with == nil {
		t.Skip("the module of stripe-mock is missing: go -C internal/tools mod download")
	}
	return with
}

// TestStripesOwnExamples have no faults; so this check asks no more than Stripe
// keeps.
func TestStripesOwnExamples(t *testing.T) {
	with := needed(t)
	text, err := os.ReadFile(filepath.Join(with.folder, "fixtures3.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples struct{ Resources map[string]json.RawMessage }
	if err := json.Unmarshal(text, &examples); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"account", "account_link", "balance", "balance_transaction", "charge", "checkout.session", "dispute",
		"event", "payment_intent", "payout", "refund", "transfer", "transfer_reversal",
	} {
		if examples.Resources[name] == nil {
			t.Errorf("there is no example of %s", name)
			continue
		}
		if faults := with.spec.objectFaults(examples.Resources[name]); len(faults) > 0 {
			t.Errorf("%s: %q", name, faults)
		}
	}
}

const (
	moved = `{"id": "tr_1", "object": "transfer", "amount": 5400, "amount_reversed": 0, "balance_transaction": "txn_1", "created": 1700000000,
		"currency": "eur", "description": null, "destination": "acct_1", "destination_payment": "py_1", "livemode": false, "metadata": {"payout": "p1"},
		"reversals": {"object": "list", "data": [], "has_more": false, "total_count": 0, "url": "/v1/transfers/tr_1/reversals"}, "reversed": false,
		"source_transaction": "ch_1", "source_type": "card", "transfer_group": null}`
	told = `{"id": "evt_1", "object": "event", "api_version": "2023-10-16", "created": 1700000000, "data": {"object": ` + moved + `},
		"livemode": false, "pending_webhooks": 1, "request": {"id": null, "idempotency_key": null}, "type": "transfer.created"}`
	listed = `{"object": "list", "url": "/v1/transfers", "has_more": false, "data": [` + moved + `, ` + moved + `]}`
)

// TestPlantedAnswers: each fault that is put into a right answer is found, and
// nothing else.
func TestPlantedAnswers(t *testing.T) {
	spec := needed(t).spec
	tests := []struct{ name, was, is, fault string }{
		{"nothing", "", "", ""},
		{"another type", `"amount": 5400`, `"amount": "5400"`, "amount: is string, not integer"},
		{"a broken number", `"amount": 5400`, `"amount": 54.5`, "amount: is number, not integer"},
		{"a missing field", `"reversed": false,`, ``, "reversed: is missing"},
		{"a field of our own", `"reversed": false`, `"reversed": false, "simulated": true`, "simulated: Stripe has no such field"},
		{"one that is null", `"currency": "eur"`, `"currency": null`, "currency: must not be null"},
		{"another word", `"object": "transfer"`, `"object": "transferal"`, "object: is transferal, not one of [transfer]"},
		{"a number for an id", `"source_transaction": "ch_1"`, `"source_transaction": 1`, "source_transaction: is integer, not string"},
		{"an object for an id", `"source_transaction": "ch_1"`, `"source_transaction": {"object": "charge", "id": 7}`, "source_transaction.id: is integer, not string"},
		{"metadata that is no text", `"p1"`, `1`, "metadata.payout: is integer, not string"},
		{"metadata that is too long", `"p1"`, `"` + strings.Repeat("x", 501) + `"`, "metadata.payout: has more than 500 characters"},
		{"an object for a list", `"data": [],`, `"data": {},`, "reversals.data: is an object, not array"},
		{"a list for an object", `{"payout": "p1"}`, `[]`, "metadata: is a list, not object"},
		{"no JSON", `"id": "tr_1",`, `"id": tr_1,`, "it is no JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for at, one := range map[string][2]string{"": {moved, "/v1/transfers/tr_1"}, "data[].": {listed, "/v1/transfers"}, "data.object.": {told, "/v1/events/evt_1"}} {
				body := strings.ReplaceAll(one[0], tt.was, tt.is)
				faults := spec.answerFaults("GET", one[1], 200, []byte(body))
				switch {
				case at == "data.object." && tt.is == `"object": "transferal"`: // it is another object then
				case tt.fault == "" && len(faults) > 0, tt.fault != "" && !found(faults, at, tt.fault):
					t.Errorf("%s: found %q, want %q", one[1], faults, tt.fault)
				}
			}
		})
	}
}

func found(faults []string, at, want string) bool {
	for _, one := range faults {
		if strings.HasPrefix(one, at+want) || strings.HasPrefix(one, want) && strings.Contains(want, "JSON") {
			return true
		}
	}
	return false
}

// report is a test that notes its faults.
type report struct {
	testing.TB
	faults []string
}

func (r *report) Errorf(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// TestPlantedRequests: what stripe-mock refuses is a fault of the test, unless
// it was refused here too.
func TestPlantedRequests(t *testing.T) {
	needed(t)
	const right = "amount=5400&currency=eur&destination=acct_1&metadata[payout]=p1"
	tests := []struct{ name, path, version, form, fault string }{
		{"right", "/v1/transfers", "2023-10-16", right, ""},
		{"a parameter of our own", "/v1/transfers", "2023-10-16", right + "&simulate=1", "simulate"},
		{"one of another type", "/v1/transfers", "2023-10-16", "amount=much&currency=eur&destination=acct_1", "amount"},
		{"one that is missing", "/v1/transfers", "2023-10-16", "amount=5400&destination=acct_1", "currency"},
		{"another version", "/v1/transfers", "2024-04-10", right, "2024-04-10"},
		{"another address", "/v1/transferals", "2023-10-16", right, "/v1/transferals"},
	}
	for _, tt := range tests {
		for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
			answer := moved
			if status != http.StatusOK {
				answer = `{"error": {"type": "invalid_request_error", "message": "No."}}`
			}
			said := &report{TB: t}
			server := httptest.NewServer(Watch(said, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				text, _ := io.ReadAll(r.Body)
				if string(text) != tt.form {
					t.Errorf("the handler read %q", text)
				}
				w.WriteHeader(status)
				_, _ = io.WriteString(w, answer)
			})))
			got := send(t, server.URL+tt.path, tt.version, tt.form)
			server.Close()
			all := strings.Join(said.faults, "\n")
			wrong := tt.fault != "" && status == http.StatusOK
			if got != answer || wrong != (all != "") || wrong && !strings.Contains(all, tt.fault) {
				t.Errorf("%s, answered with %d: found %q", tt.name, status, all)
			}
		}
	}
}

func send(t *testing.T, address, version, form string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer sk_test_51MeentShape")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Stripe-Version", version)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestPlantedEvent: an event is looked into.
func TestPlantedEvent(t *testing.T) {
	needed(t)
	said := &report{TB: t}
	if Event(said, []byte(told)); len(said.faults) > 0 {
		t.Errorf("a right one has the faults %q", said.faults)
	}
	if Event(said, []byte(strings.Replace(told, `"livemode": false, "metadata"`, `"metadata"`, 1))); len(said.faults) != 1 || !strings.Contains(said.faults[0], "data.object.livemode: is missing") {
		t.Errorf("found %q", said.faults)
	}
}

// TestOtherPagesAreLeftAlone: what is not the API is nobody's business here.
func TestOtherPagesAreLeftAlone(t *testing.T) {
	said := &report{TB: t}
	w := httptest.NewRecorder()
	Watch(said, http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/checkout/cs_1", nil))
	if len(said.faults) > 0 || w.Code != http.StatusNotFound {
		t.Errorf("found %q, answered %d", said.faults, w.Code)
	}
}
