package payments_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// banks are those to which payouts went over there, in order, and bank is the one
// that we have seen.
func (h *house) banks() (banks []string) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT coalesce(array_agg(bank ORDER BY created_at, id), '{}') FROM stripesim.payout`).Scan(&banks))
	return banks
}

func (h *house) bank() (bank string) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT bank FROM payments.payee WHERE member_id = $1`, h.member.Member).Scan(&bank))
	return bank
}

// deafly does what nobody tells us of.
func (h *house) deafly(do func()) {
	h.Helper()
	h.mu.Lock()
	h.deaf = true
	h.mu.Unlock()
	do()
	h.run()
	h.mu.Lock()
	h.deaf = false
	h.mu.Unlock()
}

// TestABankOfThisMinute: who changes the bank right after it was looked at gets
// nothing: the wage goes to the one that was seen, and the next rests.
func TestABankOfThisMinute(t *testing.T) {
	h := newHouse(t, onboards)
	h.onboard(iban(firstIBAN))
	h.payeeIs(payments.PayeeReady)
	seen := h.bank()
	h.fillIn(h.checkout(h.billed()))
	h.deafly(func() { h.must(h.sim.ChangeBank(t.Context(), h.account(), "4300", "")) })
	if book, err := h.sim.Book(t.Context()); err != nil || book.PaidOut != 0 {
		t.Fatalf("nothing was heard, and %+v, %v", book, err)
	}
	h.lookAtCheckoutDeaf()
	if got := h.banks(); !slices.Equal(got, []string{seen}) {
		t.Errorf("paid out to %q, want the bank that was seen, %q", got, seen)
	}
	h.arrives()
	h.balanced(whole())
}

// lookAtCheckoutDeaf takes a payment up of which nobody told us.
func (h *house) lookAtCheckoutDeaf() {
	h.Helper()
	list, err := h.Bills(h.Context(), h.client)
	h.must(err)
	h.deafly(func() {
		follow, err := h.LookAtCheckout(h.Context(), "", payments.LookAtCheckout{Bill: list[0].ID, Cooperative: h.client.Cooperative})
		h.must(err)
		h.tx(func(tx pgx.Tx) error { return follow(h.Context(), tx) })
	})
}

// TestABankThatIsGone: a wage on its way to a bank that was taken away does not go
// to the one that is there instead; that one rests first.
func TestABankThatIsGone(t *testing.T) {
	h := newHouse(t, onboards)
	h.onboard(iban(firstIBAN))
	h.payeeIs(payments.PayeeReady)
	seen := h.bank()
	h.fillIn(h.checkout(h.billed()))
	h.deafly(func() {
		h.must(h.sim.ChangeBank(t.Context(), h.account(), "4300", ""))
		_, err := h.db.Exec(t.Context(), `DELETE FROM stripesim.bank WHERE id = $1`, seen)
		h.must(err)
	})
	h.lookAtCheckoutDeaf()
	if got := h.banks(); len(got) > 0 {
		t.Fatalf("paid out to %q", got)
	}
	h.pass(2 * time.Minute)
	h.tries()
	if p := h.payeeIs(payments.PayeeReady); p.Rests.IsZero() || h.bank() == seen || len(h.banks()) > 0 {
		t.Fatalf("after a bank that is gone: %+v, paid out to %q", p, h.banks())
	}
	h.pass(payments.Rest + time.Hour)
	h.tries()
	if got := h.banks(); !slices.Equal(got, []string{h.bank()}) {
		t.Errorf("after the rest it went to %q, want %q", got, h.bank())
	}
	h.arrives()
	h.balanced(whole())
}

// TestAnotherWayBack: an answer that got lost, and a browser that wants to come back
// to another place: the same key never says other words, and the client can pay a
// minute later.
func TestAnotherWayBack(t *testing.T) {
	for name, fault := range map[string]stripesim.Fault{"an answer that is lost": stripesim.LoseAfter, "never arrived": stripesim.LoseBefore} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			bill := h.billed()
			h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/checkout/sessions", Next: slices.Repeat([]stripesim.Fault{fault}, 3)}))
			if address, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example/here"); err == nil {
				t.Fatalf("no answer, and %q", address)
			}
			h.must(h.sim.SetFaults(stripesim.Faults{}))
			if address, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example/there"); err == nil {
				t.Fatalf("while the first call may be on its way: %q", address)
			}
			h.pass(2 * time.Minute)
			address, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example/there")
			h.must(err)
			if again, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example/elsewhere"); err != nil || again != address {
				t.Errorf("a second tab comes to %q, %v, want %q", again, err, address)
			}
			if generation, _, done := h.errand("checkout"); !done || generation != 2 {
				t.Errorf("done is %v, with %d keys", done, generation)
			}
			h.fillIn(address)
			h.run()
			h.pass(time.Hour)
			h.run()
			h.stage(payments.StagePaid)
			h.balanced(whole())
		})
	}
}
