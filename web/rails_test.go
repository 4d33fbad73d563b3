package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// TestRailsAreProposedAnsweredAndEnded: the coach proposes, the member agrees,
// and stops it alone.
func TestRailsAreProposedAnsweredAndEnded(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	base := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/rails"
	if got := coach.get(base); got.status != http.StatusForbidden {
		t.Errorf("without a key the coach gets %d", got.status)
	}
	h.says(member.get("/coach/rails"), "Er is nog niets afgesproken.", "Deel eerst je voortgang")
	h.share(member, "24", "5", "2027", "progress")
	if coach.get(strings.TrimSuffix(base, "/rails")).Find(`a[href="`+base+`"]`).Length() != 1 || member.get("/coach").Find(`a[href="/coach/rails"]`).Length() != 1 {
		t.Error("no page leads there")
	}
	form := coach.get(base + "?kind=hours_day")
	if day, _ := form.Find("#review-month").Attr("value"); day != "5" || form.Find("#minutes option").Length() != 24 {
		t.Errorf("the form begins with month %q and %d choices", day, form.Find("#minutes option").Length())
	}
	fields := []string{"kind", "hours_day", "review-day", "24", "review-month", "5", "review-year", "2027", "reason", "Rustig beginnen."}
	if got := coach.post(base, append(fields, "minutes", "")...); got.status != http.StatusUnprocessableEntity || got.Find("#minutes-wrong").Length() != 1 {
		t.Errorf("no hours gave %d", got.status)
	}
	if got := coach.post(base, append(fields, "minutes", "9000")...); got.status != http.StatusUnprocessableEntity {
		t.Errorf("hours that no day has gave %d", got.status)
	}
	if got := coach.post(base, append(fields, "minutes", "240")...); got.location != base {
		t.Fatalf("proposing gave %d %s", got.status, got.Find("main").Text())
	}
	h.expect(coach.post(base, append(fields, "minutes", "300")...), http.StatusConflict)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, "/coach/rails") || strings.Contains(got, "Rustig") || strings.Contains(got, "uur") {
		t.Errorf("the member was mailed %q", got)
	}
	page := member.get("/coach/rails")
	h.says(page, "Hoogstens 4 uur op een dag", "wacht op jou", "Rustig beginnen.")
	yes, _ := page.Find(`form[action$="/yes"]`).Attr("action")
	h.expect(coach.post(base+strings.TrimPrefix(yes, "/coach/rails")), http.StatusConflict)
	h.expect(member.post(yes), http.StatusSeeOther)
	if got := h.mailAs(members.RoleCoach); !strings.Contains(got, base) {
		t.Errorf("the coach was mailed %q", got)
	}
	h.says(coach.get(base), "afgesproken", "Jullie kijken hier opnieuw naar op")
	h.now = time.Date(2027, 5, 24, 9, 0, 0, 0, time.UTC)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, "opnieuw") {
		t.Errorf("on the day the member was mailed %q", got)
	}
	member = h.signedIn(members.RoleMember)
	h.says(member.get("/coach/rails"), "Het is tijd om hier samen naar te kijken")
	h.expect(member.post(strings.TrimSuffix(yes, "yes")+"end"), http.StatusSeeOther)
	h.says(member.get("/coach/rails"), "Er is nog niets afgesproken.", "gestopt")
	for _, path := range []string{"/home", "/gigs/" + h.gig.String()} {
		if got := h.signedIn(members.RoleClient).get(path).body; strings.Contains(got, "rails") || strings.Contains(got, "Rustig") {
			t.Errorf("the client reads of it on %s", path)
		}
	}
}

func TestMemberProposesARail(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	base := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/rails"
	h.share(member, "24", "5", "2027", "progress")
	got := member.post("/coach/rails", "kind", "only_groups", "groups", "green", "groups", "cleaning", "review-day", "24", "review-month", "5", "review-year", "2027")
	if got.location != "/coach/rails" {
		t.Fatalf("proposing gave %d %s", got.status, got.Find("main").Text())
	}
	if got := member.post("/coach/rails", "kind", "not_groups", "review-day", "24", "review-month", "5", "review-year", "2027"); got.status != http.StatusUnprocessableEntity ||
		got.Find("#groups-wrong").Length() != 1 {
		t.Errorf("no groups gave %d", got.status)
	}
	page := coach.get(base)
	h.says(page, "Alleen dit werk: Groen en tuin, Schoonmaken", "wacht op jou")
	no, _ := page.Find(`form[action$="/no"]`).Attr("action")
	h.expect(coach.post(no), http.StatusSeeOther)
	h.says(member.get("/coach/rails"), "niet afgesproken")
}

// coachSees lets both agree that the coach sees work first, and posts some.
func (h *house) coachSees() string {
	h.t.Helper()
	anna, els := h.actors[members.RoleMember], h.actors[members.RoleCoach]
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "progress", "offers")
	rail, err := h.coaching.ProposeRail(h.t.Context(), els, anna.Member, coaching.NewRail{Kind: coaching.CoachRail})
	h.must(err)
	h.must(h.coaching.AnswerRail(h.t.Context(), anna, rail, true))
	h.run()
	h.now = h.now.Add(time.Second) // so that the next mail is newer
	h.post(h.actors[members.RoleClient], "Ramen lappen")
	return "/caseload/" + anna.Member.String() + "/offers"
}

func (h *house) waiting(coach *browser, path string) (pass, hold, field string) {
	h.t.Helper()
	page := coach.get(path)
	pass, _ = page.Find(`form[action$="/pass"]`).Attr("action")
	hold, _ = page.Find(`form[action$="/hold"]`).Attr("action")
	field, _ = page.Find("textarea").Attr("name")
	return pass, hold, field
}

func TestCoachPassesWorkOn(t *testing.T) {
	h := newHouse(t)
	path := h.coachSees()
	if got := h.mailWith(members.RoleCoach, path); got == "" || strings.Contains(got, "Ramen") || strings.Contains(got, "Mens member") {
		t.Errorf("the coach was mailed %q", got)
	}
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	pass, _, _ := h.waiting(coach, path)
	offer := "/offers/" + strings.Split(pass, "/")[4]
	page := member.get(offer)
	h.says(page, "je coach kijkt eerst", "Je hoeft niets te doen")
	if page.Find(`form[action$="/yes"]`).Length() != 0 {
		t.Error("the member can answer what the coach still has")
	}
	h.expect(coach.post(pass), http.StatusSeeOther)
	h.expect(coach.post(pass), http.StatusConflict)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, offer) {
		t.Errorf("the member was mailed %q", got)
	}
	if member.get(offer).Find(`form[action$="/yes"]`).Length() != 1 {
		t.Error("the member cannot answer")
	}
	h.says(coach.get(path), "Er wacht nu niets op jou")
}

func TestCoachHoldsWorkBack(t *testing.T) {
	h := newHouse(t)
	path := h.coachSees()
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	_, hold, field := h.waiting(coach, path)
	offer := "/offers/" + strings.Split(hold, "/")[4]
	if got := coach.post(hold, field, " "); got.status != http.StatusUnprocessableEntity || got.Find("#"+field+"-wrong").Length() != 1 {
		t.Errorf("no reason gave %d", got.status)
	}
	h.expect(coach.post(hold, field, "Je begint die dag al vroeg."), http.StatusSeeOther)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, offer) || strings.Contains(got, "vroeg.") {
		t.Errorf("the member was mailed %q", got)
	}
	page := member.get(offer)
	h.says(page, "niet doorgegeven", "Je begint die dag al vroeg.", "Wil je dit werk toch?")
	ask, _ := page.Find(`form[action$="/ask"]`).Attr("action")
	if got := member.post(ask); got.location != offer {
		t.Errorf("asking gave %d %s", got.status, got.location)
	}
	h.says(member.get(offer), "gevraagd")
	client := h.signedIn(members.RoleClient)
	for _, page := range []string{"/home", "/asks/" + strings.TrimPrefix(offer, "/offers/")} {
		if body := client.get(page).body; strings.Contains(body, "vroeg") || strings.Contains(body, "coach kijkt") {
			t.Errorf("the client reads of it on %s", page)
		}
	}
}
