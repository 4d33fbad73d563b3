package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
)

// move moves the membership of a member who joined.
func (h *house) move(who members.Actor, to ...members.Membership) {
	h.t.Helper()
	for _, one := range to {
		h.must(h.people.MoveMember(h.t.Context(), h.coordinator(), who.Member, one, "because"))
	}
}

// TestWhoIsGoneIsNotAsked, and is asked again when they come back on trial.
func TestWhoIsGoneIsNotAsked(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.move(anna, members.Alumni)
	h.move(bea, members.Alumni, members.OnTrial)
	h.post(72*time.Hour, 5)
	if a, b := len(h.offers(anna)), len(h.offers(bea)); a != 0 || b != 1 {
		t.Errorf("the alumna has %d offers, who is on trial %d", a, b)
	}
	gig, shift := h.quiet(96*time.Hour, 1)
	var broken *matching.Broken
	if _, _, err := h.Ask(t.Context(), anna, shift); !errors.As(err, &broken) || !slices.Contains(broken.Rules, matching.WorksRule) {
		t.Errorf("the alumna asks: %v", err)
	}
	if chances, err := h.Chances(t.Context(), anna, gig); err != nil || !slices.Contains(chances[0].Broken, matching.WorksRule) {
		t.Errorf("her chances are %+v, %v", chances, err)
	}
	h.ask(bea, shift)
}

// TestWhoIsGoneWaitsNoMore: what was open ends and is told, what is agreed stays.
func TestWhoIsGoneWaitsNoMore(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(96*time.Hour, 1)
	_, sure := h.quiet(120*time.Hour, 1)
	asked, agreed := h.ask(anna, shift), h.ask(anna, sure)
	h.must(h.Grant(t.Context(), h.client, agreed))
	h.post(72*time.Hour, 1)
	h.move(anna, members.Alumni)
	h.told = nil
	ended := members.MembershipEnded{Cooperative: anna.Cooperative, Member: anna.Member}
	end := func() {
		h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.MembershipEndedTx(t.Context(), tx, ended) }))
	}
	end()
	end()
	h.run()
	states := map[matching.State]int{}
	for _, o := range h.offers(anna) {
		states[o.State]++
	}
	if states[matching.Withdrawn] != 2 || states[matching.Confirmed] != 1 || len(h.told) != 2 {
		t.Errorf("the offers are %v, told is %v", states, h.told)
	}
	if err := h.Grant(t.Context(), h.client, asked); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("granting it then: %v", err)
	}
	bea := h.member("bea", "weeding")
	h.post(48*time.Hour, 1)
	h.move(bea, members.Alumni, members.OnTrial) // back before the task came
	ended.Member = bea.Member
	end()
	if got := h.state(bea); got != matching.Sent {
		t.Errorf("who is back lost what was open: %s", got)
	}
}

// TestWhoIsGoneGetsNoSeat: the membership ended between yes and seat.
func TestWhoIsGoneGetsNoSeat(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	_, shift := h.quiet(96*time.Hour, 1)
	asked := h.ask(bea, shift)
	h.post(72*time.Hour, 1)
	h.must(h.Accept(t.Context(), anna, h.offers(anna)[0].ID))
	h.move(anna, members.Alumni)
	h.move(bea, members.Alumni)
	if err := h.Grant(t.Context(), h.client, asked); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("granting an alumna's question: %v", err)
	}
	h.later(25 * time.Hour)
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("the yes of an alumna is %s", got)
	}
	for _, who := range []members.Actor{anna, bea} {
		if coming, err := h.jobs.Coming(t.Context(), who, h.now, 5); err != nil || len(coming) > 0 {
			t.Errorf("%s works: %+v, %v", who.Name, coming, err)
		}
	}
}
