package stripegateway_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76/webhook"

	"meent/payments"
	"meent/payments/stripegateway"
)

const eventBody = `{"id": "evt_1", "object": "event", "api_version": "%s", "livemode": %v, "type": "payout.paid", "created": 1700000000,
	"account": "acct_1", "data": {"object": {"id": "po_1", "object": "payout"}}}`

const fiveMinutes = 5 * time.Minute

func body(version string, live bool) string { return fmt.Sprintf(eventBody, version, live) }

// signed makes the header Stripe-Signature.
func signed(body, secret string, at time.Time) string {
	return webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: secret, Timestamp: at}).Header
}

func reader(key string, now time.Time) *stripegateway.Gateway {
	return stripegateway.New(stripegateway.Config{Key: key, Now: func() time.Time { return now }, Secrets: map[payments.Endpoint][]string{
		payments.PlatformEndpoint: {"whsec_platform"},
		payments.ConnectEndpoint:  {"whsec_current", "whsec_previous", ""},
	}})
}

func TestReadEvent(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	good := body("2023-10-16", false)
	early := strings.Replace(good, "1700000000", fmt.Sprint(now.Add(fiveMinutes).Unix()), 1)
	earlier := strings.Replace(good, "1700000000", fmt.Sprint(now.Add(fiveMinutes+time.Second).Unix()), 1)
	tests := []struct {
		name, body, signature string
		believed              bool
	}{
		{"right", good, signed(good, "whsec_current", now), true},
		{"the previous secret", good, signed(good, "whsec_previous", now), true},
		{"both secrets at once", good, signed(good, "whsec_gone", now) + "," + strings.Split(signed(good, "whsec_current", now), ",")[1], true},
		{"five minutes late", good, signed(good, "whsec_current", now.Add(-fiveMinutes)), true},
		{"five minutes early", good, signed(good, "whsec_current", now.Add(fiveMinutes)), true},
		{"stale", good, signed(good, "whsec_current", now.Add(-fiveMinutes-time.Second)), false},
		{"from the future", good, signed(good, "whsec_current", now.Add(fiveMinutes+time.Second)), false},
		{"about the future", earlier, signed(earlier, "whsec_current", now), false},
		{"tampered", strings.Replace(good, "po_1", "po_2", 1), signed(good, "whsec_current", now), false},
		{"another time", good, "t=1," + strings.Split(signed(good, "whsec_current", now), ",")[1], false},
		{"two times", good, "t=1," + signed(good, "whsec_current", now), true},
		{"the other endpoint's secret", good, signed(good, "whsec_platform", now), false},
		{"no secret", good, signed(good, "", now), false},
		{"an unknown secret", good, signed(good, "whsec_gone", now), false},
		{"no signature", good, "", false},
		{"nonsense", good, "t=soon,v1=zz", false},
		{"no JSON", "hello", signed("hello", "whsec_current", now), false},
		{"an empty object", "{}", signed("{}", "whsec_current", now), false},
		{"nothing", "", signed("", "whsec_current", now), false},
	}
	if _, err := reader(testKey, now).ReadEvent([]byte(early), signed(early, "whsec_current", now), payments.ConnectEndpoint); err != nil {
		t.Errorf("a clock that is five minutes ahead gave %v", err)
	}
	want := payments.Event{ID: "evt_1", Account: "acct_1", Kind: "payout.paid", Object: "po_1", At: time.Unix(1700000000, 0).UTC()}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := reader(testKey, now).ReadEvent([]byte(tt.body), tt.signature, payments.ConnectEndpoint)
			switch {
			case tt.believed && (err != nil || !cmp.Equal(got, want)):
				t.Errorf("gave %+v, %v", got, err)
			case !tt.believed && (!errors.Is(err, payments.ErrForged) || got != payments.Event{}):
				t.Errorf("gave %+v, %v; want ErrForged", got, err)
			}
		})
	}
}

// TestSecretsOfBothEndpoints: at each the current one and the previous one, and
// none of the other endpoint's.
func TestSecretsOfBothEndpoints(t *testing.T) {
	now, text := time.Now(), body("2023-10-16", false)
	g := stripegateway.New(stripegateway.Config{Key: testKey, Secrets: map[payments.Endpoint][]string{
		payments.PlatformEndpoint: {"whsec_p2", "whsec_p1"}, payments.ConnectEndpoint: {"whsec_c2", "whsec_c1"},
	}})
	for at, own := range map[payments.Endpoint]string{payments.PlatformEndpoint: "whsec_p", payments.ConnectEndpoint: "whsec_c"} {
		for _, secret := range []string{"whsec_p1", "whsec_p2", "whsec_c1", "whsec_c2"} {
			_, err := g.ReadEvent([]byte(text), signed(text, secret, now), at)
			if (err == nil) != strings.HasPrefix(secret, own) || err != nil && !errors.Is(err, payments.ErrForged) {
				t.Errorf("%s at %s gave %v", secret, at, err)
			}
		}
	}
}

// TestOtherVersion: an endpoint that was set up for another program is refused
// in its own way; what nobody signed stays forged, whatever its version, and a
// test event at a live endpoint stays a test event.
func TestOtherVersion(t *testing.T) {
	now := time.Now()
	for _, version := range []string{"2026-08-26.dahlia", "2022-11-15", "", strings.Repeat("x", 1000)} {
		text := body(version, false)
		got, err := reader(testKey, now).ReadEvent([]byte(text), signed(text, "whsec_current", now), payments.ConnectEndpoint)
		if !errors.Is(err, payments.ErrOtherVersion) || got != (payments.Event{}) || len(err.Error()) > 200 {
			t.Errorf("%.20q gave %+v, %v", version, got, err)
		}
		if _, err = reader(testKey, now).ReadEvent([]byte(text), signed(text, "whsec_gone", now), payments.ConnectEndpoint); !errors.Is(err, payments.ErrForged) {
			t.Errorf("unsigned, %.20q gave %v", version, err)
		}
		if _, err = reader("sk_live_1", now).ReadEvent([]byte(text), signed(text, "whsec_current", now), payments.ConnectEndpoint); !errors.Is(err, payments.ErrOtherMode) {
			t.Errorf("in test mode, %.20q gave %v", version, err)
		}
	}
}

// TestLiveAndTestDoNotMix: the key says which of the two worlds we are in.
func TestLiveAndTestDoNotMix(t *testing.T) {
	now := time.Now()
	for key, live := range map[string]bool{"sk_live_1": true, "rk_live_1": true, "sk_test_1": false, "rk_test_1": false} {
		for _, event := range []bool{true, false} {
			text := body("2023-10-16", event)
			_, err := reader(key, now).ReadEvent([]byte(text), signed(text, "whsec_current", now), payments.ConnectEndpoint)
			if (err == nil) != (event == live) || event != live && !errors.Is(err, payments.ErrOtherMode) {
				t.Errorf("an event with livemode %v for %s gave %v", event, key, err)
			}
		}
	}
}

// TestEventWithoutObject: a balance has no id.
func TestEventWithoutObject(t *testing.T) {
	now := time.Now()
	for _, data := range []string{`{"object": {"object": "balance"}}`, `null`, `{"object": {"id": 7}}`} {
		text := `{"id": "evt_2", "api_version": "2023-10-16", "type": "balance.available", "created": 1, "data": ` + data + `}`
		got, err := reader(testKey, now).ReadEvent([]byte(text), signed(text, "whsec_platform", now), payments.PlatformEndpoint)
		if err != nil || got.Object != "" || got.Account != "" || got.Kind != "balance.available" {
			t.Errorf("%s gave %+v, %v", data, got, err)
		}
	}
}

// TestEndpointWithoutSecretBelievesNobody, also what was signed with nothing.
func TestEndpointWithoutSecretBelievesNobody(t *testing.T) {
	text := body("2023-10-16", false)
	_, err := stripegateway.New(stripegateway.Config{Key: testKey}).ReadEvent([]byte(text), signed(text, "", time.Now()), payments.PlatformEndpoint)
	if !errors.Is(err, payments.ErrForged) {
		t.Errorf("gave %v", err)
	}
}
