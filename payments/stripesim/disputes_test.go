package stripesim_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

// disputed is the dispute that a test card brought.
func (h *house) disputed(card string) *stripe.Dispute {
	h.Helper()
	ch := h.chargeOf(h.paidBy(6000, card))
	h.advance(time.Second)
	list := h.stripe.Disputes.List(&stripe.DisputeListParams{Charge: &ch.ID})
	if !list.Next() {
		h.Fatalf("no dispute: %v", list.Err())
	}
	return list.Dispute()
}

func (h *house) disputeNow(id string) *stripe.Dispute {
	h.Helper()
	return must[*stripe.Dispute](h.T)(h.stripe.Disputes.Get(id, nil))
}

func (h *house) evidence(id, text string, submit bool) (*stripe.Dispute, error) {
	return h.stripe.Disputes.Update(id, &stripe.DisputeParams{
		Evidence: &stripe.DisputeEvidenceParams{UncategorizedText: &text}, Submit: &submit,
	})
}

func TestDisputeTakesTheMoney(t *testing.T) {
	h := newHouse(t, nil)
	d := h.disputed("4000000000000259")
	if d.Status != "needs_response" || d.Amount != 6000 || d.Reason != "fraudulent" || d.EvidenceDetails.DueBy <= h.clock.now().Unix() {
		t.Errorf("dispute: %+v", d)
	}
	if m := d.BalanceTransactions; len(m) != 1 || m[0].Amount != -6000 || m[0].Fee != 2000 || m[0].Net != -8000 || m[0].Type != "adjustment" ||
		m[0].ReportingCategory != "dispute" {
		t.Errorf("moves: %+v", m)
	}
	ch := must[*stripe.Charge](t)(h.stripe.Charges.Get(d.Charge.ID, nil))
	if !ch.Disputed {
		t.Error("the charge does not say so")
	}
	_, err := h.stripe.Refunds.New(&stripe.RefundParams{Charge: &ch.ID})
	stripeError(t, err, 400, "charge_disputed")
	if b := h.book(); b.Disputed != 6000 || b.Fees != 2115 || b.Platform != -2115 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	got := h.box.types(t)
	if got["charge.dispute.created"] != 1 || got["charge.dispute.funds_withdrawn"] != 1 || got["charge.dispute.closed"] != 0 {
		t.Errorf("events: %v", got)
	}
}

func TestDisputesEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		answer   func(h *house, d *stripe.Dispute) error
		status   stripe.DisputeStatus
		disputed int64
		events   map[string]int
	}{
		"won": {func(h *house, d *stripe.Dispute) error {
			got, err := h.evidence(d.ID, "winning_evidence", true)
			if err == nil && (got.Status != "under_review" || got.EvidenceDetails.SubmissionCount != 1) {
				h.Errorf("answered: %+v", got)
			}
			return err
		}, "won", 0, map[string]int{"charge.dispute.updated": 1, "charge.dispute.closed": 1, "charge.dispute.funds_reinstated": 1}},
		"lost": {func(h *house, d *stripe.Dispute) error {
			_, err := h.evidence(d.ID, "losing_evidence", true)
			return err
		},
			"lost", 6000, map[string]int{"charge.dispute.updated": 1, "charge.dispute.closed": 1}},
		"accepted": {func(h *house, d *stripe.Dispute) error { _, err := h.stripe.Disputes.Close(d.ID, nil); return err },
			"lost", 6000, map[string]int{"charge.dispute.closed": 1}},
		"not answered": {func(h *house, d *stripe.Dispute) error {
			_, err := h.evidence(d.ID, "winning_evidence", false) // kept, and not sent
			h.advance(10 * 24 * time.Hour)
			return err
		}, "lost", 6000, map[string]int{"charge.dispute.updated": 1, "charge.dispute.closed": 1}},
		"decided": {func(h *house, d *stripe.Dispute) error { return h.sim.Decide(h.Context(), d.ID, "won") },
			"won", 0, map[string]int{"charge.dispute.closed": 1, "charge.dispute.funds_reinstated": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, func(c *stripesim.Config) { c.DisputeDelay = time.Second })
			d := h.disputed("4000000000000259")
			if err := tt.answer(h, d); err != nil {
				t.Fatal(err)
			}
			h.advance(time.Hour)
			if d = h.disputeNow(d.ID); d.Status != tt.status || len(d.BalanceTransactions) != 1+h.count(`SELECT count(*) FROM stripesim.dispute WHERE status = 'won'`) {
				t.Errorf("dispute: %+v", d)
			}
			if b := h.book(); b.Disputed != tt.disputed {
				t.Errorf("book: %+v", b)
			}
			_, err := h.evidence(d.ID, "late", true)
			stripeError(t, err, 400, "")
			h.deliver()
			got := map[string]int{}
			for kind, n := range h.box.types(t) {
				if tt.events[kind] > 0 || kind == "charge.dispute.closed" || kind == "charge.dispute.funds_reinstated" {
					got[kind] = n
				}
			}
			if diff := cmp.Diff(tt.events, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBankAsksFirst: no money moves, until it does.
func TestBankAsksFirst(t *testing.T) {
	h := newHouse(t, nil)
	first, second := h.disputed("4000000000001976"), h.disputed("4000000000001976")
	if first.Status != "warning_needs_response" || len(first.BalanceTransactions) != 0 || !first.IsChargeRefundable {
		t.Errorf("question: %+v", first)
	}
	must[*stripe.Refund](t)(h.stripe.Refunds.New(&stripe.RefundParams{Charge: &first.Charge.ID}))
	if closed := must[*stripe.Dispute](t)(h.stripe.Disputes.Close(first.ID, nil)); closed.Status != "warning_closed" {
		t.Errorf("closed: %+v", closed)
	}
	if err := h.sim.Decide(t.Context(), second.ID, "won"); err == nil {
		t.Error("a question was won")
	}
	if err := h.sim.Decide(t.Context(), second.ID, "escalate"); err != nil {
		t.Fatal(err)
	}
	if d := h.disputeNow(second.ID); d.Status != "needs_response" || len(d.BalanceTransactions) != 1 {
		t.Errorf("escalated: %+v", d)
	}
	if b := h.book(); b.Disputed != 6000 || b.Refunded != 6000 {
		t.Errorf("book: %+v", b)
	}
}

func TestComplaintFromOutside(t *testing.T) {
	h := newHouse(t, nil)
	ch := h.chargeOf(h.paid(6000))
	must[*stripe.Refund](t)(h.stripe.Refunds.New(&stripe.RefundParams{Charge: &ch.ID, Amount: stripe.Int64(1000)}))
	for _, wrong := range []stripesim.Complaint{{Charge: "ch_nothing"}, {Charge: ch.ID, Amount: 5001}, {Charge: ch.ID, Amount: -1}} {
		if _, err := h.sim.Complain(t.Context(), wrong); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
	id := must[string](t)(h.sim.Complain(t.Context(), stripesim.Complaint{Charge: ch.ID, Reason: "product_not_received"}))
	if d := h.disputeNow(id); d.Amount != 5000 || d.Reason != "product_not_received" {
		t.Errorf("dispute: %+v", d)
	}
	if _, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: ch.ID}); err == nil {
		t.Error("two disputes of one charge")
	}
	h.book()
}
