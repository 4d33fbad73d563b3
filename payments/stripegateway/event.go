package stripegateway

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"

	"meent/payments"
)

// fresh is how far the time of a signature may be from ours, in the past and in
// the future. stripe-go looks at the past only, by the machine's clock.
const fresh = 5 * time.Minute

// ReadEvent believes an event that one of the endpoint's secrets signed just
// now, from the world of our key: test or live. Its version does not matter, as
// only its kind and the id in it are used. It returns payments.ErrOtherMode
// and payments.ErrForged.
func (g *Gateway) ReadEvent(body []byte, signature string, from payments.Endpoint) (payments.Event, error) {
	options := webhook.ConstructEventOptions{IgnoreTolerance: true, IgnoreAPIVersionMismatch: true}
	for _, secret := range g.secrets[from] {
		if e, err := webhook.ConstructEventWithOptions(body, signature, secret, options); err == nil {
			return g.believe(e, signedAt(signature))
		}
	}
	return payments.Event{}, forged("no secret of this endpoint fits")
}

// believe checks what a right signature does not say.
func (g *Gateway) believe(e stripe.Event, at time.Time) (payments.Event, error) {
	switch now := g.now(); {
	case at.Before(now.Add(-fresh)):
		return payments.Event{}, forged("too old")
	case at.After(now.Add(fresh)):
		return payments.Event{}, forged("from the future")
	case e.Livemode != g.live:
		return payments.Event{}, payments.ErrOtherMode
	case e.ID == "" || e.Type == "":
		return payments.Event{}, forged("no event")
	}
	return payments.Event{
		ID: e.ID, Account: e.Account, Kind: string(e.Type), Object: objectOf(e), At: time.Unix(e.Created, 0).UTC(),
	}, nil
}

func forged(why string) error { return fmt.Errorf("%w: %s", payments.ErrForged, why) }

// signedAt reads the time that was signed: as in stripe-go, the last one counts.
func signedAt(signature string) (at time.Time) {
	for part := range strings.SplitSeq(signature, ",") {
		if text, found := strings.CutPrefix(part, "t="); found {
			seconds, _ := strconv.ParseInt(text, 10, 64) // it was readable when the signature was checked
			at = time.Unix(seconds, 0)
		}
	}
	return at
}

// objectOf is the id of what the event is about; a balance has none.
func objectOf(e stripe.Event) string {
	var object struct{ ID string }
	if e.Data == nil || json.Unmarshal(e.Data.Raw, &object) != nil {
		return ""
	}
	return object.ID
}
