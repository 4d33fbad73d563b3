package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// show lets the member show their card to Waalkracht's client by the form.
func (h *house) show(b *browser, fields ...string) answer {
	h.t.Helper()
	return b.post("/sharing/clients", append([]string{"client", h.actors[members.RoleClient].Client.String(), "until-day", "24", "until-month", "5", "until-year", "2027"}, fields...)...)
}

// TestCardIsShownWithTwoKeys: the member asks, the coach agrees, the client
// reads, the member sees that, and takes it back.
func TestCardIsShownWithTwoKeys(t *testing.T) {
	h := newHouse(t)
	member, coach, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach), h.signedIn(members.RoleClient)
	timeline := "/caseload/" + h.actors[members.RoleMember].Member.String()
	page := member.get("/sharing/clients")
	h.says(page, "Nog geen klant ziet je kaart.", "Dit ziet de klant")
	if got := page.Find("#until-day").AttrOr("value", "") + page.Find("#until-month").AttrOr("value", "") + page.Find("#until-year").AttrOr("value", ""); got != "2452027" {
		t.Errorf("the form begins with %s", got)
	}
	h.expect(h.show(member, "sentence", "Ik werk graag buiten."), http.StatusSeeOther)
	h.says(member.get("/sharing/clients"), "wacht op de coach", "Ik werk graag buiten.")
	h.says(client.get("/people"), "Er is nu niemand")
	h.expect(coach.get(timeline+"/releases"), http.StatusForbidden)
	h.expect(h.share(member, "24", "5", "2027", "profile"), http.StatusSeeOther)
	asked := coach.get(timeline + "/releases")
	h.says(asked, "wacht op de coach")
	h.expect(coach.post(asked.Find(`form[action$="/yes"]`).AttrOr("action", "")), http.StatusSeeOther)
	h.says(member.get("/sharing/clients"), "staat open")

	h.says(client.get("/home"), "Eén persoon laat zich aan u zien")
	list := client.get("/people")
	path := list.Find(`main a[href^="/people/"]`).AttrOr("href", "")
	if !strings.HasPrefix(path, "/people/") || strings.Contains(list.Find("main").Text(), "Mens member") {
		t.Fatalf("the list leads to %q:\n%s", path, list.Find("main").Text())
	}
	h.says(client.get(path), "Mens", "Ik werk graag buiten.", "Mens kan zien dat u dit las.")
	h.saysNothingOf(client.get(path), "Mens member", "uur per week", "Begeleiding", "@meent.example")
	h.says(member.get("/sharing"), "Mens client keek naar je profiel.")
	for kind, want := range map[members.RoleKind]int{members.RoleCoach: http.StatusForbidden, members.RoleCoordinator: http.StatusForbidden, members.RoleMember: http.StatusForbidden} {
		h.expect(h.signedIn(kind).get(path), want)
	}
	far := h.browser()
	code, _ := far.ask(person(members.RoleClient, "noord").Email)
	h.expect(far.post("/signin/code", "code", code), http.StatusSeeOther)
	h.expect(far.get(path), http.StatusNotFound)

	stop := member.get("/sharing/clients").Find(`form[action$="/stop"]`).AttrOr("action", "")
	for range 2 {
		h.expect(member.post(stop), http.StatusSeeOther)
	}
	h.expect(client.get(path), http.StatusNotFound)
	h.says(client.get("/people"), "Er is nu niemand")
	h.expect(coach.post(asked.Find(`form[action$="/yes"]`).AttrOr("action", "")), http.StatusConflict)
	h.says(member.get("/account/deeds"), "Een klant mag de kaart zien", "Een klant mag de kaart niet meer zien")
}

// TestCoachProposesAClient: the member answers, or says no.
func TestCoachProposesAClient(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	path := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/releases"
	fields := []string{"client", h.actors[members.RoleClient].Client.String(), "until-day", "24", "until-month", "5", "until-year", "2027"}
	got := coach.post(path, fields...)
	h.expect(got, http.StatusForbidden)
	h.says(got, "Dit mag je nu niet zien")
	h.expect(h.share(member, "24", "5", "2027", "profile"), http.StatusSeeOther)
	h.expect(coach.post(path, fields...), http.StatusSeeOther)
	page := member.get("/sharing/clients")
	h.says(page, "wacht op het lid", "Je coach stelt dit voor.")
	yes := page.Find(`form[action$="/yes"]`).AttrOr("action", "")
	say := page.Find(`form[action$="/yes"] textarea`).AttrOr("name", "")
	wrong := member.post(yes, say, strings.Repeat("a", 201))
	if wrong.status != http.StatusUnprocessableEntity || wrong.Find("#"+say+"-wrong").Length() != 1 {
		t.Errorf("a long sentence gave %d", wrong.status)
	}
	h.expect(member.post(yes, say, "Tot dan!"), http.StatusSeeOther)
	h.says(h.signedIn(members.RoleClient).get("/people"), "Mens")
	h.expect(member.post("/clients/"+h.actors[members.RoleClient].Client.String()+"/block", "reason", ""), http.StatusSeeOther)
	h.says(h.signedIn(members.RoleClient).get("/people"), "Er is nu niemand")
	h.says(member.get("/sharing/clients"), "gestopt")
	h.expect(coach.post(path, fields...), http.StatusSeeOther) // whom a member keeps away shows to nobody
	got = member.post(member.get("/sharing/clients").Find(`form[action$="/yes"]`).AttrOr("action", ""))
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("form .wrong").Text(), "Voor deze klant werk je niet.") {
		t.Errorf("agreed to a client who is kept away: %d", got.status)
	}
}

func TestShowingThatIsWrong(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for name, tt := range map[string]struct {
		got  answer
		says string
	}{
		"no client": {b.post("/sharing/clients", "until-day", "24", "until-month", "5", "until-year", "2027"), "Kies minstens één ding."},
		"elsewhere": {b.post("/sharing/clients", "client", h.far[members.RoleClient].Client.String(), "until-day", "24", "until-month", "5", "until-year", "2027"), "Kies een van de antwoorden."},
		"yesterday": {b.post("/sharing/clients", "client", h.actors[members.RoleClient].Client.String(), "until-day", "23", "until-month", "11", "until-year", "2026"), "Deze dag is al voorbij."},
	} {
		if tt.got.status != http.StatusUnprocessableEntity || !strings.Contains(tt.got.Find("form .wrong").Text(), tt.says) {
			t.Errorf("%s gave %d: %q", name, tt.got.status, tt.got.Find("form .wrong").Text())
		}
	}
	for _, release := range []string{"17", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"} {
		h.expect(b.post("/sharing/clients/"+release+"/yes"), http.StatusNotFound)
		h.expect(b.post("/sharing/clients/"+release+"/stop"), http.StatusNotFound)
		h.expect(h.signedIn(members.RoleClient).get("/people/"+release), http.StatusNotFound)
	}
}
