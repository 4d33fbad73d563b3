package matching_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// moveShift gives the shift a time of three hours that begins after so long.
func (h *house) moveShift(shift jobs.ShiftID, after time.Duration) (moved jobs.ShiftID) {
	h.t.Helper()
	starts := h.now.Add(after)
	moved, err := h.jobs.MoveShift(h.t.Context(), h.client, shift, jobs.NewTime{Starts: starts, Ends: starts.Add(3 * time.Hour)}, 1_000_000)
	h.must(err)
	return moved
}

// on is what the member was asked, or asked, about this shift.
func (h *house) on(who members.Actor, shift jobs.ShiftID) (o matching.Offer) {
	h.t.Helper()
	for _, one := range h.offers(who) {
		if one.Shift.ID == shift {
			o = one
		}
	}
	return o
}

// TestMovedShiftAsksFirstWhoHadIt: alone, until their window closes; with a yes
// they have the seat, and with a no others are asked and nothing else follows.
func TestMovedShiftAsksFirstWhoHadIt(t *testing.T) {
	for name, yes := range map[string]bool{"yes": true, "no": false} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			anna := h.member("anna", "weeding")
			h.taken(72*time.Hour, anna)
			bea := h.member("bea", "weeding", "window-cleaning") // has more points
			old := h.only()
			h.told = nil
			moved := h.moveShift(old, 96*time.Hour)
			h.run()
			o := h.on(anna, moved)
			if o.State != matching.Sent || o.Moved || !h.on(anna, old).Moved || h.on(bea, moved).State != "" {
				t.Fatalf("anna has %q, bea %q", o.State, h.on(bea, moved).State)
			}
			if len(h.told) != 1 || h.told[0] != "matching.offer_sent" {
				t.Errorf("told were %q", h.told)
			}
			want := matching.Confirmed
			if yes {
				h.must(h.Accept(t.Context(), anna, o.ID))
			} else {
				h.must(h.Decline(t.Context(), anna, o.ID, ""))
				want = matching.No
			}
			h.later(25 * time.Hour)
			if got := h.on(anna, moved).State; got != want {
				t.Errorf("anna is %s, want %s", got, want)
			}
			if got := h.on(bea, moved).State; (got == matching.Sent) == yes {
				t.Errorf("then bea is %q", got)
			}
		})
	}
}

// TestMovedShiftEndsWhatWaited: each outcome is said, and all of them can be asked
// for the new time, also who said no to the old one.
func TestMovedShiftEndsWhatWaited(t *testing.T) {
	h := newHouse(t)
	said, silent, not := h.member("said", "weeding"), h.member("silent", "weeding"), h.member("not", "weeding")
	h.post(48*time.Hour, 2)
	old := h.only()
	h.must(h.Accept(t.Context(), said, h.offers(said)[0].ID))
	h.must(h.Decline(t.Context(), not, h.offers(not)[0].ID, matching.WrongTime))
	asks := h.member("asks", "weeding")
	h.ask(asks, old)
	h.run()
	h.told = nil
	moved := h.moveShift(old, 72*time.Hour)
	h.run()
	for who, want := range map[*members.Actor]matching.State{&said: matching.Withdrawn, &silent: matching.Withdrawn, &not: matching.No, &asks: matching.Refused} {
		if o := h.on(*who, old); o.State != want || !o.Moved || !o.ShiftOff {
			t.Errorf("%s has %+v, want %s", who.Name, o.State, want)
		}
		if o := h.on(*who, moved); o.State != matching.Sent {
			t.Errorf("%s was not asked for the new time: %q", who.Name, o.State)
		}
	}
	if o := h.on(asks, old); o.Why != matching.GigChanged {
		t.Errorf("the reason is %q", o.Why)
	}
	if len(h.told) != 3+4 {
		t.Errorf("told were %q", h.told)
	}
	if w, err := h.jobs.Works(t.Context(), said); err != nil || len(w) != 0 {
		t.Errorf("somebody works: %v, %v", w, err)
	}
}

// TestMovedShiftThatDoesNotSuit: the hard rules are looked at again. Who cannot
// come then is not asked and hears that; others are, at once.
func TestMovedShiftThatDoesNotSuit(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(72*time.Hour, anna)
	old := h.only()
	_, elsewhere := h.quiet(100*time.Hour, 1)
	h.must(h.Grant(t.Context(), h.client, h.ask(anna, elsewhere)))
	bea := h.member("bea", "weeding")
	h.run()
	h.told = nil
	moved := h.moveShift(old, 101*time.Hour)
	h.run()
	if got := h.on(anna, moved).State; got != "" {
		t.Errorf("who works then has an offer: %s", got)
	}
	if got := h.on(bea, moved).State; got != matching.Sent {
		t.Errorf("bea has %q", got)
	}
	if len(h.told) != 2 || h.told[0] != "matching.move_unfit" && h.told[1] != "matching.move_unfit" {
		t.Errorf("told were %q", h.told)
	}
}

// TestMovedShiftOfAPausedGig: who was to come hears that nobody is asked, and not that
// it does not suit them.
func TestMovedShiftOfAPausedGig(t *testing.T) {
	for _, paused := range []bool{true, false} {
		h := newHouse(t)
		anna := h.member("anna", "weeding")
		h.taken(72*time.Hour, anna)
		old := h.only()
		if !paused {
			_, elsewhere := h.quiet(100*time.Hour, 1)
			h.must(h.Grant(t.Context(), h.client, h.ask(anna, elsewhere)))
			h.run()
		}
		h.moveShift(old, 101*time.Hour)
		if paused {
			h.exec(`UPDATE jobs.gig SET state = 'paused' WHERE id = (SELECT gig_id FROM jobs.shift WHERE id = $1)`, old)
		}
		h.run()
		var nobody bool
		h.must(h.db.QueryRow(t.Context(), `SELECT (payload ->> 'Nobody')::boolean FROM tasks.task WHERE kind = 'matching.move_unfit'`).Scan(&nobody))
		if nobody != paused {
			t.Errorf("paused: %v; told is that nobody is asked: %v", paused, nobody)
		}
	}
}

// TestMovedShiftIsNoExtraOffer: that others wait for an answer does not keep who
// had the work from being asked; and a task that comes twice asks once.
func TestMovedShiftIsNoExtraOffer(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(72*time.Hour, anna)
	old := h.only()
	for range 3 {
		h.post(240*time.Hour, 1)
		h.now = h.now.Add(time.Hour)
	}
	if got := len(h.offers(anna)); got != 4 {
		t.Fatalf("anna has %d offers", got)
	}
	moved := h.moveShift(old, 96*time.Hour)
	h.run()
	if got := h.on(anna, moved).State; got != matching.Sent {
		t.Fatalf("anna has %q", got)
	}
	w := h.worksOff(old)
	elsewhere := h.client.Cooperative
	elsewhere[0]++
	for _, task := range []jobs.ShiftMoved{{Cooperative: h.client.Cooperative, Old: old, New: moved, First: w}, {Cooperative: elsewhere, Old: old, New: moved, First: w}} {
		h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.ShiftMovedTx(t.Context(), tx, task) }))
	}
	h.run()
	if n := len(h.offers(anna)); n != 5 {
		t.Errorf("anna has %d offers, want 5", n)
	}
}

// worksOff are the engagements of a shift that were called off.
func (h *house) worksOff(shift jobs.ShiftID) []jobs.EngagementID {
	h.t.Helper()
	rows, err := h.db.Query(h.t.Context(), `SELECT id FROM jobs.engagement WHERE shift_id = $1 AND called_off_at IS NOT NULL`, shift)
	h.must(err)
	list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.EngagementID])
	h.must(err)
	return list
}

// TestMovedTwiceAsksFirstWhoHadIt: a second change of the time forgets nobody, but
// who said no to the first one.
func TestMovedTwiceAsksFirstWhoHadIt(t *testing.T) {
	for name, no := range map[string]bool{"unanswered": false, "no": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			anna := h.member("anna", "weeding")
			h.taken(72*time.Hour, anna)
			bea := h.member("bea", "weeding", "window-cleaning")
			second := h.moveShift(h.only(), 96*time.Hour)
			h.run()
			if no {
				h.must(h.Decline(t.Context(), anna, h.on(anna, second).ID, ""))
			}
			third := h.moveShift(second, 120*time.Hour)
			h.run()
			if first := h.on(anna, third).State == matching.Sent && h.on(bea, third).State == ""; first == no {
				t.Errorf("anna has %q, bea %q", h.on(anna, third).State, h.on(bea, third).State)
			}
		})
	}
}
