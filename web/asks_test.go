package web_test

import (
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestHomeAndCaseloadSayWhatWaits: for the member and for the coach, each with its
// way there, and nothing of what it says.
func TestHomeAndCaseloadSayWhatWaits(t *testing.T) {
	h := newHouse(t)
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	m, at := h.actors[members.RoleMember].Member, "/caseload/"+h.actors[members.RoleMember].Member.String()
	for _, page := range []answer{member.get("/home"), coach.get(at)} {
		if page.Find("#asks").Length() != 0 || page.Find(`a[href="/progress/score"]`).Length() != 0 {
			t.Errorf("something waits already: %s", page.Find("main").Text())
		}
	}
	h.letCoach(members.ProgressScope, members.SelfScoresScope)
	_, err := h.coaching.ProposeRail(t.Context(), h.actors[members.RoleCoach], m, coaching.NewRail{Kind: coaching.NightRail, Review: "2027-05-24", Reason: "Rustig."})
	h.must(err)
	_, err = h.coaching.ProposeRail(t.Context(), h.actors[members.RoleMember], m, coaching.NewRail{Kind: coaching.AloneRail, Review: "2027-05-24"})
	h.must(err)
	_, err = h.coaching.ProposeRung(t.Context(), h.actors[members.RoleMember], m, 3)
	h.must(err)
	home := member.get("/home")
	h.says(home, "Mens vraagt iets: wil je deze afspraak?", "Hoe gaat het deze week?")
	h.saysNothingOf(home, "Rustig.")
	if asks := home.Find(`[aria-labelledby="asks"] a`); asks.Length() != 1 || asks.AttrOr("href", "") != "/coach/rails" || home.Find(`a[href="/progress/score"]`).Length() != 1 {
		t.Errorf("the member is led to %d pages", asks.Length())
	}
	page := coach.get(at)
	h.says(page, "Mens vraagt iets: maak je deze afspraak?", "Mens vraagt iets: klopt deze stap op de ladder?")
	if page.Find(`[aria-labelledby="asks"] a[href="`+at+`/rails"]`).Length() != 1 || page.Find(`[aria-labelledby="asks"] a[href="`+at+`/progress#ladder"]`).Length() != 1 {
		t.Error("nothing leads the coach there")
	}
}
