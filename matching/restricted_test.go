package matching_test

import (
	"errors"
	"testing"
	"time"

	"meent/matching"
	"meent/members"
)

const reason = "Er zijn drie meldingen over onveilig werken bij klanten."

func (h *house) restrict(who members.Actor) {
	h.t.Helper()
	h.must(h.people.Restrict(h.t.Context(), h.coordinator(), who.Person, reason))
}

// TestRestrictedMemberIsNotAsked, and is again once a person restored them.
func TestRestrictedMemberIsNotAsked(t *testing.T) {
	h := newHouse(t)
	anna, bram := h.member("anna", "window-cleaning"), h.member("bram", "window-cleaning")
	h.restrict(anna)
	h.post(48*time.Hour, 1)
	if len(h.offers(anna)) != 0 || len(h.offers(bram)) != 1 {
		t.Errorf("%d offers to the one who is restricted, %d to the other", len(h.offers(anna)), len(h.offers(bram)))
	}
	h.must(h.people.Restore(h.t.Context(), h.coordinator(), anna.Person, reason))
	h.post(72*time.Hour, 2)
	if len(h.offers(anna)) != 1 {
		t.Errorf("%d offers once restored", len(h.offers(anna)))
	}
}

// TestRestrictedMemberTakesNothingNew: no is still free, and what waits ends.
func TestRestrictedMemberTakesNothingNew(t *testing.T) {
	h := newHouse(t)
	anna, bram := h.member("anna", "window-cleaning"), h.member("bram", "window-cleaning")
	h.post(48*time.Hour, 2)
	offer, yes := h.offers(anna)[0].ID, h.offers(bram)[0].ID
	h.must(h.Accept(t.Context(), bram, yes))
	h.restrict(anna)
	h.restrict(bram)
	if err := h.Accept(t.Context(), anna, offer); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("a restricted member accepts: %v", err)
	}
	h.must(h.Decline(t.Context(), anna, offer, ""))
	_, shift := h.quiet(96*time.Hour, 1)
	if _, _, err := h.Ask(t.Context(), anna, shift); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("a restricted member asks: %v", err)
	}
	h.later(25 * time.Hour) // the window closes
	if state := h.state(bram); state != matching.Withdrawn {
		t.Errorf("the yes of a member who was restricted since is %s", state)
	}
}

// TestRestrictedContactGivesNoSeat; the office is asked instead.
func TestRestrictedContactGivesNoSeat(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "window-cleaning")
	_, shift := h.quiet(96*time.Hour, 2)
	ask := h.ask(anna, shift)
	h.restrict(h.client)
	if err := h.Grant(t.Context(), h.client, ask); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("a restricted contact gives a seat: %v", err)
	}
	_, people, err := h.Deciders(t.Context(), h.client.Cooperative, ask)
	if err != nil || len(people) != 1 || people[0].ID != h.coordinator().Person {
		t.Errorf("told: %v, %v", people, err)
	}
	h.restrict(anna)
	if err := h.Grant(t.Context(), h.coordinator(), ask); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("a seat for a restricted member: %v", err)
	}
}
