package payments_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// TestOldBillsKeepTheirAmounts: after seven whole years nothing of a bill leads to
// somebody, its amounts are there, and the books are as right as before.
func TestOldBillsKeepTheirAmounts(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	h.stage(payments.StagePaid)
	h.balanced(whole())
	tidy := func(at time.Time) {
		t.Helper()
		h.mu.Lock()
		h.at = at
		h.mu.Unlock()
		h.tx(func(tx pgx.Tx) error { return h.TidyTx(t.Context(), tx, payments.Tidy{}) })
	}
	year := h.now().Year()
	tidy(time.Date(year+7, time.December, 31, 12, 0, 0, 0, time.UTC))
	if b := h.bill(bill); b.Title != "Ramen lappen" {
		t.Errorf("in the seventh year the bill is called %q", b.Title)
	}
	tidy(time.Date(year+8, time.January, 1, 12, 0, 0, 0, time.UTC))
	if b := h.bill(bill); b.Title != "" || b.Total != 7040 || b.State != payments.BillPaid {
		t.Errorf("after seven years the bill is %+v", b)
	}
	h.stage(payments.StagePaid)
	h.balanced(whole())
	var numbers int
	const query = `SELECT (SELECT count(*) FROM payments.bill WHERE charge_id IS NOT NULL) + (SELECT count(*) FROM payments.payout WHERE payout_id IS NOT NULL)
		+ (SELECT count(*) FROM payments.event)`
	if h.must(h.db.QueryRow(t.Context(), query).Scan(&numbers)); numbers > 0 {
		t.Errorf("%d numbers of the gateway are left", numbers)
	}
	var payees int // the member is a member still
	if h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.payee`).Scan(&payees)); payees != 1 {
		t.Errorf("%d accounts are left, want the member's", payees)
	}
}
