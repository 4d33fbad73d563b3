package payments_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
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

// TestAskedBackKeepsTheMember: whose wage is asked back, or may be, stays: without a key
// of theirs nothing ends that.
func TestAskedBackKeepsTheMember(t *testing.T) {
	h := newHouse(t, nil)
	keeps := func(what string, want ...members.Hold) {
		t.Helper()
		h.tx(func(tx pgx.Tx) error {
			got, err := h.HoldsTx(t.Context(), tx, h.member.Person)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: %v keep the member, want %v", what, got, want)
			}
			return err
		})
	}
	bill, _ := h.paid()
	lot := h.secondOffice()
	ask := func() (k payments.ClawbackID) {
		k, err := h.AskClawback(t.Context(), h.coordinator, payments.NewClawback{Bill: bill, Amount: 500, Reason: settleWhy})
		h.must(err)
		return k
	}
	keeps("paid")
	refused := ask()
	keeps("asked", members.MoneyMoving)
	h.must(h.RefuseClawback(t.Context(), lot, refused))
	keeps("refused")
	k := ask()
	h.must(h.DecideClawback(t.Context(), lot, k))
	keeps("decided", members.MoneyMoving)
	if done, err := h.settleBy(h.coordinator, k, payments.SettleLetGo, 500); !done || err != nil {
		t.Fatalf("%v, %v", done, err)
	}
	keeps("settled")
}
