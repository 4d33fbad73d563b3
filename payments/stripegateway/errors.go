package stripegateway

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/stripe/stripe-go/v76"

	"meent/payments"
)

// failed translates an error of stripe-go. It returns payments.ErrUnknownThere,
// *payments.Refused, or an error that leaves open what happened.
func failed(what string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, errKey) {
		return fmt.Errorf("%w (%s)", errKey, what)
	}
	var said *stripe.Error
	if !errors.As(err, &said) {
		return fmt.Errorf("stripegateway: %s: %w", what, unheard(err))
	}
	switch {
	case said.Code == stripe.ErrorCodeResourceMissing:
		return fmt.Errorf("stripegateway: %s: %w", what, payments.ErrUnknownThere)
	case isRefusal(said):
		return fmt.Errorf("stripegateway: %s: %w", what, &payments.Refused{Code: word(said)})
	}
	return fmt.Errorf("stripegateway: %s: status %d (%s), request %s", what, said.HTTPStatusCode, word(said), said.RequestID)
}

// isRefusal reports that Stripe understood, did nothing, and would say the same
// again. A wrong key or address is our fault and can be repaired.
func isRefusal(said *stripe.Error) bool {
	if said.Type == stripe.ErrorTypeIdempotency {
		return false
	}
	switch status := said.HTTPStatusCode; status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooManyRequests:
		return false
	default:
		return status >= 400 && status < 500
	}
}

// word is Stripe's own for what is wrong; some refusals have only a type.
func word(said *stripe.Error) string {
	return cmp.Or(string(said.Code), string(said.Type))
}

// unheard keeps why the network failed, without the address that was called. Of
// an answer that is not Stripe's nothing is repeated: it may hold anything.
func unheard(err error) error {
	var call *url.Error
	if errors.As(err, &call) {
		return call.Err
	}
	return errors.New("the answer cannot be read")
}
