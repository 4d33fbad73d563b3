package stripegateway_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/payments"
	"meent/payments/stripegateway"
)

func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

// TestReadsWhatStripeSays holds each answer against what it means to us.
func TestReadsWhatStripeSays(t *testing.T) {
	_, g := newWire(t)
	ctx := t.Context()
	same(t, must[payments.AccountThere](t)(g.Account(ctx, "acct_1")), payments.AccountThere{
		ID: "acct_1", Submitted: true, Payouts: true, Due: []string{"individual.verification.document"}, Bank: "ba_2",
	})
	refund := payments.RefundThere{ID: "re_1", Charge: "ch_1", Ref: "r1", Amount: 1000, State: payments.RefundMoving}
	same(t, must[payments.RefundThere](t)(g.RefundNow(ctx, "re_1")), refund)
	same(t, must[payments.RefundThere](t)(g.Refund(ctx, "k", payments.RefundOrder{Refund: "r1", Charge: "ch_1", Amount: 1000})), refund)
	dispute := payments.DisputeThere{
		ID: "dp_1", Charge: "ch_1", Amount: 2000, State: payments.DisputeOpen, Reason: "product_not_received", Until: at(1700600000), Answered: true,
		Withdrawn: 2000, Reinstated: 1500, Fee: 1500,
	}
	same(t, must[payments.DisputeThere](t)(g.Dispute(ctx, "dp_1")), dispute)
	same(t, must[payments.Charge](t)(g.Charge(ctx, "pi_1")), payments.Charge{
		ID: "ch_1", Amount: 3000, Fee: 115, Refunded: 1000, Disputed: 2000, Method: "sepa_debit", Sure: true, Available: at(1700500000),
	})
	same(t, must[payments.BalanceThere](t)(g.Balances(ctx, "")), payments.BalanceThere{Available: 5400, Pending: 600, Instant: 4000})
	same(t, must[payments.Cents](t)(g.Balance(ctx, "")), 6000)
	same(t, must[string](t)(g.OpenOnboarding(ctx, "k", payments.Onboarding{Account: "acct_1"})), "https://connect.stripe.com/setup/e/acct_1/x")
	same(t, must[string](t)(g.Reverse(ctx, "k", payments.ReversalOrder{Reversal: "v1", Transfer: "tr_1", Amount: 1000})), "trr_1")
}

func same[T any](t *testing.T, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestListsOfMovementsAndEvents(t *testing.T) {
	w, g := newWire(t)
	list, more, err := g.BalanceChanges(t.Context(), "acct_1", at(1700000000).Add(time.Millisecond), "txn_9")
	if err != nil || more {
		t.Fatal(more, err)
	}
	same(t, list, []payments.BalanceChange{
		{ID: "txn_1", Kind: "charge", Source: "ch_1", Amount: 6000, Fee: 115, Net: 5885, At: at(1700000000), Available: at(1700500000)},
		{ID: "txn_2", Kind: "stripe_fee", Amount: -250, Net: -250, At: at(1700000000), Available: at(1700000000)},
	})
	events, more, err := g.Events(t.Context(), "acct_1", time.Time{}, "")
	if err != nil || more {
		t.Fatal(more, err)
	}
	same(t, events, []payments.Event{{ID: "evt_1", Account: "acct_1", Kind: "payout.paid", Object: "po_1", At: at(1700000000)}})
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, want := range []string{
		"/v1/balance_transactions?created[gte]=1700000000&limit=100&starting_after=txn_9", "/v1/events?limit=100",
	} {
		if got := unescaped(w.asked[i]); got != want || w.asked[i].Header.Get("Stripe-Account") != "acct_1" {
			t.Errorf("asked %s of %q, want %s", got, w.asked[i].Header.Get("Stripe-Account"), want)
		}
	}
	if len(w.asked) != 2 {
		t.Errorf("asked %d times", len(w.asked))
	}
}

func unescaped(r *http.Request) string {
	return r.URL.Path + "?" + strings.NewReplacer("%5B", "[", "%5D", "]").Replace(r.URL.Query().Encode())
}

// TestOnePageAtATime: whoever lists goes on by itself, so that it may stop.
func TestOnePageAtATime(t *testing.T) {
	g := changed(t, `"has_more": false`, `"has_more": true`)
	if list, more, err := g.BalanceChanges(t.Context(), "", time.Time{}, ""); len(list) != 2 || !more || err != nil {
		t.Errorf("%d movements, %v, %v", len(list), more, err)
	}
	if list, more, err := g.Events(t.Context(), "", time.Time{}, ""); len(list) != 1 || !more || err != nil {
		t.Errorf("%d events, %v, %v", len(list), more, err)
	}
}

// changed is a Stripe whose canned answers differ in these words.
func changed(t *testing.T, pairs ...string) *stripegateway.Gateway {
	t.Helper()
	words := strings.NewReplacer(pairs...)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = words.WriteString(w, canned()[r.Method+" "+r.URL.Path])
	}))
	t.Cleanup(server.Close)
	return gatewayTo(server.URL, testKey)
}

func TestStatesOfRefunds(t *testing.T) {
	for status, want := range map[string]payments.RefundState{
		"pending": payments.RefundMoving, "requires_action": payments.RefundMoving, "succeeded": payments.RefundDone,
		"failed": payments.RefundFailed, "canceled": payments.RefundFailed, "imagined": "",
	} {
		r, err := changed(t, `"status": "pending"`, `"status": "`+status+`"`).RefundNow(t.Context(), "re_1")
		if r.State != want || (err != nil) != (want == "") {
			t.Errorf("%s gave %q, %v", status, r.State, err)
		}
	}
}

func TestStatesOfDisputes(t *testing.T) {
	for status, want := range map[string]payments.DisputeState{
		"needs_response": payments.DisputeOpen, "under_review": payments.DisputeOpen, "won": payments.DisputeWon, "lost": payments.DisputeLost,
		"warning_needs_response": payments.DisputeWarning, "warning_under_review": payments.DisputeWarning, "warning_closed": payments.DisputeClosed,
		"imagined": "",
	} {
		d, err := changed(t, `"status": "under_review"`, `"status": "`+status+`"`).Dispute(t.Context(), "dp_1")
		if d.State != want || (err != nil) != (want == "") {
			t.Errorf("%s gave %q, %v", status, d.State, err)
		}
	}
	d, err := changed(t, `"due_by": 1700600000`, `"due_by": null`, `"submission_count": 1`, `"submission_count": 0`).Dispute(t.Context(), "dp_1")
	if err != nil || !d.Until.IsZero() || d.Answered {
		t.Errorf("one without an end: %+v, %v", d, err)
	}
}

// TestDisputesOfACharge: what was won, and a question that came to nothing, is
// the charge's again.
func TestDisputesOfACharge(t *testing.T) {
	for status, want := range map[string]payments.Cents{"needs_response": 2000, "lost": 2000, "warning_needs_response": 2000, "won": 0, "warning_closed": 0} {
		c, err := changed(t, `"status": "under_review"`, `"status": "`+status+`"`).Charge(t.Context(), "pi_1")
		if err != nil || c.Disputed != want || c.Amount != 5000-want {
			t.Errorf("%s gave %+v, %v", status, c, err)
		}
	}
}

// TestSureMoney: a direct debit may be taken back for eight weeks.
func TestSureMoney(t *testing.T) {
	paid := at(1700000000)
	for _, tt := range []struct {
		method string
		after  time.Duration
		sure   bool
	}{
		{"sepa_debit", 0, false}, {"sepa_debit", 56*24*time.Hour - time.Second, false}, {"sepa_debit", 56 * 24 * time.Hour, true},
		{"bacs_debit", 0, false}, {"ideal", 0, true}, {"card", 0, true},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = strings.NewReplacer(`"type": "sepa_debit"`, `"type": "`+tt.method+`"`).WriteString(w, canned()[r.Method+" "+r.URL.Path])
		}))
		defer server.Close()
		g := stripegateway.New(stripegateway.Config{Key: testKey, URL: server.URL, Now: func() time.Time { return paid.Add(tt.after) }})
		if c, err := g.Charge(t.Context(), "pi_1"); err != nil || c.Sure != tt.sure || c.Method != tt.method {
			t.Errorf("%s after %v: %+v, %v", tt.method, tt.after, c, err)
		}
	}
}

// TestCheckoutThatFailed: the page itself says only that it is not paid.
func TestCheckoutThatFailed(t *testing.T) {
	for status, want := range map[string]payments.CheckoutState{
		"processing": payments.CheckoutWaiting, "requires_payment_method": payments.CheckoutFailed, "canceled": payments.CheckoutFailed,
		"succeeded": payments.CheckoutWaiting, // the page follows
	} {
		page, err := changed(t, `"status": "succeeded"`, `"status": "`+status+`"`).CheckoutPage(t.Context(), "cs_1")
		if err != nil || page.State != want {
			t.Errorf("%s gave %+v, %v", status, page, err)
		}
	}
}

// TestAccountThatIsGone: Stripe says then that our key has no access to it. With
// a key that is wrong in itself nothing is known.
func TestAccountThatIsGone(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		status     int
		gone       bool
	}{
		{"no access", `{"error": {"type": "invalid_request_error", "code": "account_invalid", "message": "No such hunter2"}}`, 403, true},
		{"not there", `{"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such account"}}`, 404, true},
		{"said to be deleted", `{"id": "acct_1", "object": "account", "deleted": true}`, 200, true},
		{"a key that may not look", `{"error": {"type": "invalid_request_error", "message": "No such right"}}`, 403, false},
		{"a wrong key", `{"error": {"type": "invalid_request_error", "message": "Invalid API Key"}}`, 401, false},
		{"in trouble", `{"error": {"type": "api_error"}}`, 500, false},
	} {
		g := saying(t, tt.status, tt.body)
		there, err := g.Account(t.Context(), "acct_1")
		if errors.Is(err, payments.ErrUnknownThere) != tt.gone || err == nil || there.ID != "" {
			t.Errorf("%s gave %+v, %v", tt.name, there, err)
		}
		discreet(t, err)
		_, err = g.PayOut(t.Context(), "k", payments.PayoutOrder{Payout: "p1", Account: "acct_1", Amount: 1})
		if tt.name == "no access" {
			undecided(t, err)
		}
	}
}

// saying is a Stripe that always says the same.
func saying(t *testing.T, status int, body string) *stripegateway.Gateway {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Stripe-Should-Retry", "false")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return gatewayTo(server.URL, testKey)
}

// TestAccountThatMayNotYetBePaid: both must be, receiving and paying out.
func TestAccountThatMayNotYetBePaid(t *testing.T) {
	for was, is := range map[string]string{
		`"transfers": "active"`: `"transfers": "inactive"`, `"payouts_enabled": true`: `"payouts_enabled": false`,
		`"capabilities": {"transfers": "active"}`: `"capabilities": {}`,
	} {
		if a, err := changed(t, was, is).Account(t.Context(), "acct_1"); err != nil || a.Payouts {
			t.Errorf("%s gave %+v, %v", is, a, err)
		}
	}
	a, err := changed(t, `"disabled_reason": null`, `"disabled_reason": "requirements.past_due"`, `"default_for_currency": true`, `"default_for_currency": false`).Account(t.Context(), "acct_1")
	if err != nil || a.Disabled != "requirements.past_due" || a.Bank != "" {
		t.Errorf("gave %+v, %v", a, err)
	}
}

// TestOtherMoney is no number of ours.
func TestOtherMoney(t *testing.T) {
	g := changed(t, `"currency": "eur"`, `"currency": "usd"`)
	_, _, moves := g.BalanceChanges(t.Context(), "", time.Time{}, "")
	_, refund := g.RefundNow(t.Context(), "re_1")
	_, dispute := g.Dispute(t.Context(), "dp_1")
	for _, err := range []error{moves, refund, dispute} {
		undecided(t, err)
	}
}

// TestFinds what is ours among others, and says that it is not there only when
// all was seen.
func TestFinds(t *testing.T) {
	finders := map[string]func(g payments.Gateway, ref payments.Reference) (bool, error){
		"transfer": func(g payments.Gateway, ref payments.Reference) (bool, error) {
			id, found, err := g.FindTransfer(t.Context(), "acct_1", ref)
			return found && id == "tr_1", err
		},
		"reversal": func(g payments.Gateway, ref payments.Reference) (bool, error) {
			id, found, err := g.FindReversal(t.Context(), "tr_1", ref)
			return found && id == "trr_1", err
		},
		"payout": func(g payments.Gateway, ref payments.Reference) (bool, error) {
			there, found, err := g.FindPayout(t.Context(), "acct_1", ref)
			return found && there.ID == "po_1", err
		},
		"refund": func(g payments.Gateway, ref payments.Reference) (bool, error) {
			r, found, err := g.FindRefund(t.Context(), "ch_1", ref)
			return found && r.ID == "re_1" && r.Ref == ref, err
		},
	}
	refs := map[string]payments.Reference{"transfer": "p1", "reversal": "v1", "payout": "p1:0", "refund": "r1"}
	_, whole := newWire(t)
	halves := map[string]payments.Gateway{
		"endless": endless(t),
		"ill":     saying(t, 500, `{"error": {"type": "api_error"}}`),
	}
	for name, find := range finders {
		if found, err := find(whole, refs[name]); !found || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
		if found, err := find(whole, "another"); found || err != nil {
			t.Errorf("another %s: %v, %v", name, found, err)
		}
		for half, g := range halves {
			found, err := find(g, refs[name])
			if found || err == nil {
				t.Errorf("%s in an %s list: %v, %v", name, half, found, err)
			}
			undecided(t, err)
		}
	}
}

// endless lists strangers, a hundred a page, and always has more.
func endless(t *testing.T) *stripegateway.Gateway {
	t.Helper()
	page := `{"object": "list", "has_more": true, "data": [{"id": "x_1"}` + strings.Repeat(`, {"id": "x_1"}`, 99) + `]}`
	return saying(t, 200, page)
}

// TestWhatIsSent holds the forms of what moves money.
func TestWhatIsSent(t *testing.T) {
	tests := map[string]struct {
		path, form string
		do         func(g payments.Gateway) error
	}{
		"advance": {"/v1/transfers", "amount=5400&currency=eur&destination=acct_1&metadata[payout]=a1&transfer_group=advances", func(g payments.Gateway) error {
			_, err := g.Transfer(t.Context(), "k", payments.Transfer{Payout: "a1", Account: "acct_1", Amount: 5400, Group: "advances"})
			return err
		}},
		"wage": {"/v1/transfers", "amount=5400&currency=eur&destination=acct_1&metadata[payout]=p1&source_transaction=ch_1", func(g payments.Gateway) error {
			_, err := g.Transfer(t.Context(), "k", payments.Transfer{Payout: "p1", Account: "acct_1", Charge: "ch_1", Amount: 5400, Group: "b7"})
			return err
		}},
		"reversal": {"/v1/transfers/tr_1/reversals", "amount=1000&metadata[reversal]=v1", func(g payments.Gateway) error {
			_, err := g.Reverse(t.Context(), "k", payments.ReversalOrder{Reversal: "v1", Transfer: "tr_1", Amount: 1000})
			return err
		}},
		"refund": {"/v1/refunds", "amount=1000&charge=ch_1&metadata[refund]=r1", func(g payments.Gateway) error {
			_, err := g.Refund(t.Context(), "k", payments.RefundOrder{Refund: "r1", Charge: "ch_1", Amount: 1000})
			return err
		}},
		"instant": {"/v1/payouts", "amount=5400&currency=eur&metadata[payout]=p1&method=instant", func(g payments.Gateway) error {
			_, err := g.PayOut(t.Context(), "k", payments.PayoutOrder{Payout: "p1", Account: "acct_1", Amount: 5400, Instant: true})
			return err
		}},
		"answer": {"/v1/disputes/dp_1", "evidence[uncategorized_text]=Gedaan.&submit=false", func(g payments.Gateway) error {
			return g.AnswerDispute(t.Context(), "k", payments.DisputeAnswer{Dispute: "dp_1", Text: "Gedaan."})
		}},
		"accept": {"/v1/disputes/dp_1/close", "", func(g payments.Gateway) error { return g.AcceptDispute(t.Context(), "k", "dp_1") }},
		"onboarding": {"/v1/account_links", "account=acct_1&refresh_url=again&return_url=back&type=account_onboarding", func(g payments.Gateway) error {
			_, err := g.OpenOnboarding(t.Context(), "k", payments.Onboarding{Account: "acct_1", Back: "back", Again: "again"})
			return err
		}},
	}
	for name, tt := range tests {
		var path, form string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := r.ParseForm(); err != nil {
				t.Error(err)
			}
			path, form = r.URL.Path, strings.NewReplacer("%5B", "[", "%5D", "]").Replace(r.PostForm.Encode())
			_, _ = w.Write([]byte(canned()[r.Method+" "+r.URL.Path]))
		}))
		if err := tt.do(gatewayTo(server.URL, testKey)); err != nil || path != tt.path || form != tt.form {
			t.Errorf("%s: %v, sent %s %s, want %s %s", name, err, path, form, tt.path, tt.form)
		}
		server.Close()
	}
}

// TestNothingOfNothing: an empty id is unknown before anybody is asked, since in
// a path it would mean another question.
func TestNothingOfNothing(t *testing.T) {
	w, g := newWire(t)
	ctx := t.Context()
	tests := map[string]func(id string) error{
		"account": func(id string) error { _, err := g.Account(ctx, id); return err },
		"onboarding": func(id string) error {
			_, err := g.OpenOnboarding(ctx, "k", payments.Onboarding{Account: id})
			return err
		},
		"refund": func(id string) error {
			_, err := g.Refund(ctx, "k", payments.RefundOrder{Refund: "r1", Charge: id, Amount: 1})
			return err
		},
		"find refund": func(id string) error { _, _, err := g.FindRefund(ctx, id, "r1"); return err },
		"refund now":  func(id string) error { _, err := g.RefundNow(ctx, id); return err },
		"dispute":     func(id string) error { _, err := g.Dispute(ctx, id); return err },
		"answer": func(id string) error {
			return g.AnswerDispute(ctx, "k", payments.DisputeAnswer{Dispute: id, Text: "Ja."})
		},
		"accept": func(id string) error { return g.AcceptDispute(ctx, "k", id) },
		"reverse": func(id string) error {
			_, err := g.Reverse(ctx, "k", payments.ReversalOrder{Reversal: "v1", Transfer: id, Amount: 1})
			return err
		},
		"reversals by hand": func(id string) error { _, err := g.ReversalsByHand(ctx, id); return err },
		"find reversal":     func(id string) error { _, _, err := g.FindReversal(ctx, id, "v1"); return err },
		"any reversal":      func(id string) error { _, _, err := g.FindReversal(ctx, "tr_1", payments.Reference(id)); return err },
		"find transfer":     func(id string) error { _, _, err := g.FindTransfer(ctx, id, "p1"); return err },
		"find any transfer": func(id string) error { _, _, err := g.FindTransfer(ctx, "acct_1", payments.Reference(id)); return err },
	}
	for name, do := range tests {
		for _, id := range []string{"", " "} {
			if err := do(id); !errors.Is(err, payments.ErrUnknownThere) {
				t.Errorf("%s gave %v", name, err)
			}
		}
	}
	if len(w.asked) > 0 {
		t.Errorf("asked %d times", len(w.asked))
	}
}

// TestRefusalsOfTheNewCalls: the same rules for all calls that move something.
func TestRefusalsOfTheNewCalls(t *testing.T) {
	for name, one := range calls() {
		if !one.moves {
			continue
		}
		for _, tt := range []struct {
			status int
			body   string
			want   string // "refused", "unknown there" or "open"
		}{
			{400, `{"error": {"type": "invalid_request_error", "code": "charge_already_refunded"}}`, "refused"},
			{402, `{"error": {"type": "card_error", "code": "card_declined"}}`, "refused"},
			{400, `{"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such charge"}}`, "unknown there"},
			{404, `{"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such dispute"}}`, "unknown there"},
			{400, `{"error": {"type": "idempotency_error", "message": "Keys for idempotent requests"}}`, "open"},
			{403, `{"error": {"type": "invalid_request_error", "code": "account_invalid"}}`, "open"},
			{409, `{"error": {"type": "invalid_request_error", "code": "lock_timeout"}}`, "open"},
			{429, `{"error": {"type": "invalid_request_error", "code": "rate_limit"}}`, "open"},
			{500, `{"error": {"type": "api_error"}}`, "open"},
			{200, `{`, "open"},
		} {
			err := one.do(t.Context(), saying(t, tt.status, tt.body), "k")
			got := "open"
			if no := (*payments.Refused)(nil); errors.As(err, &no) {
				got = "refused"
			} else if errors.Is(err, payments.ErrUnknownThere) {
				got = "unknown there"
			}
			if err == nil || got != tt.want {
				t.Errorf("%s, told %d %s: %v is %s, want %s", name, tt.status, tt.body, err, got, tt.want)
			}
			discreet(t, err)
		}
	}
}
