package payments_test

import (
	"errors"
	"testing"

	"github.com/stripe/stripe-go/v76/webhook"

	"meent/payments"
)

// TestReceive: an event is kept once, one of other money is let go, and nothing
// is kept of one that is forged or of another version.
func TestReceive(t *testing.T) {
	h := newHouse(t, nil)
	send := func(body, secret string) error {
		signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: secret, Timestamp: h.now()})
		return h.Receive(t.Context(), payments.PlatformEndpoint, []byte(body), signed.Header)
	}
	const ours = `{"id": "evt_1", "api_version": "2023-10-16", "type": "charge.refunded", "livemode": false, "created": 1700000000, "data": {"object": {"id": "ch_1"}}}`
	const other = `{"id": "evt_3", "api_version": "2026-08-26", "type": "charge.refunded", "livemode": false, "created": 1700000000, "data": {"object": {"id": "ch_3"}}}`
	const live = `{"id": "evt_2", "api_version": "2023-10-16", "type": "charge.refunded", "livemode": true, "created": 1700000000, "data": {"object": {"id": "ch_2"}}}`
	for _, err := range []error{send(ours, "whsec_platform"), send(ours, "whsec_platform"), send(live, "whsec_platform")} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := send(ours, "whsec_connect"); !errors.Is(err, payments.ErrForged) {
		t.Errorf("signed for the other endpoint: %v", err)
	}
	if err := send(other, "whsec_platform"); !errors.Is(err, payments.ErrOtherVersion) {
		t.Errorf("of another version: %v", err)
	}
	h.run()
	var kept, done int
	err := h.db.QueryRow(t.Context(), `SELECT count(*), count(done_at) FROM payments.event`).Scan(&kept, &done)
	if err != nil || kept != 1 || done != 1 {
		t.Errorf("%d events are kept, %d followed up, %v; want one", kept, done, err)
	}
}
