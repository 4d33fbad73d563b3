package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"meent/payments"
)

// TestLedger: every side moves what it was asked to move, and who keeps a wrong
// balance is found out.
func TestLedger(t *testing.T) {
	h, err := openLedgerHouse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	script, err := readScript(os.Getenv("MEENT_PGLEDGER"))
	if err != nil {
		t.Fatal(err)
	}
	for _, sides := range ledgerSides(25, script) {
		figures, err := h.inTurns(t.Context(), sides, t.Output())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range figures {
			if f.Value <= 0 || len(f.Rounds) != turns {
				t.Errorf("%s, %s: %v", f.What, f.Peer, f.Rounds)
			}
		}
	}
	t.Run("check", func(t *testing.T) { testCheckOfBooks(t, h) })
}

func testCheckOfBooks(t *testing.T, h *house) {
	r, err := h.newRoom(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.close(t.Context())
	b := &books{db: r.db, own: payments.New(r.db, nil, nil, nil, time.Now, nil)}
	if err := r.db.QueryRow(t.Context(), `SELECT id FROM members.cooperative`).Scan(&b.coop); err != nil {
		t.Fatal(err)
	}
	if _, err := b.own.Post(t.Context(), b.coop, transfer("t:1", payer(0), payments.Contribution, 1)); err != nil {
		t.Fatal(err)
	}
	if err := b.check(t.Context(), 1, payments.Contribution); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []error{b.check(t.Context(), 2, payments.Contribution), b.check(t.Context(), 1, payments.Fund)} {
		if wrong == nil {
			t.Error("other figures are as good")
		}
	}
	const spoil = `SET session_replication_role = replica; UPDATE payments.account SET balance_cents = balance_cents + 1 WHERE address = 'member:1:payable';
		UPDATE payments.account SET balance_cents = balance_cents - 1 WHERE address = 'member:2:payable'; RESET session_replication_role`
	if _, err := r.db.Exec(t.Context(), spoil); err != nil {
		t.Fatal(err)
	}
	if err := b.check(t.Context(), 1, payments.Contribution); err == nil || !strings.Contains(err.Error(), "2 balances") {
		t.Errorf("two wrong balances gave %v", err)
	}
}
