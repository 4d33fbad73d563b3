package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// TestOpenGigChangesByItsPages: texts and a higher amount, and nothing for which
// members were asked; who is concerned hears of it.
func TestOpenGigChangesByItsPages(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	gig := b.postGig(newGigFields()).location
	page := b.get(gig)
	for _, path := range []string{gig + "/what", gig + "/price"} {
		if page.Find(`main a[href="`+path+`"]`).Length() != 1 {
			t.Errorf("the gig does not lead to %s", path)
		}
	}
	what := b.get(gig + "/what")
	if what.status != http.StatusOK || what.value("title") != "Ramen lappen" || what.Find(`[name="load"], [name="skills"], [name="support"], #step, form[action$="/discard"]`).Length() != 0 ||
		!strings.Contains(what.body, "Plaats dan een nieuwe klus.") || what.Find(`[name="from"]`).Length() != 1 {
		t.Fatalf("the page gave %d:\n%s", what.status, what.Find("main").Text())
	}
	if got := b.post(gig+"/what", "title", "", "description", "x"); got.status != http.StatusUnprocessableEntity || got.Find("#title-wrong").Length() != 1 {
		t.Errorf("no title gave %d", got.status)
	}
	if got := b.post(gig+"/what", "title", "Ramen zemen", "description", "Je zeemt de ramen.", "load", "heavy", "skills", "mopping"); got.location != gig {
		t.Fatalf("changing gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := b.post(gig+"/price", "rate", "16,00", "post", "yes"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#rate-wrong").Text(), "Lager kan niet meer") {
		t.Errorf("a lower amount gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	if got := b.post(gig+"/price", "rate", "18,00", "price", "yes"); got.status != http.StatusOK || !strings.Contains(b.get(gig).body, "16,50") {
		t.Errorf("looking at a price changed it: %d", got.status)
	}
	if got := b.post(gig+"/price", "rate", "17,00", "post", "yes"); got.location != gig {
		t.Errorf("a higher amount gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	for _, kind := range []members.RoleKind{members.RoleClient, members.RoleMember, members.RoleCoordinator} {
		page := h.signedIn(kind).get(gig)
		for _, says := range []string{"Ramen zemen", "€\u00a017,00", "Veranderd op dinsdag 24 november", "Het bedrag was €\u00a016,50 per uur.", "De titel was: Ramen lappen", "Licht werk"} {
			if !strings.Contains(page.Find("main").Text(), says) {
				t.Errorf("a %s does not read %q:\n%s", kind, says, page.Find("main").Text())
			}
		}
		if links := page.Find(`main a[href="` + gig + `/what"]`).Length(); (links == 1) != (kind != members.RoleMember) {
			t.Errorf("a %s has %d links to change it", kind, links)
		}
	}
	another := b.post("/gigs/new", "from", strings.TrimPrefix(gig, "/gigs/"))
	if copied := b.get(another.location); copied.value("title") != "Ramen zemen" || copied.Find(`#load-light[checked]`).Length() != 1 {
		t.Errorf("another from this one has %q", copied.value("title"))
	}
}

// TestUnfinishedIsFoundAgain on the first page and the list, at the step where one
// was, and can be thrown away.
func TestUnfinishedIsFoundAgain(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	fields := newGigFields()
	for _, step := range []string{"what", "when", "price"} {
		want := strings.TrimSuffix(begun, "what") + step
		for _, page := range []string{"/home", "/gigs"} {
			if link := b.get(page).Find(`#unfinished ~ ul a`); link.Length() != 1 || link.AttrOr("href", "") != want {
				t.Errorf("%s leads to %q, want %s", page, link.AttrOr("href", ""), want)
			}
		}
		if link := b.get(strings.TrimSuffix(begun, "/what")).Find(`main a.main`).AttrOr("href", ""); link != want {
			t.Errorf("the gig's page leads to %q, want %s", link, want)
		}
		if step != "price" {
			b.postStep(begun, step, fields)
		}
	}
	office := h.signedIn(members.RoleCoordinator)
	if office.get("/home").Find("#unfinished").Length() != 0 {
		t.Error("the office is led to what it did not begin")
	}
	own := office.beginGig(map[string]string{"client": h.actors[members.RoleClient].Client.String()}).location
	if link := office.get("/home").Find(`#unfinished ~ ul a`).AttrOr("href", ""); link != own {
		t.Errorf("the office is led to %q, want %s", link, own)
	}
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleCoach} {
		if got := h.signedIn(kind).get(strings.TrimSuffix(begun, "/what")); got.status != http.StatusNotFound {
			t.Errorf("a %s sees a draft: %d", kind, got.status)
		}
	}
	discard := b.get(begun).Find(`form[action$="/discard"]`).AttrOr("action", "")
	if got := b.post(discard); got.location != "/gigs" {
		t.Fatalf("throwing away gave %d", got.status)
	}
	if got := b.get(begun); got.status != http.StatusNotFound {
		t.Errorf("it is still there: %d", got.status)
	}
}
