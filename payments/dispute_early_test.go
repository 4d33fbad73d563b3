package payments_test

import (
	"testing"
	"time"

	"meent/payments"
	"meent/payments/stripesim"
)

// TestDisputedBeforeWeKnow: the news of a payment may come after that of a dispute
// of it. The bill is paid all the same, and the wage is owed.
func TestDisputedBeforeWeKnow(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	var charge string
	h.must(h.db.QueryRow(t.Context(), `SELECT id FROM stripesim.charge`).Scan(&charge))
	_, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: charge})
	h.must(err)
	h.run()
	h.lookAgain()
	h.run()
	if b := h.bill(bill); b.State != payments.BillPaid {
		t.Errorf("the bill is %q", b.State)
	}
	h.pass(time.Hour)
	h.run()
	if h.stage(payments.StageMoving); h.dispute().Withdrawn != 7040 {
		t.Errorf("the dispute is %+v", h.dispute())
	}
}
