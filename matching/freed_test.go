package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// worksOn is the member's only engagement that goes on.
func (h *house) worksOn(who members.Actor) jobs.EngagementID {
	h.t.Helper()
	works, err := h.jobs.Works(h.t.Context(), who)
	h.must(err)
	if len(works) != 1 {
		h.t.Fatalf("%s works %d times, want once", who.Name, len(works))
	}
	return works[0].ID
}

// taken posts a shift of one seat that begins after so long; the first member has
// it and the others are in reserve.
func (h *house) taken(after time.Duration, who ...members.Actor) {
	h.t.Helper()
	h.post(after, 1)
	for _, one := range who {
		h.must(h.Accept(h.t.Context(), one, h.offers(one)[0].ID))
	}
	h.later(min(after/2, 24*time.Hour))
	if got := h.state(who[0]); got != matching.Confirmed {
		h.t.Fatalf("%s is %s", who[0].Name, got)
	}
}

func (h *house) callOff(who members.Actor, why jobs.OffWhy) {
	h.t.Helper()
	h.must(h.jobs.CallOff(h.t.Context(), who, h.worksOn(who), jobs.OffReason{Why: why}))
	h.run()
}

// TestReserveGetsTheSeat: by points, whoever was first; who may not come any more
// is passed over, and hears it.
func TestReserveGetsTheSeat(t *testing.T) {
	h := newHouse(t)
	anna, bea, cor := h.member("anna", "weeding", "window-cleaning"), h.member("bea", "weeding"), h.member("cor", "weeding")
	h.taken(72*time.Hour, anna, bea, cor)
	before := len(h.told)
	h.callOff(anna, jobs.OffIll)
	states := map[matching.State]int{h.state(bea): 1, h.state(cor): 1}
	if states[matching.Confirmed] != 1 || states[matching.Reserve] != 1 {
		t.Fatalf("the reserves are %s and %s", h.state(bea), h.state(cor))
	}
	if got := h.told[before:]; len(got) != 1 || got[0] != "matching.offer_decided" {
		t.Errorf("told were %q", got)
	}
	first, second := bea, cor
	if h.state(cor) == matching.Confirmed {
		first, second = cor, bea
	}
	_, err := h.db.Exec(t.Context(), `UPDATE members.member SET reach_m = 500 WHERE id = $1`, second.Member)
	h.must(err)
	h.callOff(first, "")
	if got := h.state(second); got != matching.Withdrawn {
		t.Errorf("who may not come any more is %s", got)
	}
}

// TestFreedSeatAsksTheNextWave: at once, where nobody is in reserve; and never who
// left.
func TestFreedSeatAsksTheNextWave(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(72*time.Hour, anna)
	bea := h.member("bea", "weeding")
	h.callOff(anna, "")
	if got := h.state(bea); got != matching.Sent {
		t.Errorf("who was not asked is %s", got)
	}
	if got := h.state(anna); got != matching.Confirmed {
		t.Errorf("who left is asked again: %s", got)
	}
}

// TestOpenWaveGetsTheSeat: a seat that comes free while a window is open is given
// when it closes.
func TestOpenWaveGetsTheSeat(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 2)
	h.must(h.Grant(t.Context(), h.client, h.ask(anna, shift)))
	bea, cor := h.member("bea", "weeding"), h.member("cor", "weeding")
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.FillTx(t.Context(), tx, matching.Fill{Shift: shift, Cooperative: h.client.Cooperative})
	}))
	for _, who := range []members.Actor{bea, cor} {
		h.must(h.Accept(t.Context(), who, h.offers(who)[0].ID))
	}
	h.callOff(anna, "")
	if a, b := h.state(bea), h.state(cor); a != matching.Yes || b != matching.Yes {
		t.Fatalf("while the window is open they are %s and %s", a, b)
	}
	h.later(24 * time.Hour)
	if a, b := h.state(bea), h.state(cor); a != matching.Confirmed || b != matching.Confirmed {
		t.Errorf("with two seats they are %s and %s", a, b)
	}
}

// TestReplacementForWhoDidNotCome: others are asked while the shift still goes on
// long enough; who says yes gets the seat of a shift that has begun.
func TestReplacementForWhoDidNotCome(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(6*time.Hour, anna)
	bea := h.member("bea", "weeding")
	e := h.worksOn(anna)
	h.later(3*time.Hour + 15*time.Minute)
	if len(h.offers(bea)) != 0 {
		t.Fatal("others are asked for a seat that is taken")
	}
	h.must(h.jobs.Miss(t.Context(), h.client, e))
	h.run()
	if got := h.state(bea); got != matching.Sent {
		t.Fatalf("nobody is looked for: %s", got)
	}
	_, _, err := h.Ask(t.Context(), h.member("cor", "weeding"), h.offers(bea)[0].Shift.ID)
	if !errors.Is(err, matching.ErrBroken) {
		t.Errorf("an ask for a shift that has begun: %v", err)
	}
	h.must(h.Accept(t.Context(), bea, h.offers(bea)[0].ID))
	h.later(45 * time.Minute)
	if got := h.state(bea); got != matching.Confirmed {
		t.Errorf("who said yes is %s", got)
	}
	h.later(10 * time.Hour) // and nothing goes on for ever
	if n := h.waiting(); n != 0 {
		t.Errorf("%d wait after the shift", n)
	}
}

// waiting counts the offers on which somebody waits.
func (h *house) waiting() (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM matching.offer WHERE state IN ('waiting_coach', 'asked', 'sent', 'yes', 'reserve')`).Scan(&n))
	return n
}

// TestComeBack: who called off by mistake has the seat again while it is free.
func TestComeBack(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(72*time.Hour, anna)
	e := h.worksOn(anna)
	if _, err := h.ComeBack(t.Context(), anna, e); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who did not leave: %v", err)
	}
	h.callOff(anna, "")
	if _, err := h.ComeBack(t.Context(), h.client, e); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the client: %v", err)
	}
	if again, err := h.ComeBack(t.Context(), anna, e); err != nil || again == e {
		t.Fatalf("ComeBack = %v", err)
	}
	if _, err := h.ComeBack(t.Context(), anna, e); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("twice: %v", err)
	}
	e = h.worksOn(anna)
	h.callOff(anna, jobs.OffIll)
	bea := h.member("bea", "weeding")
	h.later(2 * time.Hour)
	h.must(h.Accept(t.Context(), bea, h.offers(bea)[0].ID))
	h.later(24 * time.Hour)
	if _, err := h.ComeBack(t.Context(), anna, e); !errors.Is(err, jobs.ErrNoSeat) {
		t.Errorf("after somebody else has it: %v", err)
	}
}

// TestNotComingIsFree is promise 1: calling off, being ill, not coming, and being
// called off leave the next explanation byte for byte what it is for who never had
// the work.
func TestNotComingIsFree(t *testing.T) {
	explanation := func(happens func(h *house, who members.Actor)) string {
		h := newHouse(t)
		who := h.member("anna", "weeding")
		if happens != nil {
			h.taken(20*time.Hour, who)
			h.later(5 * time.Hour)
			happens(h, who)
		}
		h.now = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
		h.run()
		h.post(72*time.Hour, 1)
		list := h.offers(who)
		return text(t, list[len(list)-1].Explanation)
	}
	never := explanation(nil)
	for name, happens := range map[string]func(*house, members.Actor){
		"called off": func(h *house, who members.Actor) { h.callOff(who, "") },
		"ill":        func(h *house, who members.Actor) { h.callOff(who, jobs.OffIll) },
		"absent": func(h *house, who members.Actor) {
			h.later(6 * time.Hour)
			h.must(h.jobs.Miss(h.t.Context(), h.client, h.worksOn(who)))
			h.run()
		},
		"called off by the client, and paid": func(h *house, who members.Actor) {
			h.must(h.jobs.CallOffWork(h.t.Context(), h.client, h.worksOn(who), 100_000))
			h.run()
		},
	} {
		if got := explanation(happens); got != never {
			t.Errorf("who was %s has\n%s, others\n%s", name, got, never)
		}
	}
}

// TestStoppedWorkLeavesTimeFree: once the client ended it, the member can be asked
// for work in the rest of its time; before that they cannot.
func TestStoppedWorkLeavesTimeFree(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.taken(2*time.Hour, anna)
	h.later(90 * time.Minute)
	e := h.worksOn(anna)
	h.post(time.Hour, 1)
	if n := len(h.offers(anna)); n != 1 {
		t.Fatalf("while she works she has %d offers", n)
	}
	h.must(h.jobs.CallOffWork(t.Context(), h.client, e, 1_000_000))
	h.post(time.Hour, 1)
	list := h.offers(anna)
	asked := slices.IndexFunc(list, func(o matching.Offer) bool { return o.State == matching.Sent })
	if asked < 0 {
		t.Fatalf("after that she has %d offers and is asked nothing", len(list))
	}
	h.must(h.Accept(t.Context(), anna, list[asked].ID))
	h.later(50 * time.Minute)
	if got := h.on(anna, list[asked].Shift.ID).State; got != matching.Confirmed {
		t.Errorf("she is %s", got)
	}
}
