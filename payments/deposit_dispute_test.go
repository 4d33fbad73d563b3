package payments_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// chargeOfDeposit is that of the one deposit that there is.
func (h *house) chargeOfDeposit() (charge string) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT charge_id FROM payments.deposit`).Scan(&charge))
	return charge
}

// stopped stops payouts, and gives what lifts that.
func (h *house) stopped() (lift func()) {
	h.Helper()
	h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'difference', $2)`, h.client.Cooperative, h.now())
	return func() { h.sql(`UPDATE payments.stop SET lifted_at = since`) }
}

// hours lets some hours pass, with what is asked again in each.
func (h *house) hours(n int) {
	h.Helper()
	for range n {
		h.pass(time.Hour)
		h.lookAgain()
		h.run()
	}
}

// settledBooks holds the books against themselves, each other, and nobody waits.
func (h *house) settledBooks(t *testing.T) {
	t.Helper()
	h.lookTwice()
	h.differences()
	h.same(t)
}

// TestDisputedOnItsWayBack: what is set apart to go back, and did not leave yet, waits
// while the client's bank decides. Then it pays back who carried the dispute, or goes
// back; never both.
func TestDisputedOnItsWayBack(t *testing.T) {
	for _, end := range []string{"won", "lost", "lost then won"} {
		t.Run(end, func(t *testing.T) {
			h := newHouse(t, nil)
			h.paid()
			h.gift(600)
			h.heldFor("gig-1", 4000)
			lift := h.stopped()
			h.over("gig-1")
			id := h.complain(stripesim.Complaint{Charge: h.chargeOfDeposit()})
			lift()
			h.hours(3)
			if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 0 {
				t.Fatalf("while the bank decides: %+v, %v", book, err)
			}
			h.has(t, map[payments.Account]payments.Cents{payments.Fund: 0, payments.Loss: -3400})
			h.settledBooks(t)
			first, _, _ := strings.Cut(end, " ")
			h.must(h.sim.Decide(t.Context(), id, first))
			h.hours(2)
			h.settledBooks(t)
			if end == "lost then won" {
				h.lostOnce(t)
				h.must(h.sim.Decide(t.Context(), id, "won"))
				h.hours(2)
				h.settledBooks(t)
			}
			d := h.deposit("gig-1")
			h.has(t, map[payments.Account]payments.Cents{payments.Fund: 600, payments.Loss: 0, payments.ClientBack(h.client.Client): 4000, payments.DepositHeld("gig-1"): 0})
			if back := end != "lost"; d.BackAt.IsZero() == back || (d.State == payments.DepositReturned) != back {
				t.Errorf("the deposit is %+v", d)
			}
		})
	}
}

// lostOnce: the deposit is the client's bank's.
func (h *house) lostOnce(t *testing.T) {
	t.Helper()
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 600, payments.Loss: 0, payments.ClientBack(h.client.Client): 4000})
	if d := h.deposit("gig-1"); d.State != payments.DepositApplied || d.Lost != 4000 {
		t.Errorf("lost, the deposit is %+v", d)
	}
}

// TestWonAfterAll: a bank that had the money, and gives it back after all, pays nobody
// twice: it is the deposit's again, whatever bills had taken of it, and goes back.
func TestWonAfterAll(t *testing.T) {
	for name, tt := range map[string]struct {
		bill               bool
		disputed           int64
		fund, loss, client payments.Cents // when it is lost
		left               payments.Cents // of the deposit, when it is won after all
	}{
		"held":        {false, 8000, 600, 0, 8000, 8000},
		"a part":      {false, 3000, 600, 0, 3000, 8000},
		"used":        {true, 8000, 0, -6440, 8000, 960},
		"a used part": {true, 500, 600, 0, 500, 960},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			h.paid()
			h.gift(600)
			h.heldFor("gig-1", 8000)
			if tt.bill {
				h.after("work-2", "gig-1")
				h.run()
			}
			id := h.complain(stripesim.Complaint{Charge: h.chargeOfDeposit(), Amount: tt.disputed})
			h.must(h.sim.Decide(t.Context(), id, "lost"))
			h.run()
			h.has(t, map[payments.Account]payments.Cents{payments.Fund: tt.fund, payments.Loss: tt.loss, payments.ClientBack(h.client.Client): tt.client})
			h.settledBooks(t)
			h.must(h.sim.Decide(t.Context(), id, "won"))
			h.run()
			h.has(t, map[payments.Account]payments.Cents{payments.Fund: 600, payments.Loss: 0, payments.ClientBack(h.client.Client): 0, payments.DepositHeld("gig-1"): tt.left})
			h.settledBooks(t)
			h.over("gig-1")
			h.hours(2)
			h.has(t, map[payments.Account]payments.Cents{payments.Fund: 600, payments.ClientBack(h.client.Client): tt.left, payments.DepositHeld("gig-1"): 0})
			if d := h.deposit("gig-1"); d.BackAt.IsZero() || d.Left() != tt.left {
				t.Errorf("the deposit is %+v", d)
			}
			h.settledBooks(t)
		})
	}
}

// TestFailedAndLost: what went back and came back to us, while the client has the same
// from their bank, is not the client's twice.
func TestFailedAndLost(t *testing.T) {
	h := newHouse(t, nil)
	h.paid()
	h.gift(600)
	h.heldFor("gig-1", 4000)
	h.after("work-2", "gig-1") // it takes all of it
	h.heldFor("gig-2", 4000)
	h.over("gig-2")
	h.run()
	var charge, outside string
	h.must(h.db.QueryRow(t.Context(), `SELECT charge_id, refund_id FROM payments.deposit WHERE ref = 'gig-2' AND back_at IS NOT NULL`).Scan(&charge, &outside))
	h.sql(`UPDATE stripesim.charge SET refunded = 0 WHERE id = $1`, charge) // the bank did not look
	id := h.complain(stripesim.Complaint{Charge: charge})
	h.must(h.sim.Decide(t.Context(), id, "lost"))
	h.run()
	h.sql(`UPDATE stripesim.charge SET refunded = 4000 WHERE id = $1`, charge)
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 0, payments.Loss: -3400, payments.ClientBack(h.client.Client): 8000})
	h.must(h.sim.EndRefund(t.Context(), outside, false))
	h.hours(3)
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 600, payments.Loss: 0, payments.ClientBack(h.client.Client): 4000})
	h.lookTwice()
	h.differences()
	h.sound()
}

// TestDisputedWhileSomebodyWaits: who waits for the deposit reads that it is disputed
// only once it has it.
func TestDisputedWhileSomebodyWaits(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 8000)
	tx, err := h.db.Begin(t.Context())
	h.must(err)
	defer tx.Rollback(t.Context())
	_, err = tx.Exec(t.Context(), `SELECT FROM payments.deposit FOR NO KEY UPDATE`)
	h.must(err)
	_, err = tx.Exec(t.Context(), `INSERT INTO payments.dispute (id, cooperative_id, deposit_id, cents, state, reason, opened_at)
		SELECT gen_random_uuid(), cooperative_id, id, 8000, 'open', 'x', $1 FROM payments.deposit`, h.now())
	h.must(err)
	billed := make(chan error)
	go func() {
		billed <- pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
			w := h.agreed("work-1")
			w.Deposit = "gig-1"
			return h.BillTx(t.Context(), tx, h.client.Cooperative, w)
		})
	}()
	for waits := false; !waits; {
		h.must(h.db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits))
	}
	h.must(tx.Commit(t.Context()))
	h.must(<-billed)
	if d := h.deposit("gig-1"); d.Used != 0 || !d.Disputed {
		t.Errorf("a bill took %v of it", d.Used)
	}
}

// TestAnswerAboutADepositNamesNobody: who did the work that it paid for is named to no
// bank, as with a bill; other words leave.
func TestAnswerAboutADepositNamesNobody(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 8000)
	h.after("work-1", "gig-1")
	h.run()
	h.complain(stripesim.Complaint{Charge: h.chargeOfDeposit(), Reason: "product_not_received"})
	d := h.dispute()
	if d.Deposit.IsZero() || !d.Bill.IsZero() {
		t.Fatalf("it is about %+v", d)
	}
	for _, text := range []string{"Het werk is gedaan door Anna, op 20 november.", "ANNA was er de hele dag.", "Gedaan: anna."} {
		if err := h.AnswerDispute(t.Context(), h.coordinator, d.ID, text); !hasProblem(err, "text", "names_member") {
			t.Errorf("%q: %v", text, err)
		}
	}
	h.must(h.AnswerDispute(t.Context(), h.coordinator, d.ID, "Susanna van kantoor was er ook."))
}
