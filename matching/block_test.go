package matching_test

import (
	"errors"
	"testing"
	"time"

	"meent/matching"
)

// TestBlockedClientGetsNoOffer: whom a member blocks, they are not offered to.
func TestBlockedClientGetsNoOffer(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.must(h.people.Block(t.Context(), anna, h.client.Client, "Geschreeuw."))
	h.post(48*time.Hour, 2)
	h.run()
	if offers, err := h.Offers(t.Context(), anna); err != nil || len(offers) != 0 {
		t.Errorf("Anna is offered %+v, %v", offers, err)
	}
	if offers, err := h.Offers(t.Context(), bea); err != nil || len(offers) != 1 {
		t.Errorf("Bea is offered %+v, %v", offers, err)
	}
}

func TestBlockedClientCannotBeAsked(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	gig, shift := h.quiet(72*time.Hour, 1)
	h.must(h.people.Block(t.Context(), anna, h.client.Client, ""))
	h.breaks(anna, shift, matching.BlockRule)
	if chances, err := h.Chances(t.Context(), anna, gig); err != nil || len(chances) != 1 || len(chances[0].Broken) != 1 || chances[0].Broken[0] != matching.BlockRule {
		t.Errorf("the chances are %+v, %v", chances, err)
	}
	h.must(h.people.Unblock(t.Context(), anna, h.client.Client))
	h.ask(anna, shift)
}

// TestBlockAfterTheAskGivesNoSeat: the client reads what they read of everybody
// who can no longer come.
func TestBlockAfterTheAskGivesNoSeat(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	h.must(h.people.Block(t.Context(), anna, h.client.Client, ""))
	if err := h.Grant(t.Context(), h.client, offer); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("the client's yes gave %v", err)
	}
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("the ask is %s", got)
	}
}

func TestBlockAfterTheYesGivesNoSeat(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.post(48*time.Hour, 1)
	h.run()
	offers, err := h.Offers(t.Context(), anna)
	h.must(err)
	h.must(h.Accept(t.Context(), anna, offers[0].ID))
	h.must(h.people.Block(t.Context(), anna, h.client.Client, ""))
	h.now = offers[0].Until
	h.run()
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("the yes is %s", got)
	}
	if coming, err := h.jobs.Coming(t.Context(), anna, h.now, 5); err != nil || len(coming) != 0 {
		t.Errorf("Anna works %+v, %v", coming, err)
	}
}

// TestBlockLeavesWhatIsAgreed: engagements go on.
func TestBlockLeavesWhatIsAgreed(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	h.must(h.Grant(t.Context(), h.client, h.ask(anna, shift)))
	h.must(h.people.Block(t.Context(), anna, h.client.Client, ""))
	if coming, err := h.jobs.Coming(t.Context(), anna, h.now, 5); err != nil || len(coming) != 1 {
		t.Errorf("Anna works %+v, %v", coming, err)
	}
}
