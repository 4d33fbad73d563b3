package payments_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// receives is what the member reads of it, held to the cent against the client's bill and
// the ledger of a cooperative that has no other work.
func (h *house) receives(bill payments.BillID, gifts payments.Cents) payments.Received {
	h.Helper()
	r, err := h.Received(h.Context(), h.member, "work-1")
	h.must(err)
	b, lines, err := h.Bill(h.Context(), h.client, bill)
	h.must(err)
	by := map[payments.LineKind]payments.Cents{}
	for _, l := range lines {
		by[l.Kind] += l.Amount
	}
	if r.Total() != b.Total || r.Wage != by[payments.WageLine] || r.Contribution != by[payments.ContributionLine] {
		h.Errorf("%+v is not the bill of %v with %v", r, b.Total, by)
	}
	if r.Refunded+r.Withdrawn != r.Borne.Sum() || r.Lost > r.Withdrawn || r.Kept() < 0 {
		h.Errorf("what went back is not what is borne: %+v", r)
	}
	if r.Bill == payments.BillPaid {
		h.has(h.T, map[payments.Account]payments.Cents{payments.Contribution: r.Kept() - gifts})
	}
	return r
}

// TestReceived: the member reads what the client pays and for what, from the bill until
// all of it went back; the wage stays what it was.
func TestReceived(t *testing.T) {
	h := newHouse(t, nil)
	w := h.agreed("work-1")
	w.Worked, w.Rate, w.Contribution = 127*time.Minute, 1537, 326 // 32.53 of wage, and a part of a cent
	h.tx(func(tx pgx.Tx) error { return h.BillTx(t.Context(), tx, h.client.Cooperative, w) })
	list, err := h.Bills(t.Context(), h.client)
	h.must(err)
	bill := list[0].ID
	if r := h.receives(bill, 0); r.Bill != payments.BillDue || !r.PaidAt.IsZero() || r.Fee != 0 || r.Wage != 3253 || r.Total() != 3579 || r.Kept() != 326 {
		t.Errorf("billed: %+v", r)
	}
	for name, who := range map[string]members.Actor{"the client": h.client, "the office": h.coordinator, "another member": h.newMember(h.client.Cooperative, "bea"), "elsewhere": h.newMember(h.elsewhere.Cooperative, "cor")} {
		if _, err := h.Received(t.Context(), who, "work-1"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads it: %v", name, err)
		}
	}
	h.fillIn(h.checkout(bill))
	h.untilPaid()
	lot := h.secondOffice()
	if r := h.receives(bill, 0); r.Bill != payments.BillPaid || r.PaidAt.IsZero() || r.Refunded != 0 || r.Kept() != 326 || r.Fee == 0 {
		t.Errorf("paid: %+v", r)
	} else {
		h.has(t, map[payments.Account]payments.Cents{payments.GatewayFees: r.Fee})
	}
	_, err = h.refund(h.coordinator, bill, 126)
	h.must(err)
	if r := h.receives(bill, 0); r.Refunded != 126 || r.Kept() != 200 { // set apart, and not gone yet
		t.Errorf("set apart: %+v", r)
	}
	h.run()
	h.gift(50)
	h.pass(time.Minute)
	_, err = h.refund(lot, bill, 300)
	h.must(err)
	h.run()
	if r := h.receives(bill, 50); r.Refunded != 426 || r.Borne != (payments.Carried{Contribution: 276, Fund: 50, Loss: 100}) || r.Wage != 3253 {
		t.Errorf("more than there was: %+v", r)
	}
	h.stage(payments.StagePaid)
}

// TestReceivedBeforehand: what the gateway kept for the deposit is told apart, also where
// the rest of the bill has a fee of its own.
func TestReceivedBeforehand(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 3000)
	before := h.balance(payments.GatewayFees)
	bill := h.after("work-1", "gig-1")
	if r := h.receives(bill, 0); before <= 0 || r.Beforehand != 3000 || r.Fee != 0 || r.FeeBefore != before {
		t.Errorf("billed: %+v, and %v was kept for the deposit", r, before)
	}
	h.fillIn(h.checkout(bill))
	h.untilPaid()
	if r := h.receives(bill, 0); r.Bill != payments.BillPaid || r.FeeBefore != before || r.Fee <= 0 || r.Fee+r.FeeBefore != h.balance(payments.GatewayFees) {
		t.Errorf("paid: %+v", r)
	}
}

// TestReceivedOfADispute: what the client's bank asks and holds is told as it is, until
// the bank decides and after that.
func TestReceivedOfADispute(t *testing.T) {
	for _, end := range []string{"won", "lost"} {
		h := newHouse(t, nil)
		bill, charge := h.paid()
		of := h.complain(stripesim.Complaint{Charge: charge, Amount: 1000})
		if r := h.receives(bill, 0); r.Disputed != 1000 || r.Withdrawn != 1000 || r.Lost != 0 || r.Kept() != 0 || r.Borne.Loss != 360 {
			t.Errorf("open: %+v", r)
		}
		h.must(h.sim.Decide(t.Context(), of, end))
		h.run()
		want := payments.Received{Withdrawn: 1000, Lost: 1000, Borne: payments.Carried{Contribution: 640, Loss: 360}}
		if end == "won" {
			want = payments.Received{}
		}
		if r := h.receives(bill, 0); r.Disputed != 0 || r.Withdrawn != want.Withdrawn || r.Lost != want.Lost || r.Borne != want.Borne || r.Wage != 6400 {
			t.Errorf("%s: %+v", end, r)
		}
	}
}

// TestReceivedOfAWageAskedBack: it says so once two people decided it, and not before.
func TestReceivedOfAWageAskedBack(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	lot := h.secondOffice()
	asked := func(want payments.Cents) {
		t.Helper()
		if r := h.receives(bill, 0); r.AskedBack != want || r.Wage != 6400 {
			t.Errorf("%+v, want %v asked back", r, want)
		}
	}
	k, err := h.AskClawback(t.Context(), h.coordinator, payments.NewClawback{Bill: bill, Amount: 2500, Reason: settleWhy})
	h.must(err)
	asked(0)
	h.must(h.DecideClawback(t.Context(), lot, k))
	asked(2500)
}
