package payments_test

import (
	"slices"
	"testing"
	"time"

	"meent/payments"
	"meent/payments/stripesim"
)

// TestLostAnswerWhileStopped: a transfer that was made, whose answer got lost, is found
// while payouts are stopped, and nothing else is asked: else it would be the difference
// for which they stay stopped.
func TestLostAnswerWhileStopped(t *testing.T) {
	h := newHouse(t, nil)
	h.fillIn(h.checkout(h.billed()))
	h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers", Next: slices.Repeat([]stripesim.Fault{stripesim.LoseAfter}, 3)}))
	h.run()
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
