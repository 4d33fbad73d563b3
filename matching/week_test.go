package matching_test

import (
	"strings"
	"testing"
	"time"

	"meent/matching"
	"meent/members"
)

// tell lets the member answer questions of the profile.
func (h *house) tell(who members.Actor, answers ...members.Answer) {
	h.t.Helper()
	for _, a := range answers {
		h.must(h.people.Answer(h.t.Context(), who, a))
	}
}

// TestOnlyAskedWhenTheyCanWork: Friday 27 November from 10.00 to 13.00, Dutch
// time. Who told nothing is asked as ever.
func TestOnlyAskedWhenTheyCanWork(t *testing.T) {
	h := newHouse(t)
	names := []string{"silent", "friday", "monday", "short", "off", "extra"}
	who := map[string]members.Actor{}
	for _, name := range names {
		who[name] = h.member(name, "weeding")
	}
	var friday, monday, short members.Week
	friday.Add(4, members.Span{From: 40, Until: 52})
	monday.Add(0, members.Span{From: 40, Until: 52})
	short.Add(4, members.Span{From: 40, Until: 51})
	h.tell(who["friday"], friday)
	h.tell(who["monday"], monday)
	h.tell(who["short"], short)
	h.tell(who["off"], friday)
	h.must(h.people.DayOff(t.Context(), who["off"], "2026-11-27"))
	h.tell(who["extra"], monday)
	h.must(h.people.ExtraTime(t.Context(), who["extra"], "2026-11-27", members.Span{From: 40, Until: 52}))
	h.post(72*time.Hour, 2)
	for name, want := range map[string]bool{"silent": true, "friday": true, "extra": true, "monday": false, "short": false, "off": false} {
		list := h.offers(who[name])
		if got := len(list) == 1; got != want {
			t.Errorf("%s has %d offers", name, len(list))
		}
		if want && len(list) == 1 && list[0].Explanation.Week != (name != "silent") {
			t.Errorf("the explanation of %s is %+v", name, list[0].Explanation)
		}
	}
}

// TestTheirOwnWeekForbidsNobodyToAsk: who asks for a time says that they can.
func TestTheirOwnWeekForbidsNobodyToAsk(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.must(h.people.WeekOff(t.Context(), anna, "2026-11-24", true))
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	if got := h.offers(anna)[0].Explanation; got.Week {
		t.Errorf("the explanation is %+v", got)
	}
	h.must(h.Grant(t.Context(), h.client, offer))
	if got := h.state(anna); got != matching.Confirmed {
		t.Errorf("what was asked and granted is %s", got)
	}
}

// TestPaceOfTheirOwn: who wants one offer at a time has one.
func TestPaceOfTheirOwn(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.tell(anna, members.ContactWays{Channel: members.ByMail, MostOffers: 1})
	for day := range 3 {
		h.post(time.Duration(72+24*day)*time.Hour, 1)
	}
	if a, b := len(h.offers(anna)), len(h.offers(bea)); a != 1 || b != 3 {
		t.Errorf("anna has %d offers and bea %d, want 1 and 3", a, b)
	}
}

// TestAvailabilityIsNoPartOfTheScore: points are the same with and without it.
func TestAvailabilityIsNoPartOfTheScore(t *testing.T) {
	points := func(told bool) string {
		h := newHouse(t)
		anna := h.member("anna", "weeding")
		if told {
			var always members.Week
			always.Set(0, members.WeekQuarters)
			h.tell(anna, always)
			h.must(h.people.WeekOff(t.Context(), anna, "2026-12-07", true))
		}
		h.post(72*time.Hour, 1)
		var lines []string
		for _, p := range h.offers(anna)[0].Explanation.Points {
			lines = append(lines, string(p.Kind), string(rune(p.Points)))
		}
		return strings.Join(lines, " ")
	}
	if silent, told := points(false), points(true); silent != told {
		t.Errorf("the points are %q, and with a week told %q", silent, told)
	}
}
