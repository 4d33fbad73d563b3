package stripesim_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stripe/stripe-go/v76"
)

func TestDeclinedCard(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(6000)
	for range 2 {
		status, _, body := h.pay(s, "4000 0000 0000 0002")
		if status != http.StatusPaymentRequired || !strings.Contains(body, "Er is niets afgeschreven.") {
			t.Errorf("a declined card gave %d: %s", status, body)
		}
	}
	s = must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Get(s.ID, nil))
	if s.Status != "open" || s.PaymentStatus != "unpaid" {
		t.Errorf("session: %+v", s)
	}
	i := must[*stripe.PaymentIntent](t)(h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil))
	if e := i.LastPaymentError; i.Status != "requires_payment_method" || e == nil || e.Code != "card_declined" || e.DeclineCode != "generic_decline" {
		t.Errorf("intent: %+v", i)
	}
	ch := must[*stripe.Charge](t)(h.stripe.Charges.Get(i.LatestCharge.ID, nil))
	if ch.Paid || ch.Status != "failed" || ch.FailureCode != "card_declined" {
		t.Errorf("charge: %+v", ch)
	}
	if status, _, _ := h.pay(s, "4242424242424242"); status != http.StatusSeeOther {
		t.Errorf("another card gave %d", status)
	}
	if b := h.book(); b.Charged != 6000 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	if got := h.box.types(t); got["payment_intent.payment_failed"] != 2 || got["payment_intent.succeeded"] != 1 || got["payment_intent.created"] != 1 {
		t.Errorf("events: %v", got)
	}
}

func TestNoTestCard(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(6000)
	for _, card := range []string{"", "12", "4111 1111 1111 1111", "<script>", strings.Repeat("4", 1000)} {
		if status, _, body := h.pay(s, card); status != http.StatusUnprocessableEntity || strings.Contains(body, "<script>") {
			t.Errorf("card %q gave %d", card, status)
		}
	}
	if b := h.book(); b.Charged != 0 {
		t.Errorf("book: %+v", b)
	}
}

// TestTwoTabsPayOnce also tries them at the same moment.
func TestTwoTabsPayOnce(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(6000)
	var tabs sync.WaitGroup
	for range 8 {
		tabs.Go(func() {
			if status, _, _ := h.pay(s, "4242424242424242"); status != http.StatusSeeOther {
				t.Errorf("a tab got %d", status)
			}
		})
	}
	tabs.Wait()
	if status, location, _ := h.pay(s, "4000000000000002"); status != http.StatusSeeOther || !strings.HasSuffix(location, s.ID) {
		t.Errorf("a late tab got %d to %q", status, location)
	}
	if b := h.book(); b.Charged != 6000 {
		t.Errorf("book: %+v", b)
	}
}

func TestCheckoutPage(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(123450)
	page, header := look(t, s.URL, http.StatusOK)
	if got := page.Find("h1").Text(); got != "Betaal € 1.234,50" {
		t.Errorf("heading %q", got)
	}
	if got := page.Find("li").Text(); got != "Tuin opknappen" {
		t.Errorf("lines %q", got)
	}
	field := page.Find("input#card")
	if value, _ := field.Attr("value"); value != "4242 4242 4242 4242" || page.Find("label[for=card]").Length() != 1 {
		t.Errorf("field with %q", value)
	}
	if lang, _ := page.Find("html").Attr("lang"); lang != "nl" || page.Find("script, [style], style").Length() != 0 {
		t.Error("the page is not Dutch, or holds script or style")
	}
	if back, _ := page.Find("main a").Attr("href"); back != "https://meent.example/terug" {
		t.Errorf("back goes to %q", back)
	}
	csp := header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "form-action 'self' https://meent.example") {
		t.Errorf("CSP %q", csp)
	}
	style, _ := page.Find("link[rel=stylesheet]").Attr("href")
	w := must[*http.Response](t)(http.Get(h.server.URL + style))
	defer w.Body.Close()
	css := must[[]byte](t)(io.ReadAll(w.Body))
	if w.StatusCode != http.StatusOK || !strings.Contains(string(css), "prefers-color-scheme: dark") {
		t.Errorf("style: %d", w.StatusCode)
	}
}

func TestCheckoutPageOfWhatIsOver(t *testing.T) {
	h := newHouse(t, nil)
	late, expired := h.session(6000), h.session(6000)
	must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Expire(expired.ID, nil))
	_, err := h.stripe.CheckoutSessions.Expire(expired.ID, nil)
	stripeError(t, err, 400, "")
	if status, _, _ := h.pay(expired, "4242424242424242"); status != http.StatusGone {
		t.Errorf("paying an expired session gave %d", status)
	}
	done := h.session(6000)
	h.pay(done, "4242424242424242")
	h.clock.add(25 * time.Hour)
	if status, _, _ := h.pay(late, "4242424242424242"); status != http.StatusGone {
		t.Errorf("paying too late gave %d", status)
	}
	for address, want := range map[string]string{
		done.URL: "Deze betaling is al gedaan", expired.URL: "Deze betaalpagina is verlopen", late.URL: "Deze betaalpagina is verlopen",
	} {
		if page, _ := look(t, address, http.StatusOK); page.Find("h1").Text() != want || page.Find("form").Length() != 0 {
			t.Errorf("heading %q, want %q", page.Find("h1").Text(), want)
		}
	}
	look(t, h.server.URL+"/checkout/cs_test_nothing", http.StatusNotFound)
	look(t, h.server.URL+"/checkout/%00", http.StatusNotFound)
	h.deliver()
	if got := h.box.types(t)["checkout.session.expired"]; got != 2 {
		t.Errorf("%d sessions expired, want 2", got)
	}
}

func TestSessionsExpireByThemselves(t *testing.T) {
	h := newHouse(t, nil)
	p := sessionParams(6000, "")
	p.ExpiresAt = stripe.Int64(h.clock.now().Add(time.Hour).Unix())
	s := must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.New(p))
	h.advance(time.Hour)
	if s = must[*stripe.CheckoutSession](t)(h.stripe.CheckoutSessions.Get(s.ID, nil)); s.Status != "expired" {
		t.Errorf("session is %s", s.Status)
	}
	for _, wait := range []time.Duration{time.Minute, 25 * time.Hour, -time.Hour} {
		p.ExpiresAt = stripe.Int64(h.clock.now().Add(wait).Unix())
		_, err := h.stripe.CheckoutSessions.New(p)
		if e := stripeError(t, err, 400, ""); e.Param != "expires_at" {
			t.Errorf("param %q", e.Param)
		}
	}
}

func look(t *testing.T, address string, want int) (*goquery.Document, http.Header) {
	t.Helper()
	w := must[*http.Response](t)(http.Get(address))
	defer w.Body.Close()
	if w.StatusCode != want {
		t.Errorf("%s gave %d, want %d", address, w.StatusCode, want)
	}
	return must[*goquery.Document](t)(goquery.NewDocumentFromReader(w.Body)), w.Header
}

// TestSecondButton holds that the other card goes before the field.
func TestSecondButton(t *testing.T) {
	h := newHouse(t, nil)
	s := h.session(6000)
	w := must[*http.Response](t)(http.PostForm(s.URL, url.Values{"card": {"4242424242424242"}, "other_card": {"4000000000000002"}}))
	defer w.Body.Close()
	if w.StatusCode != http.StatusPaymentRequired {
		t.Errorf("answered %d", w.StatusCode)
	}
	page := must[*goquery.Document](t)(goquery.NewDocumentFromReader(w.Body))
	if alert := page.Find("[role=alert]#problem"); alert.Length() != 1 {
		t.Error("nobody is told")
	}
}
