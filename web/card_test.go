package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
)

// card makes a card and gives its address, which the page shows as a picture.
func (h *house) card() (path string) {
	h.t.Helper()
	secret, err := h.coaching.PrintCard(h.t.Context(), h.actors[members.RoleCoach], h.actors[members.RoleMember].Member)
	h.must(err)
	return "/card/" + secret
}

func (h *house) cardPath() string {
	return "/caseload/" + h.actors[members.RoleMember].Member.String() + "/card"
}

func TestCardIsPrintedWithTheMembersYes(t *testing.T) {
	h := newHouse(t)
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	if got := coach.post(h.cardPath()); got.status != http.StatusForbidden || !strings.Contains(got.Find("main").Text(), "voor mij handelen") {
		t.Errorf("without a grant: %d", got.status)
	}
	h.share(member, "1", "2", "2027", "act for me")
	got := coach.post(h.cardPath())
	if got.status != http.StatusOK || got.Find("svg.qr path").AttrOr("d", "") == "" || !strings.Contains(got.Find("main").Text(), "tot 10.15") {
		t.Fatalf("with one: %d\n%s", got.status, got.Find("main").Text())
	}
	if seen := member.get("/account/sessions").Find("main").Text(); !strings.Contains(seen, "Kaart om in te loggen gemaakt") || !strings.Contains(seen, "Mens coach") {
		t.Errorf("the member does not see it:\n%s", seen)
	}
	if got := h.signedIn(members.RoleCoordinator).post(h.cardPath()); got.status != http.StatusForbidden {
		t.Errorf("the office prints one: %d", got.status)
	}
}

func TestCardSignsInOnce(t *testing.T) {
	h := newHouse(t)
	h.share(h.signedIn(members.RoleMember), "1", "2", "2027", "act for me")
	path := h.card()
	phone, coach := h.browser(), h.signedIn(members.RoleCoach)
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} { // link scanners
		if got := phone.do(method, path, ""); got.status != http.StatusOK || strings.Contains(got.body, "Mens member") {
			t.Fatalf("%s gave %d", method, got.status)
		}
	}
	over := func(name string, got answer) {
		t.Helper()
		if got.status != http.StatusUnprocessableEntity || got.Find("h1").Text() != "Deze kaart werkt niet meer" {
			t.Errorf("%s gave %d %s", name, got.status, got.Find("h1").Text())
		}
	}
	over("the coach's own phone", coach.post(path))
	if got := phone.post(path); got.location != "/home" {
		t.Fatalf("the button gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := phone.get("/home"); !strings.Contains(got.Find("h1").Text(), "Mens member") {
		t.Errorf("home says %s", got.Find("h1").Text())
	}
	if got := phone.get("/account/email"); !strings.HasPrefix(got.location, "/confirm") {
		t.Errorf("a card is enough to change the address: %d", got.status)
	}
	over("a second time", h.browser().post(path))
	late := h.card()
	h.now = h.now.Add(members.CardLife)
	over("too late", h.browser().post(late))
	over("no card", h.browser().post("/card/none"))
	if told := h.letters(memberMail); len(told) != 1 || !strings.Contains(told[0].Text, "kaart") {
		t.Errorf("the member was told %+v", told)
	}
}

func TestLostPhoneByTheOffice(t *testing.T) {
	h := newHouse(t)
	office, member := h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleMember)
	device := member.makePasskey()
	list := office.get("/lost-phone")
	if list.Find("main li").Length() != 4 || !strings.Contains(list.Find("main").Text(), "1 toegangssleutels") {
		t.Errorf("the list:\n%s", list.Find("main").Text())
	}
	path := "/lost-phone/" + h.actors[members.RoleMember].Person.String()
	for name, tried := range map[string]string{
		"elsewhere": h.far[members.RoleMember].Person.String(), "oneself": h.actors[members.RoleCoordinator].Person.String(), "nobody": "none",
	} {
		if got := office.post("/lost-phone/"+tried, "why", "Telefoon kwijt"); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if got := office.post(path, "why", ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", got.status)
	}
	if got := office.post(path, "why", "Telefoon kwijt"); got.location != "/lost-phone" {
		t.Fatalf("resetting gave %d", got.status)
	}
	if got := member.get("/home"); got.location != "/signin" {
		t.Errorf("the member's session goes on: %d", got.status)
	}
	if got := h.browser().byPasskey(device, "/home"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the passkey works: %d", got.status)
	}
	told := h.letters(memberMail)
	if len(told) != 2 || !strings.Contains(told[0].Text+told[1].Text, "opnieuw ingesteld") {
		t.Errorf("the member was told %+v", told)
	}
	again := h.signedIn(members.RoleMember)
	if seen := again.get("/account/sessions").Find("main").Text(); !strings.Contains(seen, "Telefoon kwijt") {
		t.Errorf("the member does not see why:\n%s", seen)
	}
	h.now = h.now.Add(11 * time.Minute)
	if got := office.get(path); !strings.HasPrefix(got.location, "/confirm") {
		t.Errorf("later the office need not confirm: %d", got.status)
	}
}

func TestQuickExit(t *testing.T) {
	h := newHouse(t)
	exit := func(page answer) int {
		return page.Find(`a[data-leave][href="https://www.buienradar.nl/"][rel="noreferrer"]`).Length()
	}
	if exit(h.signedIn(members.RoleMember).get("/pay")) != 1 || exit(h.browser().get("/signin")) != 1 {
		t.Error("a member, or who signs in, cannot leave at once")
	}
	if exit(h.browser().get("/")) != 0 || exit(h.signedIn(members.RoleClient).get("/home")) != 0 {
		t.Error("others have the link, too")
	}
}

// TestCardTurnsNoKeys: what takes the member's key beside the coach's is not
// opened by the card that the coach printed, until the member shows who they are.
func TestCardTurnsNoKeys(t *testing.T) {
	h := newHouse(t)
	h.share(h.signedIn(members.RoleMember), "1", "2", "2027", "act for me")
	phone := h.browser()
	if got := phone.post(h.card()); got.location != "/home" {
		t.Fatalf("the card gave %d", got.status)
	}
	none := h.gig.String()
	for _, path := range []string{"/sharing", "/sharing/clients", "/sharing/clients/" + none + "/yes", "/coach/handover", "/coach/rails", "/coach/rails/" + none + "/yes",
		"/progress/ladder", "/statements/" + none + "/sign", "/statements/" + none + "/form", "/statements/" + none + "/ask", "/buddy"} {
		if got := phone.post(path); !strings.HasPrefix(got.location, "/confirm?") {
			t.Errorf("POST %s by a card gave %d %s", path, got.status, got.location)
		}
	}
	if got := h.share(phone, "1", "2", "2027", "pay"); !strings.HasPrefix(got.location, "/confirm?") {
		t.Errorf("a key was given by a card: %d %s", got.status, got.location)
	}
	if got := phone.get("/sharing"); got.status != http.StatusOK {
		t.Errorf("looking gave %d", got.status)
	}
	if got := phone.confirm("/sharing"); got.location != "/sharing" {
		t.Fatalf("showing who one is gave %d %s", got.status, got.location)
	}
	if got := h.share(phone, "1", "2", "2027", "pay"); got.location != "/sharing" {
		t.Errorf("after that: %d %s", got.status, got.location)
	}
}
