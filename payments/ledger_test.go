package payments_test

import (
	"strings"
	"testing"
)

// TestLedgerOnlyGrows: the database itself refuses everything else.
func TestLedgerOnlyGrows(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	c := h.client.Cooperative
	post := `INSERT INTO payments.posting (id, cooperative_id, key, source, destination, cents, posted_at) VALUES (gen_random_uuid(), $1, `
	for name, tt := range map[string]struct {
		sql, says string
		args      []any
	}{
		"change a posting":    {`UPDATE payments.posting SET cents = 1`, "only grows", nil},
		"take one away":       {`DELETE FROM payments.posting`, "only grows", nil},
		"take all away":       {`TRUNCATE payments.posting`, "only grows", nil},
		"change a balance":    {`UPDATE payments.account SET balance_cents = 1`, "only grows", nil},
		"make a balance":      {`INSERT INTO payments.account VALUES ($1, 'coop:costs2', 5)`, "only grows", []any{c}},
		"forget a balance":    {`DELETE FROM payments.account`, "only grows", nil},
		"forget all balances": {`TRUNCATE payments.account`, "only grows", nil},
		"nothing":             {post + `'k', 'client:x', 'coop:contribution', 0, now())`, "posting_positive", []any{c}},
		"backwards":           {post + `'k', 'client:x', 'coop:contribution', -5, now())`, "posting_positive", []any{c}},
		"to itself":           {post + `'k', 'client:x', 'client:x', 5, now())`, "posting_moves", []any{c}},
		"overdraw":            {post + `'k', 'member:x:payable', 'member:x:stripe', 5, now())`, "account_not_overdrawn", []any{c}},
		"nowhere":             {post + `'k', 'client:x', 'somewhere', 5, now())`, "account_address_known", []any{c}},
		"bill without end":    {`UPDATE payments.bill SET state = 'lost', charge_id = NULL, paid_at = NULL`, "bill_state_known", nil},
		"paid by nobody":      {`UPDATE payments.bill SET charge_id = NULL`, "bill_paid_by_a_charge", nil},
		"a payout twice":      {`INSERT INTO payments.payout SELECT gen_random_uuid(), cooperative_id, line_id, member_id, cents, 'due', due_at FROM payments.payout`, "payout_of_line_once", nil},
	} {
		if _, err := h.db.Exec(t.Context(), tt.sql, tt.args...); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("Audit = %v, %v", faults, err)
	}
}

// TestAuditFinds what somebody with all rights did to the books.
func TestAuditFinds(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	for _, tt := range []struct{ want, sql string }{ // one after the other, each beside those before
		{"balance_wrong", `UPDATE payments.account SET balance_cents = balance_cents + 1 WHERE address = 'coop:contribution'`},
		{"ledger_not_zero", `SELECT 1`}, // it follows
		{"bank_wrong", `INSERT INTO payments.account SELECT cooperative_id, 'member:' || member_id || ':bank', 5 FROM payments.payout`},
		{"line_not_posted", `UPDATE payments.posting SET key = 'x' || key WHERE key LIKE 'line:%'`},
		{"held_left", `UPDATE payments.account SET balance_cents = 1 WHERE address LIKE 'bill:%'`},
		{"wage_without_payout", `DELETE FROM payments.payout`},
		{"bill_lines_wrong", `UPDATE payments.bill SET total_cents = total_cents + 1`},
		{"bill_not_posted", `UPDATE payments.posting SET cents = cents + 1 WHERE key LIKE 'bill:%'; UPDATE payments.bill SET total_cents = total_cents - 1`},
	} {
		tx, err := h.db.Begin(t.Context())
		h.must(err)
		_, err = tx.Exec(t.Context(), `SET LOCAL session_replication_role = replica; `+tt.sql)
		h.must(err)
		h.must(tx.Commit(t.Context()))
		faults, err := h.Audit(t.Context())
		if err != nil || faults[tt.want] == 0 {
			t.Errorf("%s: Audit = %v, %v", tt.want, faults, err)
		}
	}
}
