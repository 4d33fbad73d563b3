package stripesim_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"
	"github.com/stripe/stripe-go/v76/webhook"

	"meent/internal/pg/pgtest"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

const testKey = "sk_test_51MeentTestKey"

// house is a simulator with a clock that only the test moves, and the real
// client in front of it.
type house struct {
	*testing.T
	db     *pgxpool.Pool
	config stripesim.Config
	sim    *stripesim.Simulator
	server *httptest.Server
	stripe *client.API
	clock  *clock
	box    *box
}

// newHouse changes the settings, if change is not nil, before it opens.
func newHouse(t *testing.T, change func(*stripesim.Config)) *house {
	t.Helper()
	h := &house{T: t, db: pgtest.New(t, stripesim.Schema()), clock: &clock{at: time.Now().Truncate(time.Second)}}
	h.box = newBox(t)
	h.config = stripesim.Config{
		Key: testKey, Now: h.clock.now, Poll: 10 * time.Millisecond,
		Platform: stripesim.Endpoint{URL: h.box.server.URL + "/platform", Secret: "whsec_platform"},
		Connect:  stripesim.Endpoint{URL: h.box.server.URL + "/connect", Secret: "whsec_connect"},
	}
	if change != nil {
		change(&h.config)
	}
	h.open()
	return h
}

// open starts a simulator, also a second one on the same database.
func (h *house) open() {
	h.sim = stripesim.New(h.db, h.config)
	h.server = httptest.NewServer(stripeshape.Watch(h.T, h.sim.Handler()))
	h.Cleanup(h.server.Close)
	h.stripe = h.clientWith(testKey)
}

func (h *house) clientWith(key string) *client.API { return h.clientOver(key, http.DefaultTransport) }

func (h *house) clientOver(key string, over http.RoundTripper) *client.API {
	return client.New(key, stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		URL: stripe.String(h.server.URL), MaxNetworkRetries: stripe.Int64(0), EnableTelemetry: stripe.Bool(false),
		HTTPClient: &http.Client{Timeout: 20 * time.Second, Transport: over}, LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	}))
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

func (h *house) account() string {
	h.Helper()
	return must[*stripe.Account](h.T)(h.stripe.Accounts.New(&stripe.AccountParams{
		Type: stripe.String("express"), Country: stripe.String("NL"), Email: stripe.String("lid@example.org"),
	})).ID
}

func sessionParams(amount int64, group string) *stripe.CheckoutSessionParams {
	return &stripe.CheckoutSessionParams{
		Mode: stripe.String("payment"), SuccessURL: stripe.String("https://meent.example/klaar?sessie={CHECKOUT_SESSION_ID}"),
		CancelURL: stripe.String("https://meent.example/terug"), Metadata: map[string]string{"bill": "7"},
		LineItems: []*stripe.CheckoutSessionLineItemParams{{
			Quantity: stripe.Int64(1),
			PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
				Currency: stripe.String("eur"), UnitAmount: stripe.Int64(amount),
				ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{Name: stripe.String("Tuin opknappen")},
			},
		}},
		PaymentIntentData: &stripe.CheckoutSessionPaymentIntentDataParams{
			Metadata: map[string]string{"bill": "7"}, TransferGroup: stripe.String(group),
		},
	}
}

func (h *house) session(amount int64) *stripe.CheckoutSession {
	h.Helper()
	return must[*stripe.CheckoutSession](h.T)(h.stripe.CheckoutSessions.New(sessionParams(amount, "gig_7")))
}

// pay fills in the checkout page and gives the status and where it leads.
func (h *house) pay(s *stripe.CheckoutSession, card string) (status int, location, body string) {
	h.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := browser.PostForm(s.URL, url.Values{"card": {card}})
	if err != nil {
		h.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		h.Fatal(err)
	}
	return w.StatusCode, w.Header.Get("Location"), string(text)
}

// paid is a session that was paid, as it is afterwards.
func (h *house) paid(amount int64) *stripe.CheckoutSession {
	h.Helper()
	s := h.session(amount)
	if status, _, body := h.pay(s, "4242 4242 4242 4242"); status != http.StatusSeeOther {
		h.Fatalf("paying answered %d: %s", status, body)
	}
	return must[*stripe.CheckoutSession](h.T)(h.stripe.CheckoutSessions.Get(s.ID, nil))
}

// paidBy is a session that takes every method, after somebody used one of them.
func (h *house) paidBy(amount int64, way string) *stripe.CheckoutSession {
	h.Helper()
	p := sessionParams(amount, "gig_7")
	p.PaymentMethodTypes = stripe.StringSlice([]string{"card", "ideal", "sepa_debit"})
	s := must[*stripe.CheckoutSession](h.T)(h.stripe.CheckoutSessions.New(p))
	if status, _, body := h.pay(s, way); status != http.StatusSeeOther {
		h.Fatalf("paying by %s answered %d: %s", way, status, body)
	}
	return must[*stripe.CheckoutSession](h.T)(h.stripe.CheckoutSessions.Get(s.ID, nil))
}

// chargeOf is the last charge of a session.
func (h *house) chargeOf(s *stripe.CheckoutSession) *stripe.Charge {
	h.Helper()
	i := must[*stripe.PaymentIntent](h.T)(h.stripe.PaymentIntents.Get(s.PaymentIntent.ID, nil))
	return must[*stripe.Charge](h.T)(h.stripe.Charges.Get(i.LatestCharge.ID, nil))
}

func (h *house) transferFrom(amount int64, to, charge string) (*stripe.Transfer, error) {
	return h.stripe.Transfers.New(&stripe.TransferParams{
		Amount: &amount, Currency: stripe.String("eur"), Destination: &to, SourceTransaction: &charge,
	})
}

func (h *house) transfer(amount int64, to, key string) (*stripe.Transfer, error) {
	p := &stripe.TransferParams{Amount: &amount, Currency: stripe.String("eur"), Destination: &to, TransferGroup: stripe.String("gig_7")}
	if key != "" {
		p.SetIdempotencyKey(key)
	}
	return h.stripe.Transfers.New(p)
}

func (h *house) payout(amount int64, of, simulate string) (*stripe.Payout, error) {
	p := &stripe.PayoutParams{Amount: &amount, Currency: stripe.String("eur")}
	p.SetStripeAccount(of)
	if simulate != "" {
		p.AddMetadata("simulate", simulate)
	}
	return h.stripe.Payouts.New(p)
}

func (h *house) payoutNow(id, of string) *stripe.Payout {
	h.Helper()
	p := &stripe.PayoutParams{}
	p.SetStripeAccount(of)
	return must[*stripe.Payout](h.T)(h.stripe.Payouts.Get(id, p))
}

// book fails the test when the book does not add up.
func (h *house) book() stripesim.Book {
	h.Helper()
	return must[stripesim.Book](h.T)(h.sim.Book(h.Context()))
}

func (h *house) advance(d time.Duration) {
	h.Helper()
	h.clock.add(d)
	if err := h.sim.Advance(h.Context()); err != nil {
		h.Fatal(err)
	}
}

// deliver sends all that is due now.
func (h *house) deliver() {
	h.Helper()
	for {
		n, err := h.sim.Deliver(h.Context())
		if err != nil {
			h.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// stripeError fails the test when err is not a refusal of this status and code.
func stripeError(t *testing.T, err error, status int, code stripe.ErrorCode) *stripe.Error {
	t.Helper()
	var e *stripe.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a refusal with %d %s", err, status, code)
	}
	if e.HTTPStatusCode != status || e.Code != code || e.RequestID == "" {
		t.Errorf("refused with %d %q (request %q): %s; want %d %q", e.HTTPStatusCode, e.Code, e.RequestID, e.Msg, status, code)
	}
	return e
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

// box receives webhooks and believes only what is signed.
type box struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	events []stripe.Event
	wrong  []error
	refuse int // so many are answered with 500 first
}

func newBox(t *testing.T) *box {
	b := &box{t: t}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

func (b *box) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	stripeshape.Event(b.t, body)
	secret := "whsec_" + strings.TrimPrefix(r.URL.Path, "/")
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuse > 0 {
		b.refuse--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	e, signed := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), secret)
	if err = errors.Join(err, signed); err != nil {
		b.wrong = append(b.wrong, err)
	}
	b.events = append(b.events, e)
}

func (b *box) refuseNext(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuse = n
}

// types counts what came, by type.
func (b *box) types(t *testing.T) map[string]int {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.wrong) > 0 {
		t.Errorf("webhooks that were not right: %v", b.wrong)
	}
	count := map[string]int{}
	for _, e := range b.events {
		count[string(e.Type)]++
	}
	return count
}
