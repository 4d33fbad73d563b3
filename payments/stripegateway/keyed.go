package stripegateway

import (
	"bytes"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/form"
)

// longest is how long an idempotency key may be at Stripe.
const longest = 255

var errKey = errors.New("stripegateway: a call that moves something needs a key of 1 to 255 characters")

// keyed lets nothing leave that may change something and has no key of ours:
// stripe-go would invent one at each call, and none is then the same as before.
type keyed struct{ stripe.Backend }

// Call makes a call with a form.
func (k keyed) Call(method, path, key string, params stripe.ParamsContainer, v stripe.LastResponseSetter) error {
	if err := demand(method, common(params)); err != nil {
		return err
	}
	return k.Backend.Call(method, path, key, params, v)
}

// CallStreaming makes a call whose answer is read bit by bit.
func (k keyed) CallStreaming(method, path, key string, params stripe.ParamsContainer, v stripe.StreamingLastResponseSetter) error {
	if err := demand(method, common(params)); err != nil {
		return err
	}
	return k.Backend.CallStreaming(method, path, key, params, v)
}

// CallRaw makes a call with a form that is ready.
func (k keyed) CallRaw(method, path, key string, body *form.Values, params *stripe.Params, v stripe.LastResponseSetter) error {
	if err := demand(method, params); err != nil {
		return err
	}
	return k.Backend.CallRaw(method, path, key, body, params, v)
}

// CallMultipart makes a call with files.
func (k keyed) CallMultipart(method, path, key, boundary string, body *bytes.Buffer, params *stripe.Params, v stripe.LastResponseSetter) error {
	if err := demand(method, params); err != nil {
		return err
	}
	return k.Backend.CallMultipart(method, path, key, boundary, body, params, v)
}

// common is what all parameters have; none when there are no parameters, also
// when that is said by a pointer to nothing.
func common(params stripe.ParamsContainer) *stripe.Params {
	if v := reflect.ValueOf(params); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	return params.GetParams()
}

func demand(method string, p *stripe.Params) error {
	if method == http.MethodGet || p != nil && p.IdempotencyKey != nil && isKey(*p.IdempotencyKey) {
		return nil
	}
	return errKey
}

// isKey refuses blanks at the ends too, since stripe-go takes them away.
func isKey(key string) bool {
	return key != "" && len(key) <= longest && strings.TrimSpace(key) == key
}
