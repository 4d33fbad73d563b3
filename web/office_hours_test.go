package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// TestOfficeAnswersOnThePage: a client of whom nobody can sign in; the first page of
// a coordinator leads to the hours, and there is what the client would do.
func TestOfficeAnswersOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	h.now = h.now.Add(72 * time.Hour)
	h.do(`UPDATE members.role SET ended_at = $2 WHERE client_id = $1`, h.actors[members.RoleClient].Client, h.now)
	h.must(h.jobs.ProposeHours(t.Context(), h.actors[members.RoleMember], e, jobs.Hours{Worked: 12 * time.Hour}))
	h.now = h.now.Add(8 * 24 * time.Hour)
	h.says(h.signedIn(members.RoleMember).get(path), "Een coördinator antwoordt voor de klant en krijgt elke week bericht.")
	office := h.signedIn(members.RoleCoordinator)
	h.says(office.get("/home"), "Er wacht één ding over uren of een rekening.")
	list := office.get("/hours")
	h.says(list, "Bij deze klanten kan niemand inloggen.", "Mens member")
	if list.Find(`a[href="`+path+`"]`).Length() != 1 {
		t.Error("the list leads nowhere")
	}
	page := office.get(path)
	h.says(page, "Je antwoordt hier voor")
	h.saysNothingOf(page, "Deze dag")
	if page.Find(`form[action="`+path+`/agree"]`).Length() != 1 || page.Find(`form[action="`+path+`/hours"] input[name=reason]`).Length() != 1 || page.Find(`form[action$="/off"], form[action$="/clock"]`).Length() != 0 {
		t.Errorf("the page has %s", page.Find("main").Text())
	}
	h.expect(office.get(path+"/dispute"), http.StatusOK)
	h.expect(office.post(path+"/hours", "hours", "3"), http.StatusUnprocessableEntity)
	h.expect(office.post(path+"/hours", "hours", "3", "reason", "De klant belde."), http.StatusSeeOther)
	h.says(h.signedIn(members.RoleMember).get(path), "De klant belde.")
	h.says(office.get("/deeds"), "Gaf antwoord over uren voor een klant")
	h.saysNothingOf(office.get("/hours"), "Mens member")
	h.expect(h.signedIn(members.RoleCoach).get(path), http.StatusForbidden)
	h.expect(h.signedIn(members.RoleMember).get("/hours"), http.StatusForbidden)
	if !h.mailed("Bij deze klant kan niemand inloggen.") {
		t.Error("the office has no mail")
	}
}

// TestUnbilledHasAList: what and why for the office, in kind words for the member,
// and nothing of why.
func TestUnbilledHasAList(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.do(`UPDATE jobs.engagement SET unbilled_at = $2, unbilled_why = 'person' WHERE id = $1`, e, h.now)
	office := h.signedIn(members.RoleCoordinator)
	h.says(office.get("/hours"), "Werk dat niet op een rekening kan", "Vraag het aan het lid.", "Mens member")
	h.says(h.signedIn(members.RoleMember).get("/engagements/"+e.String()), "Je geld komt later.")
	h.saysNothingOf(h.signedIn(members.RoleClient).get("/engagements/"+e.String()), "gegevens van het lid")
}

// TestRaiseForTheLawOnThePage: the list leads to the price of a gig that is over,
// and nobody else gets there.
func TestRaiseForTheLawOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	price := "/gigs/" + h.gig.String() + "/price"
	h.now = h.now.Add(72 * time.Hour)
	h.must(h.jobs.Finish(t.Context(), h.actors[members.RoleClient], h.gig))
	office := h.signedIn(members.RoleCoordinator)
	h.expect(office.get(price), http.StatusConflict)
	h.do(`UPDATE jobs.engagement SET unbilled_at = $2, unbilled_why = 'floor' WHERE id = $1`, e, h.now)
	h.do(`UPDATE payments.legal_figure SET cents = 1700 WHERE kind = 'adult_minimum_wage'`)
	if office.get("/hours").Find(`a[href="`+price+`"]`).Length() != 1 {
		t.Error("the list does not lead to the price")
	}
	h.expect(office.get(price), http.StatusOK)
	h.expect(office.post(price, "post", "yes", "rate", "16,50", "form", "member_entrepreneur"), http.StatusUnprocessableEntity)
	h.expect(office.post(price, "post", "yes", "rate", "17,50", "form", "member_entrepreneur"), http.StatusSeeOther)
	h.expect(office.get(price), http.StatusConflict)
	if w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e); err != nil || w.Rate != 1750 {
		t.Errorf("the wage an hour is %d, %v", w.Rate, err)
	}
}

// TestClientBeginsOnThePage: five days after work about which the member says
// nothing there is a form, with the planned time in it.
func TestClientBeginsOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e)
	h.must(err)
	h.now = w.Shift.Ends.Add(24 * time.Hour)
	if h.signedIn(members.RoleClient).get(path).Find(`form[action$="/hours"]`).Length() != 0 {
		t.Error("the client begins a day after")
	}
	h.now = w.Shift.Ends.Add(5 * 24 * time.Hour)
	client := h.signedIn(members.RoleClient)
	page := client.get(path)
	h.says(page, "Hoe lang was dit werk?", "Was het anders?")
	if page.Find(`form[action="`+path+`/agree"]`).Length() != 0 || page.Find(`input[name=hours]`).AttrOr("value", "") == "0" {
		t.Errorf("the page has %s", page.Find("aside").Text())
	}
	h.expect(client.post(path+"/hours", "hours", "0", "minutes", "20", "reason", "Ziek naar huis."), http.StatusSeeOther)
	h.says(h.signedIn(members.RoleMember).get(path), "Ziek naar huis.")
}

// TestStoppedOnThePage: work that the client calls off once it has begun; the page
// says that hours follow, and the member can say them at once.
func TestStoppedOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e)
	h.must(err)
	h.now = w.Shift.Starts.Add(time.Hour)
	client := h.signedIn(members.RoleClient)
	page := client.get(path + "/cancel")
	h.says(page, "Het werk is begonnen.")
	h.expect(client.post(path+"/cancel", "seen", page.Find("input[name=seen]").AttrOr("value", "")), http.StatusSeeOther)
	member := h.signedIn(members.RoleMember)
	got := member.get(path)
	h.says(got, "De klant stopte het werk om "+clockText(h.now), "minstens")
	if got.Find(`form[action="`+path+`/hours"]`).Length() != 1 {
		t.Error("the member cannot say how long")
	}
	short := member.post(path+"/hours", "hours", "0", "minutes", "5")
	if short.status != http.StatusUnprocessableEntity || !strings.Contains(short.Find("main").Text(), "in elk geval wordt betaald") {
		t.Errorf("less than the late share gave %d %s", short.status, short.Find("main").Text())
	}
	if !h.mailed("De klant heeft het werk eerder gestopt.") {
		t.Error("the member has no mail")
	}
}
