package payments_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/payments"
	"meent/payments/stripesim"
)

// says is the gateway, with an answer of its own about disputes: one that comes late, or
// before its money.
type says struct {
	payments.Gateway
	there payments.DisputeThere
}

func (s *says) Dispute(context.Context, string) (payments.DisputeThere, error) { return s.there, nil }

// TestLostAfterWonBeforeItsMoney: an answer of before, written after the next one, moves
// nothing, also while the money that was won has not come.
func TestLostAfterWonBeforeItsMoney(t *testing.T) {
	h := newHouse(t, nil)
	h.paid()
	h.gift(600)
	h.heldFor("gig-1", 4000)
	outside := h.complain(stripesim.Complaint{Charge: h.chargeOfDeposit()})
	h.must(h.sim.Decide(t.Context(), outside, "lost"))
	h.run()
	there, err := h.gateway.Dispute(t.Context(), outside)
	h.must(err)
	forged := &says{h.gateway, there}
	service := payments.New(h.db, h.queue, h.people, forged, h.now, nil)
	for _, next := range []struct {
		state      payments.DisputeState
		reinstated payments.Cents
	}{{payments.DisputeWon, 0}, {payments.DisputeLost, 0}, {payments.DisputeWon, 4000}, {payments.DisputeLost, 4000}} {
		forged.there.State, forged.there.Reinstated = next.state, next.reinstated
		finish, err := service.LookAtDispute(t.Context(), "", payments.LookAtDispute{Cooperative: h.client.Cooperative, Outside: outside})
		h.must(err)
		h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
		var wrong int
		if h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.wrong_deposit_parts`).Scan(&wrong)); wrong > 0 {
			t.Fatalf("after %s, %d back: %d deposits are wrong", next.state, next.reinstated, wrong)
		}
	}
	if d := h.dispute(); d.State != payments.DisputeWon || d.Lost != 0 || d.Reinstated != 4000 {
		t.Errorf("it is %+v", d)
	}
	if d := h.deposit("gig-1"); d.Lost != 0 || d.Left() != 4000 {
		t.Errorf("the deposit is %+v", d)
	}
}
