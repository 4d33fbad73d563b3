package payments_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"meent/members"
	"meent/payments"
)

// stuckOne is the one deposit that could not be given back.
func (h *house) stuckOne() payments.Stuck {
	h.Helper()
	w, err := h.BackWaits(h.Context(), h.coordinator)
	if err != nil || len(w.Stuck) != 1 {
		h.Fatalf("stuck: %+v, %v; want one", w.Stuck, err)
	}
	return w.Stuck[0]
}

// refuses lets the gateway refuse refunds of the deposit's charge, or not any more.
func (h *house) refuses(no bool) {
	h.Helper()
	h.sql(`UPDATE stripesim.charge SET refunded = CASE WHEN $2 THEN amount ELSE 0 END WHERE id = $1`, h.chargeOfDeposit(), no)
}

// TestRefusedReturn: a definite no stops it, and the office hears that once, and not
// each hour. It goes on when a person says so, and moves once.
func TestRefusedReturn(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 4000)
	h.refuses(true)
	h.over("gig-1")
	h.hours(4)
	k := h.stuckOne()
	if k.Why != "charge_already_refunded" || k.Left() != 4000 || k.ClientName == "" || !slices.Equal(h.told, []string{"stuck"}) {
		t.Fatalf("after a no: %+v, told %q", k, h.told)
	}
	if asks, err := h.Asks(t.Context(), h.coordinator); err != nil || asks.Office() != 1 {
		t.Errorf("the board counts %+v, %v", asks, err)
	}
	other := h.coordinator
	other.Cooperative = h.elsewhere.Cooperative
	for name, by := range map[string]members.Actor{"the client": h.client, "a member": h.member, "another cooperative": other} {
		for what, err := range map[string]error{"again": h.ReturnAgain(t.Context(), by, k.ID), "by hand": h.ReturnByHand(t.Context(), by, k.ID, "Per bank"), "agree": h.AgreeByHand(t.Context(), by, k.ID, k.Version())} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	h.must(h.ReturnAgain(t.Context(), h.coordinator, k.ID))
	if err := h.ReturnAgain(t.Context(), h.coordinator, k.ID); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("twice at once: %v", err)
	}
	h.hours(3)
	if h.stuckOne(); len(h.told) != 2 {
		t.Errorf("after a second no told %q", h.told)
	}
	h.refuses(false)
	h.must(h.ReturnAgain(t.Context(), h.coordinator, k.ID))
	h.hours(2)
	if d := h.deposit("gig-1"); d.BackAt.IsZero() || !d.NotBackAt.IsZero() {
		t.Errorf("in the end it is %+v", d)
	}
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 4000 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.settledBooks(t)
}

// TestReturnedAgain: one that came back from the bank is sent once more, and both are
// in the books.
func TestReturnedAgain(t *testing.T) {
	h := newHouse(t, nil)
	h.heldFor("gig-1", 4000)
	h.over("gig-1")
	for range 2 {
		var outside string
		h.must(h.db.QueryRow(t.Context(), `SELECT refund_id FROM payments.deposit WHERE back_at IS NOT NULL`).Scan(&outside))
		h.pass(24 * time.Hour)
		h.must(h.sim.EndRefund(t.Context(), outside, false))
		h.hours(2)
		h.must(h.ReturnAgain(t.Context(), h.coordinator, h.stuckOne().ID))
		h.hours(2)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.ClientBack(h.client.Client): 4000})
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 4000 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.same(t)
}

// TestReturnedByHand: two people say how the client got it otherwise; then nothing goes
// back any more, and what is at the gateway is the cooperative's.
func TestReturnedByHand(t *testing.T) {
	h := newHouse(t, nil)
	lot := h.secondOffice()
	h.heldFor("gig-1", 4000)
	h.refuses(true)
	h.over("gig-1")
	h.refuses(false)
	k := h.stuckOne()
	if err := h.AgreeByHand(t.Context(), lot, k.ID, k.Version()); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("to what nobody said: %v", err)
	}
	if err := h.ReturnByHand(t.Context(), h.coordinator, k.ID, "  "); !hasProblem(err, "note", "missing") {
		t.Errorf("without a word: %v", err)
	}
	h.must(h.ReturnByHand(t.Context(), h.coordinator, k.ID, "Overgemaakt van onze eigen bank"))
	if err := h.AgreeByHand(t.Context(), h.coordinator, k.ID, k.Version()); !errors.Is(err, payments.ErrOwnBack) {
		t.Errorf("one's own: %v", err)
	}
	h.must(h.DropByHand(t.Context(), lot, k.ID))
	h.must(h.ReturnByHand(t.Context(), lot, k.ID, "Overgemaakt van onze eigen bank"))
	if got := h.stuckOne(); got.AskedName != "lot" || got.Note == "" || !got.Own(lot) || got.Own(h.coordinator) {
		t.Errorf("it waits as %+v", got)
	}
	if err := h.AgreeByHand(t.Context(), h.coordinator, k.ID, k.Version()); !errors.Is(err, members.ErrStale) {
		t.Errorf("to other words: %v", err)
	}
	h.must(h.AgreeByHand(t.Context(), h.coordinator, k.ID, h.stuckOne().Version()))
	for what, err := range map[string]error{"again": h.ReturnAgain(t.Context(), lot, k.ID), "agree": h.AgreeByHand(t.Context(), h.coordinator, k.ID, k.Version()), "drop": h.DropByHand(t.Context(), lot, k.ID)} {
		if !errors.Is(err, payments.ErrBackDecided) {
			t.Errorf("%s afterwards: %v", what, err)
		}
	}
	h.must(h.sim.Advance(t.Context()))
	h.hours(26)
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 0 {
		t.Errorf("book: %+v, %v", book, err)
	}
	h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 4000, payments.CoopBank: -4000, payments.DepositHeld("gig-1"): 0, payments.ClientBack(h.client.Client): 4000})
	if d := h.deposit("gig-1"); d.BackAt.IsZero() {
		t.Errorf("it is %+v", d)
	}
	h.settledBooks(t)
}

// TestAgainOverByHand: who looks at a page of before cannot have sent again what the
// client may have from the cooperative's bank by now.
func TestAgainOverByHand(t *testing.T) {
	h := newHouse(t, nil)
	lot := h.secondOffice()
	h.heldFor("gig-1", 4000)
	h.refuses(true)
	h.over("gig-1")
	h.refuses(false)
	k := h.stuckOne()
	h.must(h.ReturnByHand(t.Context(), lot, k.ID, "Overgemaakt van onze eigen bank"))
	if err := h.ReturnAgain(t.Context(), h.coordinator, k.ID); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("again: %v", err)
	}
	h.hours(3)
	if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 0 {
		t.Errorf("book: %+v, %v", book, err)
	}
	if got := h.stuckOne(); got.Note == "" {
		t.Error("what was said is gone")
	}
}

// TestStuckReturnForgotten: the gateway gave it back, and the database was put back to
// when it was stuck, before a person says anything or after: it is found, and is back.
func TestStuckReturnForgotten(t *testing.T) {
	for _, note := range []string{"", "Overgemaakt van onze eigen bank"} {
		t.Run(note, func(t *testing.T) {
			h := newHouse(t, nil)
			lot := h.secondOffice()
			h.heldFor("gig-1", 4000)
			h.refuses(true)
			h.over("gig-1")
			h.refuses(false)
			k := h.stuckOne()
			h.must(h.ReturnAgain(t.Context(), h.coordinator, k.ID))
			finish, err := h.ReturnDeposit(t.Context(), "", payments.ReturnDeposit{Deposit: k.ID, Cooperative: h.client.Cooperative})
			if h.must(err); finish == nil {
				t.Fatal("the gateway did nothing")
			}
			h.sql(`UPDATE payments.deposit SET returns = 0, back_failed_at = now(), back_refused = 'charge_already_refunded'`)
			h.sql(`DELETE FROM payments.errand WHERE kind = 'deposit_return'`)
			h.sql(`DELETE FROM tasks.task WHERE kind = 'payments.return_deposit'`)
			h.sql(`INSERT INTO payments.stop (id, cooperative_id, cause, since) VALUES (gen_random_uuid(), $1, 'restored', $2)`, h.client.Cooperative, h.now())
			if note != "" {
				h.must(h.ReturnByHand(t.Context(), lot, k.ID, note))
			}
			h.lookTwice()
			h.run()
			h.differences()
			if d := h.deposit("gig-1"); !d.NotBackAt.IsZero() {
				t.Errorf("it is %+v", d)
			}
			if err := h.AgreeByHand(t.Context(), h.coordinator, k.ID, k.Version()); !errors.Is(err, payments.ErrBackDecided) {
				t.Errorf("by hand too: %v", err)
			}
			if book, err := h.sim.Book(t.Context()); err != nil || book.Refunded != 4000 {
				t.Errorf("book: %+v, %v", book, err)
			}
		})
	}
}
