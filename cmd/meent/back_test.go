package main

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// moneyBack plants money of a paid bill that went back, and all about it that
// waits for somebody. Its postings are nobody's business on a page.
func (h *testHouse) moneyBack(t *testing.T) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		// A comparing that looked before this was there, and closes what it did not see, ends first.
		if _, err := tx.Exec(t.Context(), `SELECT pg_advisory_xact_lock(hashtext('payments.reconcile'))`); err != nil {
			return err
		}
		const paid = `WITH b AS (SELECT b.*, b.total_cents / 4 AS part,
				(SELECT r.id FROM members.role r WHERE r.cooperative_id = b.cooperative_id AND r.kind = 'coordinator' ORDER BY r.id LIMIT 1) AS office,
				(SELECT r.id FROM members.role r WHERE r.cooperative_id = b.cooperative_id AND r.client_id = b.client_id ORDER BY r.id LIMIT 1) AS contact
			FROM payments.bill b WHERE b.state = 'paid' AND b.charge_id LIKE 'ch_________-%' ORDER BY b.id LIMIT 1) `
		for _, sql := range []string{
			`INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, asked_by, asked_at, sent_at, done_at, contribution_cents)
				SELECT gen_random_uuid(), cooperative_id, id, part, 'Een kwartier te veel berekend', 'done', office, paid_at, paid_at, paid_at, part FROM b`,
			`INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, asked_by, asked_at)
				SELECT gen_random_uuid(), cooperative_id, id, part, 'Nog een kwartier', 'asked', office, paid_at FROM b`,
			`INSERT INTO payments.dispute (id, cooperative_id, bill_id, outside_id, cents, state, reason, until, opened_at, withdrawn_cents, fee_cents, contribution_cents)
				SELECT gen_random_uuid(), cooperative_id, id, 'dp_1', part, 'open', 'product_not_received', paid_at + interval '30 days', paid_at, part, 2000, part FROM b`,
			`INSERT INTO payments.objection (id, cooperative_id, bill_id, words, asked_by, asked_at, state)
				SELECT gen_random_uuid(), cooperative_id, id, 'Er is een kwartier minder gewerkt.', contact, paid_at, 'open' FROM b`,
		} {
			if _, err := tx.Exec(t.Context(), paid+sql); err != nil {
				return err
			}
		}
		for i, claimed := range []bool{false, true} { // money of a bank, of which somebody says that it is theirs
			const differs = `INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at,
					claimed_by, claimed_at, claim_note, claim_account)
				SELECT gen_random_uuid(), r.cooperative_id, 'unknown', 'theirs:tu_' || $1::int, 'topup', 'tu_' || $1::int, 0, 5000, $2, $2, $2,
					CASE WHEN $3 THEN r.id END, CASE WHEN $3 THEN $2::timestamptz END, CASE WHEN $3 THEN 'Gift van de stad' ELSE '' END, CASE WHEN $3 THEN 'coop:fund' END
				FROM members.role r WHERE r.kind = 'coordinator' ORDER BY r.id LIMIT 1`
			const there = `INSERT INTO payments.balance_change (id, kind, source, amount_cents, fee_cents, net_cents, happened_at)
				VALUES ('txn_axe_' || $1::int, 'topup', 'tu_' || $1::int, 5000, 0, 5000, $2)` // so that it stays one when the books are compared
			if _, err := tx.Exec(t.Context(), there, i, h.now()); err != nil {
				return err
			}
			if _, err := tx.Exec(t.Context(), differs, i, h.now(), claimed); err != nil {
				return err
			}
		}
		return h.wageBack(t, tx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wageBack asks two wages back: one that two people decided, and one that waits.
func (h *testHouse) wageBack(t *testing.T, tx pgx.Tx) error {
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	var person members.PersonID
	const whose = `SELECT r.person_id FROM payments.payout o JOIN members.member m ON m.id = o.member_id JOIN members.role r ON r.id = m.role_id WHERE o.state = 'failed' LIMIT 1`
	if err := tx.QueryRow(t.Context(), whose).Scan(&person); err != nil {
		return err
	}
	for _, state := range []string{"asked", "decided"} {
		clawback := id.New[payments.WageBack](nil)
		sealed, err := people.SealTx(t.Context(), tx, person, "clawback.reason@"+clawback.String(), "Deze uren zijn twee keer betaald.")
		if err != nil {
			return err
		}
		const add = `INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at, decided_by, decided_at)
			SELECT $1, o.cooperative_id, o.line_id, o.member_id, 500, $2, $3, a.id, o.due_at,
				CASE WHEN $3 = 'decided' THEN (SELECT id FROM members.role d WHERE d.cooperative_id = o.cooperative_id AND d.id <> a.id LIMIT 1) END,
				CASE WHEN $3 = 'decided' THEN o.due_at END
			FROM payments.payout o JOIN LATERAL (SELECT id FROM members.role WHERE cooperative_id = o.cooperative_id AND kind = 'coordinator' ORDER BY id LIMIT 1) a ON true
			WHERE o.state = 'failed' LIMIT 1`
		if _, err := tx.Exec(t.Context(), add, clawback, sealed, state); err != nil {
			return err
		}
		if state == "asked" {
			continue
		}
		if err := h.settled(t, tx, people, person, clawback); err != nil {
			return err
		}
	}
	return nil
}

// settled is what came of it: a part was let go, one could not be taken back, and of one
// somebody says that the member repaid it.
func (h *testHouse) settled(t *testing.T, tx pgx.Tx, people *members.Service, person members.PersonID, clawback payments.ClawbackID) error {
	for _, end := range [][]string{{"let_go", "done"}, {"reversal", "failed"}, {"repaid", "asked"}} {
		settlement := id.New[payments.Settlement](nil)
		sealed, err := people.SealTx(t.Context(), tx, person, "settlement.reason@"+settlement.String(), "Dit spraken we samen af.")
		if err != nil {
			return err
		}
		const add = `INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, payout_id, number, asked_by, asked_at, ended_at, fund_cents, refused)
			SELECT $1, k.cooperative_id, k.id, $3, 100, $5, $4, CASE WHEN $3 = 'reversal' THEN o.id END, CASE WHEN $3 = 'reversal' THEN 0 END, k.asked_by, k.decided_at,
				CASE WHEN $4 <> 'asked' THEN k.decided_at END, CASE WHEN $4 = 'done' THEN 100 ELSE 0 END, CASE WHEN $4 = 'failed' THEN 'balance_insufficient' ELSE '' END
			FROM payments.clawback k JOIN payments.payout o ON o.cooperative_id = k.cooperative_id AND o.line_id = k.line_id WHERE k.id = $2`
		if _, err := tx.Exec(t.Context(), add, settlement, clawback, end[0], end[1], sealed); err != nil {
			return err
		}
	}
	return nil
}
