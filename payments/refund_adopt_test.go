package payments_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// forget puts the database back to the moment of remember, and starts on it.
func (h *house) forget() id.Of[payments.Stop] {
	h.Helper()
	h.pass(10 * time.Minute)
	h.putBack()
	h.sql(`UPDATE payments.home SET timeline = timeline - 1`) // as after recovery to a point in time
	h.must(h.ComeHome(h.Context()))
	list, err := h.StopsOf(h.Context(), h.coordinator)
	h.must(err)
	return list[0].ID
}

// foundAgain lets the gateway be asked, and wants so many things adopted, and that
// people may go on.
func (h *house) foundAgain(stop id.Of[payments.Stop], adopted int) {
	h.Helper()
	h.run()
	h.pass(2 * time.Minute)
	h.run()
	h.pass(20 * time.Minute)
	h.run()
	h.differences()
	h.pass(time.Minute)
	h.look(true)
	list, err := h.StopsOf(h.Context(), h.coordinator)
	h.must(err)
	if list[0].Adopted != adopted {
		h.Errorf("%d were adopted, want %d", list[0].Adopted, adopted)
	}
	for _, by := range []members.Actor{h.coordinator, h.second("mart")} { // both must
		lifted, err := h.Resume(h.Context(), by, stop)
		if h.must(err); lifted != (by.Role != h.coordinator.Role) {
			h.Fatalf("resumed %v", lifted)
		}
	}
	h.run()
	h.sound()
}

// TestForgottenRefund: the database does not know any more that it was wished, or
// approved, or sent; it is found, once, and nobody is kept from going on.
func TestForgottenRefund(t *testing.T) {
	steps := []string{"wished", "approved", "sent"}
	for forgotten, name := range steps {
		t.Run("before it was "+name, func(t *testing.T) {
			h := newHouse(t, nil)
			bill, _ := h.paid()
			h.gift(100)
			h.must(h.ComeHome(t.Context()))
			lot := h.secondOffice()
			_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 0, 100000, 100000, 100000, 0)`, h.coordinator.Cooperative)
			h.must(err)
			var r payments.RefundID
			for at, step := range []func() error{
				func() (err error) { r, err = h.refund(h.coordinator, bill, 700); return err },
				func() error { return h.ApproveRefund(t.Context(), lot, r) },
				func() error { h.run(); return nil },
			} {
				if at == forgotten {
					h.remember()
				}
				h.must(step())
			}
			stop := h.forget()
			h.foundAgain(stop, min(1, len(steps)-1-forgotten))
			if got := h.refundState(r); got != "done" {
				t.Errorf("the refund is %q", got)
			}
			h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 700, payments.Contribution: 0, payments.Fund: 0, payments.Loss: -60})
			h.same(t)
		})
	}
}

// TestForgottenReturn: what was paid beforehand went back, and neither that nor
// that the work is over is known any more.
func TestForgottenReturn(t *testing.T) {
	for _, ended := range []bool{false, true} {
		h := newHouse(t, nil)
		h.heldFor("gig-1", 4000)
		h.must(h.ComeHome(t.Context()))
		end := func() {
			h.tx(func(tx pgx.Tx) error { return h.EndDepositTx(t.Context(), tx, h.client.Cooperative, "gig-1") })
		}
		if ended {
			end()
		}
		h.remember()
		if !ended {
			end()
		}
		h.run()
		h.foundAgain(h.forget(), 1)
		if d := h.deposit("gig-1"); d.State != payments.DepositReturned || d.BackAt.IsZero() {
			t.Errorf("ended %v: the deposit is %+v", ended, d)
		}
		end() // the work ends again: nothing is left
		h.run()
		if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 4000 {
			t.Errorf("ended %v: book %+v, %v", ended, book, err)
		}
		h.sound()
	}
}

// TestForgottenOtherwise: what the gateway did has another amount than what is
// known here. Nothing is booked, and a person must say why before money leaves.
func TestForgottenOtherwise(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	h.must(h.ComeHome(t.Context()))
	lot := h.secondOffice()
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.policy VALUES ($1, 0, 100000, 100000, 100000, 0)`, h.coordinator.Cooperative)
	h.must(err)
	r, err := h.refund(h.coordinator, bill, 500)
	h.must(err)
	h.remember()
	h.must(h.ApproveRefund(t.Context(), lot, r))
	h.run()
	stop := h.forget()
	h.sql(`UPDATE payments.refund SET cents = 499`)
	h.run()
	h.pass(2 * time.Minute)
	h.run()
	h.pass(21 * time.Minute)
	h.run()
	h.look(true)
	h.differences("unknown refund 0 -500")
	if got := h.refundState(r); got != "asked" {
		t.Errorf("the refund is %q", got)
	}
	if _, err := h.Resume(t.Context(), h.coordinator, stop); !errors.Is(err, payments.ErrDiffers) {
		t.Errorf("resumed: %v", err)
	}
}

// TestGapsAdoptFirst: a database that was put back knows what had left before any
// event about it is followed, also when the books are not compared yet.
func TestGapsAdoptFirst(t *testing.T) {
	h := newHouse(t, nil)
	h.forgetsAWage()
	_, err := h.FillGaps(t.Context(), "", payments.FillGaps{Restored: true})
	h.must(err)
	var adopted int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM payments.adopted`).Scan(&adopted))
	if adopted != 2 {
		t.Errorf("%d were adopted before any event, want the transfer and the payout", adopted)
	}
}

// forgetsAWage has a database that was put back to before a wage left.
func (h *house) forgetsAWage() {
	h.Helper()
	h.must(h.ComeHome(h.Context()))
	h.must(h.StopPayouts(h.Context(), h.coordinator, "Even wachten"))
	h.fillIn(h.checkout(h.billed()))
	h.run()
	list, err := h.StopsOf(h.Context(), h.coordinator)
	h.must(err)
	h.remember()
	_, err = h.Resume(h.Context(), h.coordinator, list[0].ID)
	h.must(err)
	h.run()
	h.forget()
}

// TestReturnThatFailsLater: a client's bank sends back what was given back, days
// after it was done. It is the client's still, and the office hears it, once.
func TestReturnThatFailsLater(t *testing.T) {
	for _, tt := range []struct{ deaf, stopped bool }{{false, false}, {true, false}, {false, true}} {
		deaf, h := tt.deaf, newHouse(t, nil)
		h.heldFor("gig-1", 4000)
		h.over("gig-1")
		h.run()
		var outside string
		h.must(h.db.QueryRow(t.Context(), `SELECT refund_id FROM payments.deposit WHERE back_at IS NOT NULL`).Scan(&outside))
		h.pass(3 * 24 * time.Hour)
		h.deaf = deaf   // or only the daily look finds it
		if tt.stopped { // a person hears of it all the same
			h.must(h.StopPayouts(t.Context(), h.coordinator, "We kijken iets na"))
		}
		h.must(h.sim.EndRefund(t.Context(), outside, false))
		h.run()
		for range 3 {
			h.lookAgain()
			h.run()
			h.pass(2 * time.Hour)
		}
		d := h.deposit("gig-1")
		if d.State != payments.DepositReturned || !d.BackAt.IsZero() {
			t.Errorf("%+v: the deposit is %+v", tt, d)
		}
		h.has(t, map[payments.Account]payments.Cents{payments.MovingRefund(payments.Reference(d.ID.String())): 4000, payments.ClientBack(h.client.Client): 0})
		h.sound()
		if !slices.Equal(h.told, []string{"stuck"}) {
			t.Errorf("%+v: told %q", tt, h.told)
		}
		if dead, err := h.queue.Dead(t.Context(), h.coordinator.Cooperative); err != nil || len(dead) > 0 {
			t.Errorf("%+v: Dead = %+v, %v", tt, dead, err)
		}
	}
}
