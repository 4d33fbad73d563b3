package payments_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments/stripesim"
)

func (h *house) holds(want ...members.Hold) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		got, err := h.HoldsTx(h.Context(), tx, h.client.Person)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			h.Errorf("%v keep the client, want %v", got, want)
		}
		return err
	})
}

// TestMoneyKeepsTheLastContact: who alone acts for a client stays while money was
// paid beforehand, goes back or is disputed.
func TestMoneyKeepsTheLastContact(t *testing.T) {
	h := newHouse(t, nil)
	h.asked("gig-1", 10000)
	h.holds()
	h.heldFor("gig-1", 10000)
	h.holds(members.BillsOpen)
	h.over("gig-1")
	h.holds()
	bill, charge := h.paid()
	h.holds()
	refund, err := h.refund(h.coordinator, bill, 1000)
	h.must(err)
	h.holds(members.BillsOpen)
	h.run()
	if state := h.refundState(refund); state != "done" {
		t.Fatalf("the refund is %s", state)
	}
	h.holds()
	dispute, err := h.sim.Complain(t.Context(), stripesim.Complaint{Charge: charge, Amount: 500})
	h.must(err)
	h.run()
	h.holds(members.BillsOpen)
	h.must(h.sim.Decide(t.Context(), dispute, "won"))
	h.run()
	h.holds()
}
