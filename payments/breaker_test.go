package payments_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
)

// policy sets the cooperative's limits.
func (h *house) policy(p payments.Policy) {
	h.Helper()
	_, err := h.db.Exec(h.Context(), `
		INSERT INTO payments.policy (cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents) VALUES ($1, $2, $3, $4, $5, $6)`,
		h.client.Cooperative, int64(p.FourEyes), int64(p.Payout), int64(p.Hour), int64(p.MemberDay), int64(p.Advance))
	h.must(err)
}

// heldOne is the only payout that is held.
func (h *house) heldOne(why payments.HeldWhy) payments.Held {
	h.Helper()
	list, err := h.HeldPayouts(h.Context(), h.coordinator)
	h.must(err)
	if len(list) != 1 || list[0].Why != why {
		h.Fatalf("held: %+v, want one for %q", list, why)
	}
	return list[0]
}

// second is another coordinator of the same cooperative.
func (h *house) second(name string) members.Actor {
	h.Helper()
	a := h.actor(name, members.NewRole{Cooperative: h.client.Cooperative, Kind: members.RoleCoach})
	_, err := h.db.Exec(h.Context(), `UPDATE members.role SET kind = 'coordinator' WHERE id = $1`, a.Role)
	h.must(err)
	a, err = h.people.Actor(h.Context(), a.Person, members.RoleID{})
	h.must(err)
	return a
}

// TestPayoutAboveALimit waits for a person, is asked for once, and leaves once.
func TestPayoutAboveALimit(t *testing.T) {
	p := payments.DefaultPolicy()
	p.Payout, p.FourEyes = 6399, 6400
	h := newHouse(t, nil)
	h.policy(p)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	held := h.heldOne(payments.HeldPayout)
	if held.Member != "anna" || held.Amount != 6400 || held.FourEyes || held.Mine || held.Title != "Ramen lappen" {
		t.Errorf("held: %+v", held)
	}
	h.stage(payments.StageHeld)
	h.sweep()
	h.run()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 0 {
		t.Fatalf("%d cents left, %v", book.Transferred, err)
	}
	if w, err := h.Waiting(t.Context(), h.coordinator); err != nil || w.Held != (payments.Sum{Count: 1, Amount: 6400}) || w.Moving.Count != 0 {
		t.Errorf("Waiting = %+v, %v", w, err)
	}
	if told, err := h.ToldHeld(t.Context(), h.client.Cooperative); err != nil || len(told) != 1 || told[0].Name != "noor" {
		t.Errorf("told: %+v, %v", told, err)
	}
	if n := h.enqueued(payments.PayoutsHeld{}); n != 1 {
		t.Errorf("the office was told %d times", n)
	}
	for name, by := range map[string]members.Actor{"a member": h.member, "a client": h.client} {
		if _, err := h.ReleasePayout(t.Context(), by, held.ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s releases it: %v", name, err)
		}
		if _, err := h.HeldPayouts(t.Context(), by); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s lists them: %v", name, err)
		}
	}
	far := h.coordinator
	far.Cooperative = h.elsewhere.Cooperative
	if _, err := h.ReleasePayout(t.Context(), far, held.ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another cooperative releases it: %v", err)
	}
	var all sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		all.Go(func() { _, errs[i] = h.ReleasePayout(t.Context(), h.coordinator, held.ID) })
	}
	all.Wait()
	done := 0
	for _, err := range errs {
		var wrong *payments.WrongMove
		if err == nil {
			done++
		} else if !errors.As(err, &wrong) {
			t.Errorf("a second press: %v", err)
		}
	}
	if done != 1 || h.deeds("payout_released") != 1 {
		t.Errorf("released %d times, with %d deeds", done, h.deeds("payout_released"))
	}
	h.untilPaid()
	h.balanced(whole())
}

func (h *house) deeds(what string) (n int) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT count(*) FROM members.audit WHERE what = $1`, what).Scan(&n))
	return n
}

// TestLargePayoutTakesTwo: of whom neither is paid by it.
func TestLargePayoutTakesTwo(t *testing.T) {
	p := payments.DefaultPolicy()
	p.Payout, p.FourEyes = 100, 6399
	h := newHouse(t, nil)
	h.policy(p)
	h.fillIn(h.checkout(h.billed()))
	h.run()
	lot, held := h.second("lot"), h.heldOne(payments.HeldPayout)
	if !held.FourEyes {
		t.Errorf("held: %+v", held)
	}
	own := h.second("anna")
	if _, err := h.ReleasePayout(t.Context(), own, held.ID); !errors.Is(err, payments.ErrOwnRelease) {
		t.Errorf("who is paid releases it: %v", err)
	}
	released, err := h.ReleasePayout(t.Context(), h.coordinator, held.ID)
	if err != nil || released {
		t.Fatalf("the first of two: %v, %v", released, err)
	}
	if _, err := h.ReleasePayout(t.Context(), h.coordinator, held.ID); !errors.Is(err, payments.ErrOwnRelease) {
		t.Errorf("the first again: %v", err)
	}
	if again := h.heldOne(payments.HeldPayout); again.AskedName != "noor" || !again.Mine {
		t.Errorf("asked for: %+v", again)
	}
	h.run()
	if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 0 {
		t.Fatalf("%d cents left on one word, %v", book.Transferred, err)
	}
	if released, err := h.ReleasePayout(t.Context(), lot, held.ID); err != nil || !released {
		t.Fatalf("the second: %v, %v", released, err)
	}
	h.untilPaid()
	h.balanced(whole())
	if asked, done := h.deeds("payout_release_asked"), h.deeds("payout_released"); asked != 1 || done != 1 {
		t.Errorf("deeds: %d asked, %d released", asked, done)
	}
}

// TestLimitsOverTime: what passes a limit together waits, and a day or an hour
// later there is room again for what comes then.
func TestLimitsOverTime(t *testing.T) {
	for name, tt := range map[string]struct {
		why  payments.HeldWhy
		set  func(*payments.Policy)
		over time.Duration
	}{
		"in an hour":          {payments.HeldHour, func(p *payments.Policy) { p.Hour = 2 * 6400 }, time.Hour},
		"of a member in days": {payments.HeldMemberDay, func(p *payments.Policy) { p.MemberDay = 2 * 6400 }, 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			p := payments.DefaultPolicy()
			tt.set(&p)
			h := newHouse(t, nil)
			h.policy(p)
			h.payWorks(1, 3)
			h.run()
			h.heldOne(tt.why)
			if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 2*6400 {
				t.Errorf("%d cents left, %v", book.Transferred, err)
			}
			h.pass(tt.over + time.Minute)
			h.payWorks(4, 5)
			h.run()
			h.heldOne(tt.why)
			if book, err := h.sim.Book(t.Context()); err != nil || book.Transferred != 4*6400 {
				t.Errorf("%d cents left later, %v", book.Transferred, err)
			}
			if faults, err := h.Audit(t.Context()); err != nil || len(faults) > 0 {
				t.Errorf("the books: %v, %v", faults, err)
			}
		})
	}
}

// payWorks bills and pays these pieces of work.
func (h *house) payWorks(from, to int) {
	h.Helper()
	for i := from; i <= to; i++ {
		work := h.agreed(payments.Reference(fmt.Sprintf("work-%d", i)))
		work.Day = payments.Day(fmt.Sprintf("2026-10-%02d", i))
		h.tx(func(tx pgx.Tx) error { return h.BillTx(h.Context(), tx, h.client.Cooperative, work) })
	}
	list, err := h.Bills(h.Context(), h.client)
	h.must(err)
	for _, b := range list {
		if b.State.Open() {
			h.fillIn(h.checkout(b.ID))
		}
	}
}
