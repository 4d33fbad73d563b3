package payments_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// TestRefundsOfAnHour: what goes back on one person's word each is bounded, over all
// bills; a second person lets more go, an hour later so does one, and the rest of a
// deposit is never kept.
func TestRefundsOfAnHour(t *testing.T) {
	h := newHouse(t, nil)
	first, _ := h.paid()
	second, _ := h.paidFor("work-2")
	h.deposited("gig-0", 3000)
	h.policy(payments.DefaultPolicy())
	h.sql(`UPDATE payments.policy SET refund_hour_cents = 5000`)
	lot := h.secondOffice()
	state := func(id payments.RefundID, err error) string {
		t.Helper()
		h.must(err)
		h.run()
		return h.refundState(id)
	}
	if got := state(h.refund(h.coordinator, first, 4000)); got != "done" {
		t.Errorf("the first is %q", got)
	}
	more, err := h.refund(lot, second, 1001)
	if got := state(more, err); got != "asked" {
		t.Errorf("a cent above, of another bill by another person, is %q", got)
	}
	if got := state(h.refund(lot, second, 1000)); got != "done" {
		t.Errorf("the last cent of the hour is %q", got)
	}
	h.must(h.ApproveRefund(t.Context(), h.coordinator, more))
	if got := state(more, nil); got != "done" {
		t.Errorf("what two decided is %q", got)
	}
	h.endDeposit("gig-0")
	h.run()
	if got := h.bookReturned(); got != 1 {
		t.Errorf("%d deposits went back", got)
	}
	h.pass(time.Hour)
	if got := state(h.refund(lot, second, 1000)); got != "done" {
		t.Errorf("an hour later it is %q", got)
	}
	h.soundBooks()
}

func (h *house) endDeposit(ref payments.Reference) {
	h.Helper()
	h.tx(func(tx pgx.Tx) error { return h.EndDepositTx(h.Context(), tx, h.client.Cooperative, ref) })
}

func (h *house) bookReturned() (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM payments.deposit WHERE back_at IS NOT NULL`).Scan(&n))
	return n
}
