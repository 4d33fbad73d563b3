package payments_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stripe/stripe-go/v76/webhook"

	"meent/payments"
)

// TestReceive: an event is kept once, one of other money or that nobody follows is let go,
// and nothing is kept of one that is forged or of another version.
func TestReceive(t *testing.T) {
	h := newHouse(t, nil)
	send := func(body, secret string) error {
		signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: secret, Timestamp: h.now()})
		return h.Receive(t.Context(), payments.PlatformEndpoint, []byte(body), signed.Header)
	}
	const ours = `{"id": "evt_1", "api_version": "2023-10-16", "type": "charge.refunded", "livemode": false, "created": 1700000000, "data": {"object": {"id": "ch_1"}}}`
	const other = `{"id": "evt_3", "api_version": "2026-08-26", "type": "charge.refunded", "livemode": false, "created": 1700000000, "data": {"object": {"id": "ch_3"}}}`
	const live = `{"id": "evt_2", "api_version": "2023-10-16", "type": "charge.refunded", "livemode": true, "created": 1700000000, "data": {"object": {"id": "ch_2"}}}`
	const idle = `{"id": "evt_4", "api_version": "2023-10-16", "type": "payment_intent.created", "livemode": false, "created": 1700000000, "data": {"object": {"id": "pi_4"}}}`
	for _, err := range []error{send(ours, "whsec_platform"), send(ours, "whsec_platform"), send(live, "whsec_platform"), send(idle, "whsec_platform")} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := send(ours, "whsec_connect"); !errors.Is(err, payments.ErrForged) {
		t.Errorf("signed for the other endpoint: %v", err)
	}
	if err := send(idle, "whsec_connect"); !errors.Is(err, payments.ErrForged) {
		t.Errorf("forged, of a kind that nobody follows: %v", err)
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

// TestEventOfAnotherAccount: what is said of somebody else's account changes nothing of
// ours, also when it names a payout, a refund or a payment of ours; and what is said of
// our money but on the endpoint of members is no member's.
func TestEventOfAnotherAccount(t *testing.T) {
	h := newHouse(t, nil)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	var payout, session string
	h.must(h.db.QueryRow(t.Context(), `SELECT o.payout_id, b.checkout_id FROM payments.payout o, payments.bill b`).Scan(&payout, &session))
	h.stage(payments.StageMoving)
	number := 0
	says := func(kind, object string) {
		t.Helper()
		number++
		body := fmt.Sprintf(`{"id": "evt_foreign_%d", "account": "acct_stranger", "api_version": "2023-10-16", "type": %q, "livemode": false, "created": %d, "data": {"object": {"id": %q}}}`,
			number, kind, h.now().Unix(), object)
		signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: "whsec_connect", Timestamp: h.now()})
		h.must(h.Receive(t.Context(), payments.ConnectEndpoint, []byte(body), signed.Header))
	}
	before := h.ours()
	h.sql(`UPDATE stripesim.payout SET due_at = due_at + interval '9 days'`) // the bank has not got it
	for kind, object := range map[string]string{"payout.paid": payout, "payout.failed": payout, "checkout.session.completed": session, "refund.updated": "re_1", "account.updated": "acct_stranger"} {
		says(kind, object)
	}
	h.run()
	h.stage(payments.StageMoving)
	if h.ours() != before {
		t.Errorf("it moved %v", h.ours()-before)
	}
	var left int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.event WHERE id LIKE 'evt_foreign_%' AND done_at IS NULL`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d of %d are asked after still, %v", left, number, err)
	}
	h.same(t)
}

// TestWanted: what is asked after is wanted, and what tells nothing new is not.
func TestWanted(t *testing.T) {
	for want, kinds := range map[bool][]string{
		true: {"checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_failed", "payout.paid", "payout.failed", "payout.canceled",
			"refund.created", "refund.updated", "charge.refund.updated", "charge.refunded", "charge.dispute.created", "charge.dispute.closed", "charge.dispute.funds_withdrawn",
			"account.updated", "account.application.deauthorized", "account.external_account.updated", "capability.updated"},
		false: {"payment_intent.created", "payment_intent.succeeded", "charge.succeeded", "transfer.created", "payout.created", "payout.updated", ""},
	} {
		for _, kind := range kinds {
			if payments.Wanted(kind) != want {
				t.Errorf("%q is wanted: %v", kind, !want)
			}
		}
	}
}
