package matching_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// only is the one shift of the house's only gig.
func (h *house) only() (shift jobs.ShiftID) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT id FROM jobs.shift`).Scan(&shift))
	return shift
}

func TestMoreSeatsAreForTheReserveFirst(t *testing.T) {
	h := newHouse(t)
	best, second := h.member("best", "window-cleaning", "weeding"), h.member("second", "window-cleaning")
	h.post(48*time.Hour, 1)
	for _, who := range []members.Actor{best, second} {
		h.must(h.Accept(t.Context(), who, h.offers(who)[0].ID))
	}
	h.later(25 * time.Hour)
	if h.state(best) != matching.Confirmed || h.state(second) != matching.Reserve {
		t.Fatalf("before: %s and %s", h.state(best), h.state(second))
	}
	third := h.member("third", "window-cleaning")
	h.must(h.jobs.ChangeSeats(t.Context(), h.client, h.only(), jobs.SeatChange{Seats: 3}))
	h.run()
	if h.state(second) != matching.Confirmed || h.state(third) != matching.Sent {
		t.Errorf("after: %s and %s; want confirmed, and sent", h.state(second), h.state(third))
	}
}

func TestNewShiftsLookForPeople(t *testing.T) {
	h := newHouse(t)
	h.post(48*time.Hour, 1)
	who := h.member("anna", "window-cleaning")
	var gig jobs.GigID
	h.must(h.db.QueryRow(t.Context(), `SELECT id FROM jobs.gig`).Scan(&gig))
	s := jobs.Series{Recurrence: jobs.Recurrence{Every: jobs.EveryDay, Interval: 1, Count: 2}, From: "2026-12-01", Starts: 9 * time.Hour, Length: time.Hour, Seats: 1}
	h.must(h.jobs.AddShifts(t.Context(), h.client, gig, jobs.Adding{Series: &s}))
	h.run()
	if got := h.offers(who); len(got) != 2 {
		t.Errorf("the member got %d offers, want one for each new shift", len(got))
	}
}

// TestWhoWaitsForARemovedShiftIsTold: whatever they wait for, and nobody is asked
// any more.
func TestWhoWaitsForARemovedShiftIsTold(t *testing.T) {
	h := newHouse(t)
	said, silent := h.member("said", "window-cleaning"), h.member("silent", "window-cleaning")
	h.post(48*time.Hour, 1)
	h.must(h.Accept(t.Context(), said, h.offers(said)[0].ID))
	asks := h.member("asks", "window-cleaning")
	h.ask(asks, h.only())
	h.run()
	h.told = nil
	shift := h.only()
	h.must(h.jobs.RemoveShift(t.Context(), h.client, shift))
	h.run()
	if h.state(said) != matching.Withdrawn || h.state(silent) != matching.Withdrawn || h.state(asks) != matching.Expired {
		t.Errorf("they have %s, %s and %s", h.state(said), h.state(silent), h.state(asks))
	}
	if len(h.told) != 3 {
		t.Errorf("%v are told, want three", h.told)
	}
	h.member("late", "window-cleaning", "weeding")
	h.told = nil
	h.later(30 * time.Hour)
	if len(h.told) != 0 {
		t.Errorf("after that %v are told", h.told)
	}
}

func TestWhoLearnsGetsASeatBesideSomebody(t *testing.T) {
	h := newHouse(t)
	learner, able := h.member("learner", "window-cleaning"), h.member("able", "window-cleaning")
	_, err := h.db.Exec(t.Context(), `UPDATE members.member_skill SET level = 'learning' WHERE member_id = $1`, learner.Member)
	h.must(err)
	_, shift := h.quiet(48*time.Hour, 2)
	h.must(h.jobs.ChangeSeats(t.Context(), h.client, shift, jobs.SeatChange{Seats: 2, BuddySeats: 1}))
	for _, who := range []members.Actor{learner, able} {
		h.must(h.Grant(t.Context(), h.client, h.ask(who, shift)))
	}
	seat := func(who members.Actor) (kind string) {
		h.must(h.db.QueryRow(t.Context(), `SELECT seat FROM jobs.engagement WHERE member_id = $1`, who.Member).Scan(&kind))
		return kind
	}
	if seat(learner) != "buddy" || seat(able) != "work" {
		t.Errorf("who learns has the seat %s, who can %s", seat(learner), seat(able))
	}
}

func TestSeatTasksOfAnotherCooperativeDoNothing(t *testing.T) {
	h := newHouse(t)
	who := h.member("anna", "window-cleaning")
	h.post(48*time.Hour, 1)
	elsewhere := h.client.Cooperative
	elsewhere[0]++
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		if err := h.ShiftRemovedTx(t.Context(), tx, jobs.ShiftRemoved{Shift: h.only(), Cooperative: elsewhere}); err != nil {
			return err
		}
		return h.SeatsChangedTx(t.Context(), tx, jobs.SeatsChanged{Shifts: []jobs.ShiftID{h.only()}, Cooperative: elsewhere})
	}))
	if h.state(who) != matching.Sent {
		t.Errorf("the offer is %s", h.state(who))
	}
}
