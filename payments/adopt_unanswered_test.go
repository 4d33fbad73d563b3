package payments_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// TestLostAnswerWhileStopped: a transfer that was made, whose answer got lost, is found
// while payouts are stopped, and nothing else is asked: else it would be the difference
// for which they stay stopped.
func TestLostAnswerWhileStopped(t *testing.T) {
	h := ready(t)
	h.fillIn(h.checkout(h.billed()))
	h.loseThree("/v1/transfers", stripesim.LoseAfter)
	if _, tries, done := h.errand("transfer"); done || tries != 1 {
		t.Fatalf("done is %v after %d tries", done, tries)
	}
	h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) SELECT gen_random_uuid(), id, 'difference', now() FROM members.cooperative`)
	h.pass(2 * time.Hour)
	h.run()
	if _, _, done := h.errand("transfer"); done {
		t.Fatal("it moved while payouts are stopped")
	}
	h.lookTwice()
	h.differences()
	if _, tries, done := h.errand("transfer"); !done || tries != 1 {
		t.Errorf("done is %v after %d tries", done, tries)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 6400 || book.OnTheWay+book.PaidOut != 0 {
		t.Errorf("book: %+v, %v", book, err)
	}
	if _, err := h.ResumeAll(t.Context(), h.client.Cooperative); err != nil {
		t.Errorf("going on: %v", err)
	}
	h.untilPaid()
	h.stage(payments.StagePaid)
}

// ready is a house whose member can be paid: who becomes that meanwhile has a transfer
// asked for once more.
func ready(t *testing.T) *house {
	h := newHouse(t, onboards)
	h.onboard(iban(firstIBAN))
	h.payeeIs(payments.PayeeReady)
	return h
}

// loseThree lets things go on while three answers fall so: those of one try.
func (h *house) loseThree(path string, f stripesim.Fault) {
	h.Helper()
	h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: path, Next: slices.Repeat([]stripesim.Fault{f}, 3)}))
	h.run()
	h.must(h.sim.SetFaults(stripesim.Faults{}))
}

// TestNotedAndNotRecorded: the answer came and was noted, and the program ended before it
// was recorded; then payouts were stopped. It is found as if it had got lost.
func TestNotedAndNotRecorded(t *testing.T) {
	for kind, path := range map[string]string{"transfer": "/v1/transfers", "payout": "/v1/payouts"} {
		t.Run(kind, func(t *testing.T) {
			h := ready(t)
			h.fillIn(h.checkout(h.billed()))
			h.loseThree(path, stripesim.LoseBefore)
			h.endAfterNoting(kind)
			if _, _, done := h.errand(kind); !done {
				t.Fatal("the answer is not noted")
			}
			h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) SELECT gen_random_uuid(), id, 'difference', now() FROM members.cooperative`)
			h.pass(2 * time.Hour)
			h.run()
			h.lookTwice()
			h.differences()
			h.run()
			var undone int
			if h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.event WHERE done_at IS NULL`).Scan(&undone)); undone > 0 {
				t.Errorf("%d events wait for what is known", undone)
			}
			if _, err := h.ResumeAll(t.Context(), h.client.Cooperative); err != nil {
				t.Errorf("going on: %v", err)
			}
			h.untilPaid()
			h.balanced(whole())
		})
	}
}

// endAfterNoting does the task of the only payout up to where its result is recorded.
func (h *house) endAfterNoting(kind string) {
	h.Helper()
	var payout payments.PayoutID
	h.must(h.db.QueryRow(h.Context(), `SELECT id FROM payments.payout`).Scan(&payout))
	finish, err := h.MakeTransfer(h.Context(), "", payments.MakeTransfer{Payout: payout, Cooperative: h.client.Cooperative})
	if kind == "payout" {
		finish, err = h.SendPayout(h.Context(), "", payments.SendPayout{Payout: payout, Cooperative: h.client.Cooperative})
	}
	if h.must(err); finish == nil {
		h.Fatal("nothing was done")
	}
}

// TestLostAnswerWhileItRests: a transfer whose answer got lost is found although the
// member's money rests since: it stops nobody's payouts.
func TestLostAnswerWhileItRests(t *testing.T) {
	h := ready(t)
	h.fillIn(h.checkout(h.billed()))
	h.loseThree("/v1/transfers", stripesim.LoseAfter)
	h.must(h.sim.ChangeBank(t.Context(), h.account(), "4300", ""))
	h.pass(2 * time.Minute)
	h.tries()
	if p := h.payeeIs(payments.PayeeReady); p.Rests.IsZero() {
		t.Fatalf("it does not rest: %+v", p)
	}
	if _, _, done := h.errand("transfer"); done {
		t.Fatal("it was asked for again")
	}
	h.lookTwice()
	h.differences()
	h.pass(2 * time.Hour)
	h.look(false)
	if stops, err := h.Stops(t.Context(), h.client.Cooperative); err != nil || len(stops) > 0 {
		t.Errorf("stopped: %+v, %v", stops, err)
	}
	if _, tries, done := h.errand("transfer"); !done || tries != 1 {
		t.Errorf("done is %v after %d tries", done, tries)
	}
	h.pass(payments.Rest)
	h.untilPaid()
	h.balanced(whole())
}

// TestTransferToAnAccountBefore: what was brought to an account that is gone since is not
// taken for money on the next one, and does not leave twice. It is known where it went: a
// person looks. The answer was noted, or got lost; what was never made is not invented.
func TestTransferToAnAccountBefore(t *testing.T) {
	for name, fall := range map[string]stripesim.Fault{"noted": "", "lost": stripesim.LoseAfter, "never made": stripesim.LoseBefore} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, onboards)
			h.onboard(iban(firstIBAN))
			h.payeeIs(payments.PayeeReady)
			h.fillIn(h.checkout(h.billed()))
			falls := slices.Repeat([]stripesim.Fault{fall}, 3)
			if fall == "" {
				falls = slices.Repeat([]stripesim.Fault{stripesim.LoseBefore}, 3)
			}
			h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers", Next: falls}))
			h.run()
			h.must(h.sim.SetFaults(stripesim.Faults{}))
			if fall == "" {
				h.endAfterNoting("transfer")
			}
			h.must(h.sim.Leave(t.Context(), h.account()))
			h.run()
			h.payeeIs(payments.PayeeGone)
			h.onboard(iban(otherIBAN))
			h.payeeIs(payments.PayeeReady)
			h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) SELECT gen_random_uuid(), id, 'difference', now() FROM members.cooperative`)
			h.lookTwice()
			stranded, err := h.Stranded(t.Context(), h.coordinator)
			h.must(err)
			book, err := h.sim.Book(t.Context())
			h.must(err)
			if fall == stripesim.LoseBefore {
				h.differences()
				if len(stranded) != 0 || book.Transferred != 0 {
					t.Errorf("stranded %+v, book %+v", stranded, book)
				}
				return
			}
			h.differences("account member 6400 0") // nobody can see what an account that is gone has
			if len(stranded) != 1 || stranded[0].Amount != 6400 {
				t.Errorf("stranded: %+v", stranded)
			}
			h.sql(`UPDATE payments.stop SET lifted_at = since`)
			h.tries()
			if book, err = h.sim.Book(t.Context()); err != nil || book.Transferred != 6400 || book.PaidOut+book.OnTheWay != 0 {
				t.Errorf("it left again: %+v, %v", book, err)
			}
			if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
				t.Errorf("Audit = %v, %v", faults, err)
			}
		})
	}
}

// TestAwayForHours: what was under way when the program ended differs at its first look
// after that, and is no difference before the backlog is done: nothing is stopped by it.
func TestAwayForHours(t *testing.T) {
	h := newHouse(t, nil)
	h.fillIn(h.checkout(h.billed()))
	h.look(false) // the charge is there, and nobody has followed its event
	h.pass(2 * time.Hour)
	h.look(false)
	if stops, err := h.Stops(t.Context(), h.client.Cooperative); err != nil || len(stops) > 0 {
		t.Fatalf("stopped before the backlog was done: %+v, %v", stops, err)
	}
	h.pass(20 * time.Minute)
	h.look(false)
	h.differences("unknown charge 0 6909")
	h.pass(41 * time.Minute)
	h.look(false)
	if stops, err := h.Stops(t.Context(), h.client.Cooperative); err != nil || len(stops) != 1 {
		t.Fatalf("what stayed does not stop it: %+v, %v", stops, err)
	}
}

// TestUnansweredByKey: thousands of payouts that are due, each held against all errands, kept
// a processor busy for minutes.
func TestUnansweredByKey(t *testing.T) {
	h := newHouse(t, onboards)
	var plan []string
	h.tx(func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		rows, err := tx.Query(t.Context(), `EXPLAIN `+payments.SelectUnanswered, h.now(), 1)
		if err != nil {
			return err
		}
		plan, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	for i, line := range plan {
		if strings.Contains(line, "Index Scan using errand_pkey ") && strings.Contains(plan[i+1], "(subject = ") {
			return
		}
	}
	t.Errorf("no errand is found by its key:\n%s", strings.Join(plan, "\n"))
}
