package stripesim_test

import (
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

func (h *house) reverse(transfer string, amount int64) (*stripe.TransferReversal, error) {
	p := &stripe.TransferReversalParams{ID: &transfer}
	if amount != 0 {
		p.Amount = &amount
	}
	p.AddMetadata("reversal", "r1")
	return h.stripe.TransferReversals.New(p)
}

func TestReversals(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	tr := must[*stripe.Transfer](t)(h.transfer(5000, member, ""))
	part := must[*stripe.TransferReversal](t)(h.reverse(tr.ID, 2000))
	if part.Amount != 2000 || part.Transfer.ID != tr.ID || part.BalanceTransaction.ID == "" || part.Metadata["reversal"] != "r1" {
		t.Errorf("reversal: %+v", part)
	}
	_, err := h.reverse(tr.ID, 3001)
	if e := stripeError(t, err, 400, ""); e.Param != "amount" {
		t.Errorf("param %q", e.Param)
	}
	if rest := must[*stripe.TransferReversal](t)(h.reverse(tr.ID, 0)); rest.Amount != 3000 {
		t.Errorf("the rest is %d", rest.Amount)
	}
	_, err = h.reverse(tr.ID, 0)
	stripeError(t, err, 400, "")
	tr = must[*stripe.Transfer](t)(h.stripe.Transfers.Get(tr.ID, nil))
	if !tr.Reversed || tr.AmountReversed != 5000 || len(tr.Reversals.Data) != 2 {
		t.Errorf("transfer: %+v", tr)
	}
	list := h.stripe.TransferReversals.List(&stripe.TransferReversalListParams{ID: &tr.ID})
	n := 0
	for list.Next() {
		n++
	}
	again := must[*stripe.TransferReversal](t)(h.stripe.TransferReversals.Get(part.ID, &stripe.TransferReversalParams{ID: &tr.ID}))
	if n != 2 || list.Err() != nil || again.Amount != 2000 {
		t.Errorf("%d reversals, %v; the first is %+v", n, list.Err(), again)
	}
	if b := h.book(); b.Reversed != 5000 || b.Accounts[member] != 0 || b.Platform != 6000-115 {
		t.Errorf("book: %+v", b)
	}
	h.deliver()
	if got := h.box.types(t)["transfer.reversed"]; got != 2 {
		t.Errorf("told %d times", got)
	}
}

// TestReversalNeedsTheBalance: what was paid out cannot be taken back.
func TestReversalNeedsTheBalance(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	tr := must[*stripe.Transfer](t)(h.transfer(5000, member, ""))
	must[*stripe.Payout](t)(h.payout(4000, member, ""))
	_, err := h.reverse(tr.ID, 1001)
	stripeError(t, err, 400, "balance_insufficient")
	must[*stripe.TransferReversal](t)(h.reverse(tr.ID, 1000))
	_, err = h.reverse("tr_nothing", 1)
	stripeError(t, err, 404, "resource_missing")
	if b := h.book(); b.Reversed != 1000 || b.Accounts[member] != 0 {
		t.Errorf("book: %+v", b)
	}
}

// TestReversalOfMoneyOnItsWay: it comes back on the day on which it would have
// come, and may be paid to somebody else before.
func TestReversalOfMoneyOnItsWay(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.FundsDelay = 48 * time.Hour })
	member, other := h.account(), h.account()
	charge := h.chargeOf(h.paid(6000)).ID
	tr := must[*stripe.Transfer](t)(h.transferFrom(5885, member, charge))
	_, err := h.transferFrom(5885, other, charge)
	stripeError(t, err, 400, "")
	must[*stripe.TransferReversal](t)(h.reverse(tr.ID, 0))
	checkBalance(h, member, 0, 0)
	checkBalance(h, "", 0, 5885)
	must[*stripe.Transfer](t)(h.transferFrom(5885, other, charge))
	h.clock.add(48 * time.Hour)
	checkBalance(h, other, 5885, 0)
	h.book()
}
