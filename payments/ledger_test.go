package payments_test

import (
	"strings"
	"testing"

	"meent/payments"
)

// posted is SQL that writes an entry of the cooperative $1 with one posting.
func posted(movement string) string {
	return `WITH e AS (INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, posted_at)
			VALUES (gen_random_uuid(), $1, 'k', sha256('k'), 'other', now()) RETURNING *)
		INSERT INTO payments.posting (cooperative_id, entry_id, number, posted_at, source, destination, cents)
		SELECT cooperative_id, id, 1, posted_at, ` + movement + ` FROM e`
}

// TestLedgerOnlyGrows: the database itself refuses everything else.
func TestLedgerOnlyGrows(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	c := h.client.Cooperative
	entry := `INSERT INTO payments.entry (id, cooperative_id, key, input_hash, posted_at, cause, posted_by, approved_by) VALUES (gen_random_uuid(), $1, 'k', sha256('k'), now(), `
	for name, tt := range map[string]struct {
		sql, says string
		args      []any
	}{
		"change a posting":      {`UPDATE payments.posting SET cents = 1`, "only grows", nil},
		"take one away":         {`DELETE FROM payments.posting`, "only grows", nil},
		"take all away":         {`TRUNCATE payments.posting`, "only grows", nil},
		"change an entry":       {`UPDATE payments.entry SET cause = 'other'`, "only grows", nil},
		"take an entry away":    {`DELETE FROM payments.entry`, "only grows", nil},
		"take all of it away":   {`TRUNCATE payments.entry, payments.posting`, "only grows", nil},
		"change a balance":      {`UPDATE payments.account SET balance_cents = 1`, "only grows", nil},
		"make a balance":        {`INSERT INTO payments.account VALUES ($1, 'coop:costs2', 5)`, "only grows", []any{c}},
		"forget a balance":      {`DELETE FROM payments.account`, "only grows", nil},
		"forget all balances":   {`TRUNCATE payments.account`, "only grows", nil},
		"nothing":               {posted(`'client:x', 'coop:contribution', 0`), "posting_positive", []any{c}},
		"backwards":             {posted(`'client:x', 'coop:contribution', -5`), "posting_positive", []any{c}},
		"to itself":             {posted(`'client:x', 'client:x', 5`), "posting_moves", []any{c}},
		"overdraw":              {posted(`'member:x:payable', 'member:x:stripe', 5`), "not so much on member:x:payable", []any{c}},
		"nowhere":               {posted(`'client:x', 'somewhere', 5`), "account_address_known", []any{c}},
		"the same key":          {strings.Replace(posted(`'client:x', 'coop:fund', 5`), `'k', sha`, `(SELECT min(key) FROM payments.entry), sha`, 1), "entry_once", []any{c}},
		"another's entry":       {`INSERT INTO payments.posting SELECT $1, source, destination, cents, posted_at, entry_id, number FROM payments.posting`, "posting_entry", []any{h.elsewhere.Cooperative}},
		"by hand of nobody":     {entry + `'manual', NULL, NULL)`, "entry_by_hand", []any{c}},
		"by one hand":           {entry + `'manual', gen_random_uuid(), NULL)`, "entry_by_hand", []any{c}},
		"approved, not posted":  {entry + `'other', NULL, gen_random_uuid())`, "entry_approved_was_posted", []any{c}},
		"two eyes":              {entry + `'manual', $2, $2)`, "entry_four_eyes", []any{c, h.coordinator.Role}},
		"by a stranger":         {entry + `'manual', $2, $3)`, "entry_approved_by", []any{c, h.coordinator.Role, h.elsewhere.Role}},
		"for a reason in words": {entry + `'Because', NULL, NULL)`, "entry_cause_form", []any{c}},
		"bill without end":      {`UPDATE payments.bill SET state = 'lost', charge_id = NULL, paid_at = NULL`, "bill_state_known", nil},
		"paid by nobody":        {`UPDATE payments.bill SET charge_id = NULL`, "bill_paid_by_a_charge", nil},
		"a payout twice":        {`INSERT INTO payments.payout SELECT gen_random_uuid(), cooperative_id, line_id, member_id, cents, 'due', due_at FROM payments.payout`, "payout_of_line_once", nil},
	} {
		if _, err := h.db.Exec(t.Context(), tt.sql, tt.args...); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
	if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("Audit = %v, %v", faults, err)
	}
}

// TestARowStaysItsAccount: also where the trigger that asks for a posting is away, a
// balance belongs to an account and a shard that there are, and to no other later.
func TestARowStaysItsAccount(t *testing.T) {
	h := newFigureHouse(t)
	c := h.noor.Cooperative
	h.post(c, "k", "client:x", payments.Contribution, 5)
	h.must(h.exec(`ALTER TABLE payments.account DISABLE TRIGGER account_follows_postings`))
	for sql, says := range map[string]string{
		`INSERT INTO payments.account (cooperative_id, address, shard, balance_cents) VALUES ($1, 'coop:costs2', 0, 0)`:        "account_address_known",
		`INSERT INTO payments.account (cooperative_id, address, shard, balance_cents) VALUES ($1, 'coop:contribution', 16, 0)`: "account_shard_range",
		`INSERT INTO payments.account (cooperative_id, address, shard, balance_cents) VALUES ($1, 'coop:fund', 1, 0)`:          "account_shard_range",
		`UPDATE payments.account SET address = 'client:y' WHERE cooperative_id = $1`:                                           "only grows",
		`UPDATE payments.account SET shard = 1 WHERE cooperative_id = $1`:                                                      "only grows",
		`UPDATE payments.account SET cooperative_id = gen_random_uuid() WHERE cooperative_id = $1`:                             "only grows",
	} {
		if err := h.exec(sql, c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", sql, err, says)
		}
	}
	h.must(h.exec(`INSERT INTO payments.account (cooperative_id, address, shard, balance_cents) VALUES ($1, 'coop:costs', 15, 0)`, c))
}

// TestAuditFinds what somebody with all rights did to the books.
func TestAuditFinds(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	account := func(address, cents string) string {
		return `INSERT INTO payments.account SELECT cooperative_id, ` + address + `, ` + cents + ` FROM payments.bill`
	}
	found := map[string]bool{}
	for _, tt := range []struct{ want, sql string }{ // one after the other, each beside those before
		{"balance", `UPDATE payments.account SET balance_cents = balance_cents + 1 WHERE address = 'coop:contribution'`},
		{"sum", `SELECT 1`}, // it follows
		{"bank", `INSERT INTO payments.account SELECT cooperative_id, 'member:' || member_id || ':bank', 5 FROM payments.payout`},
		{"entry", `UPDATE payments.posting SET cents = cents + 1 WHERE destination = 'stripe:fees'`},
		{"line_posted", `UPDATE payments.entry SET key = 'x' || key WHERE key LIKE 'line:%'`},
		{"held", `UPDATE payments.account SET balance_cents = 1 WHERE address LIKE 'bill:%'`},
		{"transfer", `UPDATE payments.payout SET cents = cents + 1`},
		{"reversed", `UPDATE payments.payout SET reversed_cents = 1`},
		{"payout", `DELETE FROM payments.payout`},
		{"bill_lines", `UPDATE payments.bill SET total_cents = total_cents + 1`},
		{"bill_posted", `UPDATE payments.posting SET cents = cents + 1 WHERE source LIKE 'client:%'; UPDATE payments.bill SET total_cents = total_cents - 1`},
		{"overdrawn", account(`'coop:fund'`, `-5`)},
		{"debt", account(`'member:x:advance'`, `5`)},
		{"given_back", account(`'client:x:back'`, `5`)},
		{"moving", account(`'member:x:moving'`, `5`)},
		{"manual", `INSERT INTO payments.manual SELECT gen_random_uuid(), cooperative_id, 'coop:bank', 'coop:fund', 5, 'Waarom', 'posted', gen_random_uuid(), now(), gen_random_uuid(), now() FROM payments.bill`},
		{"refund", refundRow(`'done'`, `9999999`)},
		{"back", `SELECT 1`}, // it follows
		{"refund_left", account(`'refund:x:moving'`, `5`)},
		{"dispute", account(`'stripe:disputed'`, `5`)},
		{"clawback", `INSERT INTO payments.clawback SELECT gen_random_uuid(), l.cooperative_id, l.id, l.member_id, 9999999, sha256('x'), 'decided', gen_random_uuid(), now(), gen_random_uuid(), now()
			FROM payments.bill_line l WHERE kind = 'wage'`},
		{"clawback_sum", `SELECT 1`}, // it follows
		{"settled", `SELECT 1`},      // it follows: nothing of it is in the ledger
		{"settlement", `INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, asked_by, asked_at, ended_at, fund_cents)
			SELECT gen_random_uuid(), cooperative_id, id, 'let_go', cents, sha256('x'), 'done', gen_random_uuid(), now(), now(), cents FROM payments.clawback`},
		{"settled_sum", `SELECT 1`}, // it follows: all of it is over, and it is not settled
		{"reversal_left", account(`'reversal:x:moving'`, `5`)},
		{"deposit", account(`'deposit:x:held'`, `5`)},
		{"deposit_parts", `INSERT INTO payments.deposit (id, cooperative_id, client_id, ref, title, language, cents, state, asked_at, charge_id, held_at)
			SELECT gen_random_uuid(), cooperative_id, client_id, 'gig', 'Ramen', 'nl', 5, 'held', now(), 'ch_x', now() FROM payments.bill`},
		{"advance", account(`'member:y:advance'`, `-5`)},
		{"advanced", `INSERT INTO payments.advance (id, cooperative_id, member_id, line_id, cents, state, asked_at, decided_at)
			SELECT gen_random_uuid(), cooperative_id, member_id, id, 9999999, 'out', now(), now() FROM payments.bill_line WHERE kind = 'wage'`},
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
		found[tt.want] = true
	}
	all, err := h.Examine(t.Context())
	h.must(err)
	for view := range all {
		if !found[view] {
			t.Errorf("nothing here is found by wrong_%s", view)
		}
	}
}
