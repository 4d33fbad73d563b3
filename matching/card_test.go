package matching_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/matching"
	"meent/members"
)

// TestClientReadsACardWithoutAName: where who asks comes from, what they can do of
// the gig, and whether they came before; not what they are learning, or can do
// besides. The name comes with the yes.
func TestClientReadsACardWithoutAName(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding", "window-cleaning", "cloakroom"), h.member("bea", "weeding")
	h.exec(`UPDATE members.member_skill SET level = 'learning' WHERE member_id = $1 AND skill_code = 'weeding'`, anna.Member)
	_, before := h.quiet(48*time.Hour, 1)
	h.confirm(before, bea)
	_, shift := h.quiet(72*time.Hour, 2)
	first, second := h.ask(anna, shift), h.ask(bea, shift)
	cards := map[matching.OfferID]matching.Card{}
	list, err := h.AskedSeats(t.Context(), h.client)
	h.must(err)
	for _, a := range list {
		cards[a.ID] = a.Card
		if text := strings.ToLower(fmt.Sprintf("%+v", a)); strings.Contains(text, "anna") || strings.Contains(text, anna.Member.String()) {
			t.Errorf("the client reads who asks: %s", text)
		}
	}
	windows := members.Skill{Code: "window-cleaning", GroupCode: "cleaning", NL: "Ramen lappen", EN: "Window cleaning"}
	weeding := members.Skill{Code: "weeding", GroupCode: "green", NL: "Onkruid wieden", EN: "Weeding"}
	want := map[matching.OfferID]matching.Card{
		first:  {PlaceName: "Nijmegen", Can: []members.Skill{windows}},
		second: {PlaceName: "Nijmegen", Can: []members.Skill{weeding}},
	}
	if diff := cmp.Diff(want, cards); diff != "" {
		t.Error(diff)
	}
	h.exec(`UPDATE jobs.engagement SET state = 'finished' WHERE member_id = $1`, bea.Member)
	if a, err := h.AskedSeat(t.Context(), h.client, second); err != nil || !a.Card.Been || a.Member != "" {
		t.Errorf("who came before: %+v, %v", a, err)
	}
	h.must(h.Grant(t.Context(), h.client, first))
	h.must(h.Refuse(t.Context(), h.client, second, matching.Refusal{Why: matching.SomebodyElse}))
	if a, err := h.AskedSeat(t.Context(), h.client, first); err != nil || a.Member != "anna" {
		t.Errorf("after the yes: %+v, %v", a, err)
	}
	a, err := h.AskedSeat(t.Context(), h.client, second)
	if diff := cmp.Diff(matching.Card{Can: []members.Skill{}}, a.Card); err != nil || diff != "" || a.Member != "" {
		t.Errorf("after the no: %+v, %v %s", a, err, diff)
	}
}

// TestCardOfWorkThatIsOff: once the member does not come the client reads that, and
// no more who it was; the office reads who.
func TestCardOfWorkThatIsOff(t *testing.T) {
	for name, off := range map[string]func(*house, members.Actor){
		"by the member": func(h *house, anna members.Actor) { h.callOff(anna, "") },
		"by the client": func(h *house, anna members.Actor) {
			h.must(h.jobs.CallOffWork(h.t.Context(), h.client, h.worksOn(anna), 100_000))
		},
	} {
		h := newHouse(t)
		anna := h.member("anna", "weeding")
		_, shift := h.quiet(72*time.Hour, 1)
		ask := h.ask(anna, shift)
		h.must(h.Grant(t.Context(), h.client, ask))
		if a, err := h.AskedSeat(t.Context(), h.client, ask); err != nil || a.State != matching.Confirmed || a.Card.PlaceName == "" {
			t.Fatalf("%s: before, %+v, %v", name, a, err)
		}
		off(h, anna)
		a, err := h.AskedSeat(t.Context(), h.client, ask)
		if diff := cmp.Diff(matching.Card{Can: []members.Skill{}}, a.Card); err != nil || diff != "" || a.State != matching.Withdrawn || a.Member != "" {
			t.Errorf("%s: %q is %s, %v %s", name, a.Member, a.State, err, diff)
		}
		if a, err := h.AskedSeat(t.Context(), h.coordinator(), ask); err != nil || a.State != matching.Withdrawn || a.Member != "anna" {
			t.Errorf("%s: the office reads %q, %s, %v", name, a.Member, a.State, err)
		}
	}
}
