package stripegateway

import (
	"cmp"
	"context"
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

// Events asks for one page of what happened to an account; "" is the
// cooperative's own. In which version they are told does not matter, as only
// the kind and the id are used, and nobody set up how we ask.
func (g *Gateway) Events(ctx context.Context, account string, since time.Time, after string) ([]payments.Event, bool, error) {
	list := g.stripe.Events.List(&stripe.EventListParams{ListParams: onePage(ctx, account, after), CreatedRange: from(since)})
	var found []payments.Event
	for list.Next() {
		e := eventOf(list.Event())
		e.Account = cmp.Or(e.Account, account)
		found = append(found, e)
	}
	if err := list.Err(); err != nil {
		return nil, false, failed("list events", err)
	}
	return found, list.Meta().HasMore, nil
}

// ReadEvent believes an event that one of the endpoint's secrets signed just
// now, from the world of our key: test or live. It returns
// payments.ErrOtherMode, payments.ErrOtherVersion and payments.ErrForged.
//
// The version must be ours. What is used today, kind and id, are the same in
// others; but an endpoint with another version was set up for another program,
// and what it says next year nobody has tried.
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
	case e.ID == "" || e.Type == "":
		return payments.Event{}, forged("no event")
	case moment(e.Created).After(now.Add(fresh)):
		return payments.Event{}, forged("of what has not happened yet")
	case e.Livemode != g.live:
		return payments.Event{}, payments.ErrOtherMode
	case e.APIVersion != stripe.APIVersion:
		return payments.Event{}, fmt.Errorf("%w: %q, not %q", payments.ErrOtherVersion, clipped(e.APIVersion), stripe.APIVersion)
	}
	return eventOf(&e), nil
}

func eventOf(e *stripe.Event) payments.Event {
	return payments.Event{ID: e.ID, Account: e.Account, Kind: string(e.Type), Object: objectOf(e), At: moment(e.Created)}
}

// clipped keeps what a stranger wrote short in the log.
func clipped(text string) string { return text[:min(len(text), 40)] }

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
func objectOf(e *stripe.Event) string {
	var object struct{ ID string }
	if e.Data == nil || json.Unmarshal(e.Data.Raw, &object) != nil {
		return ""
	}
	return object.ID
}
