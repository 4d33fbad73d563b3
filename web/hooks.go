package web

import (
	"context"
	"io"
	"net/http"
	"strings"

	"meent/payments"
)

// Inbox takes what Stripe tells us. It returns payments.ErrForged for what
// Stripe did not say, and payments.ErrOtherVersion for what it says in words that
// are not ours: Stripe's page of endpoints then shows that those fail.
type Inbox interface {
	Receive(ctx context.Context, from payments.Endpoint, body []byte, signature string) error
}

const (
	maxHook      = 1 << 20 // the most that an event may hold
	maxSignature = 4 << 10 // the most that its signature may hold
)

// hook handles POST /hooks/stripe and /hooks/stripe/connect. Stripe sends an
// event again until the answer is 200, so that it is said only after the event
// is kept, or let go because nobody follows its kind. Nobody reads the other
// answers: they have no page.
func hook(from payments.Endpoint) handler {
	return func(r *request) error {
		status := http.StatusOK
		if err := r.receive(from); err != nil {
			status = failureOf(err).status
			r.web.Log.Warn("event not taken", "endpoint", string(from), "id", requestID(r.Request.Context()), "error", err)
		}
		r.Status(status)
		return nil
	}
}

func (r *request) receive(from payments.Endpoint) error {
	signature := r.GetHeader("Stripe-Signature")
	if signature == "" || len(signature) > maxSignature {
		return payments.ErrForged // before anything is read: floods cost little
	}
	if r.web.Inbox == nil {
		return errUnavailable
	}
	body, err := io.ReadAll(r.Request.Body)
	if err != nil {
		return err
	}
	return r.web.Inbox.Receive(r.Request.Context(), from, body, signature)
}

// isHook reports a path on which Stripe calls, from few addresses and often.
func isHook(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/hooks/") }
