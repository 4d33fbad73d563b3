package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripesim"
)

// bankTime is how long a payout of the past was on its way.
const bankTime = 26 * time.Hour

// stripe is the Stripe of the past: a simulator that nobody else knows, on a
// port of its own, closed again when the past is over.
type stripe struct {
	*stripesim.Simulator
	gateway  *stripegateway.Gateway
	server   *http.Server
	payments *payments.Service // hears the events, once it is there
	heard    int
}

// openStripe makes up a key and secrets.
func openStripe(db *pgxpool.Pool, now func() time.Time, ids io.Reader) (*stripe, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stripe{}
	key, secret := "sk_test_"+rand.Text(), "whsec_"+rand.Text()
	s.Simulator = stripesim.New(db, stripesim.Config{
		Key: key, PayoutDelay: bankTime, Now: now, Random: ids, AtOnce: 1, Client: &http.Client{Transport: s},
		Platform: stripesim.Endpoint{URL: hookURL(payments.PlatformEndpoint), Secret: secret},
		Connect:  stripesim.Endpoint{URL: hookURL(payments.ConnectEndpoint), Secret: secret},
	})
	s.gateway = stripegateway.New(stripegateway.Config{Key: key, URL: "http://" + listener.Addr().String(), Now: now,
		Secrets: map[payments.Endpoint][]string{payments.PlatformEndpoint: {secret}, payments.ConnectEndpoint: {secret}}})
	s.server = &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go s.server.Serve(listener) // until close
	return s, nil
}

func (s *stripe) close() { _ = s.server.Close() } // nobody is connected any more

func hookURL(e payments.Endpoint) string { return "http://meent.example/" + string(e) }

// deliverAll says how many events payments has heard.
func (s *stripe) deliverAll(ctx context.Context) (heard int, err error) {
	s.heard = 0
	for tried := 1; tried > 0 && err == nil; {
		tried, err = s.Deliver(ctx)
	}
	return s.heard, err
}

// RoundTrip brings an event to payments without any network, if it is of a
// kind that an endpoint at Stripe is set up for.
func (s *stripe) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var event struct{ Type string }
	if err := json.Unmarshal(body, &event); err != nil {
		return nil, err
	}
	if isWanted(event.Type) {
		s.heard++
		from := payments.Endpoint(strings.TrimPrefix(r.URL.Path, "/"))
		err = s.payments.Receive(r.Context(), from, body, r.Header.Get("Stripe-Signature"))
	}
	return &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody, Request: r}, err
}

func isWanted(kind string) bool {
	return strings.HasPrefix(kind, "checkout.session.") || kind == "payout.paid" || kind == "payout.failed"
}

var errNotPaid = errors.New("demo: the checkout takes no card")

// fillIn pays on a checkout page, as a browser does.
func fillIn(ctx context.Context, page, card string, want int) error {
	form := url.Values{"card": {card}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, page, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	browser := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != want {
		return fmt.Errorf("%w: status %d", errNotPaid, answer.StatusCode)
	}
	return nil
}
