package payments_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/payments"
	"meent/payments/stripesim"
)

// tries lets hours pass until the errand's tries have led somewhere.
func (h *house) tries() {
	h.Helper()
	for range 12 {
		h.run()
		h.pass(2 * time.Minute)
	}
}

// triesUntilDone is tries, and ends once the only errand of a kind is done.
func (h *house) triesUntilDone(kind string) {
	h.Helper()
	for range 12 {
		h.run()
		if _, _, done := h.errand(kind); done {
			return
		}
		h.pass(2 * time.Minute)
	}
}

// errand is what is noted of the only errand of a kind.
func (h *house) errand(kind string) (generation, tries int, done bool) {
	h.Helper()
	const query = `SELECT generation, tries, state = 'done' FROM payments.errand WHERE kind = $1`
	h.must(h.db.QueryRow(h.Context(), query, kind).Scan(&generation, &tries, &done))
	return generation, tries, done
}

// sweep lets what is due and does not move be taken up.
func (h *house) sweep() {
	h.Helper()
	h.tx(func(tx pgx.Tx) error {
		_, err := h.queue.EnqueueTx(h.Context(), tx, payments.Sweep{}, tasks.Opts{})
		return err
	})
}

// TestErrandsOfATransfer: whatever becomes of the answer, the wage is transferred
// once, with as few keys as there were definite answers.
func TestErrandsOfATransfer(t *testing.T) {
	lost, kept, keptDone := stripesim.LoseAfter, stripesim.Saved500, stripesim.Saved500Done
	for name, tt := range map[string]struct {
		falls []stripesim.Fault
		keys  int
	}{
		"an answer that is lost":       {[]stripesim.Fault{lost}, 1},
		"lost again and again":         {[]stripesim.Fault{lost, lost, lost, lost}, 1},
		"never arrived":                {[]stripesim.Fault{stripesim.LoseBefore, stripesim.LoseBefore}, 1},
		"a broken answer that is kept": {[]stripesim.Fault{kept}, 2},
		"the same of what was done":    {[]stripesim.Fault{keptDone}, 1},
		"too much at once":             {[]stripesim.Fault{stripesim.RateLimit, stripesim.LockTimeout}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			h.fillIn(h.checkout(h.billed()))
			h.must(h.sim.SetFaults(stripesim.Faults{Seed: 1, Path: "/v1/transfers", Next: tt.falls}))
			h.triesUntilDone("transfer")
			h.must(h.sim.SetFaults(stripesim.Faults{}))
			h.untilPaid()
			generation, _, done := h.errand("transfer")
			if !done || generation != tt.keys {
				t.Errorf("done is %v, with %d keys", done, generation)
			}
			h.balanced(whole())
		})
	}
}

// TestErrandAfterARestore: what the database forgot is looked for first.
func TestErrandAfterARestore(t *testing.T) {
	h := ready(t)
	h.fillIn(h.checkout(h.billed()))
	h.loseThree("/v1/transfers", stripesim.LoseAfter)
	if _, tries, done := h.errand("transfer"); done || tries != 1 {
		t.Fatalf("done is %v after %d tries", done, tries)
	}
	_, err := h.db.Exec(t.Context(), `DELETE FROM payments.errand WHERE kind = 'transfer'`)
	h.must(err)
	_, err = h.db.Exec(t.Context(), `
		INSERT INTO payments.stop (id, cooperative_id, cause, since, lifted_at) SELECT gen_random_uuid(), id, 'restored', $1, $1 FROM members.cooperative`, h.now())
	h.must(err)
	h.pass(25 * time.Hour) // the gateway forgot the key
	h.untilPaid()
	h.balanced(whole())
	if _, tries, done := h.errand("transfer"); !done || tries != 1 {
		t.Errorf("done is %v after %d tries", done, tries)
	}
}

// TestStopsMoney: while there is a stop nothing leaves, and what is due goes on
// afterwards without anybody's word.
func TestStopsMoney(t *testing.T) {
	h := newHouse(t, nil)
	_, err := h.db.Exec(t.Context(), `
		INSERT INTO payments.stop (id, cooperative_id, cause, since) SELECT gen_random_uuid(), id, 'difference', $1 FROM members.cooperative`, h.now())
	h.must(err)
	h.fillIn(h.checkout(h.billed()))
	h.tries()
	h.stage(payments.StageStopped)
	book, err := h.sim.Book(t.Context())
	h.must(err)
	if book.Transferred != 0 {
		t.Fatalf("%d cents left while there is a stop", book.Transferred)
	}
	stops, err := h.Stops(t.Context(), h.client.Cooperative)
	if err != nil || len(stops) != 1 || stops[0].Cause != payments.StopDifference {
		t.Errorf("Stops = %+v, %v", stops, err)
	}
	_, err = h.db.Exec(t.Context(), `UPDATE payments.stop SET lifted_at = $1`, h.now())
	h.must(err)
	h.sweep()
	h.untilPaid()
	h.balanced(whole())
}
