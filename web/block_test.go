package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

func TestMemberKeepsAClientAway(t *testing.T) {
	h := newHouse(t)
	offer := "/offers/" + h.offer().ID.String()
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	gig := "/gigs/" + h.gig.String()
	e := h.engaged() // whom the client sees
	path := "/clients/" + h.actors[members.RoleClient].Client.String() + "/block"
	for _, page := range []string{gig, offer, "/engagements/" + e.String()} {
		if member.get(page).Find(`a[href="`+path+`"]`).Length() != 1 {
			t.Errorf("%s does not lead to %s", page, path)
		}
	}
	before := client.get(gig).body
	h.expect(member.post(path, "reason", strings.Repeat("x", 301)), http.StatusUnprocessableEntity)
	if got := member.post(path, "reason", "Geschreeuw."); got.location != "/sharing#blocks" {
		t.Fatalf("blocking gave %d", got.status)
	}
	if got := member.get("/sharing"); !strings.Contains(got.Find(`[aria-labelledby="blocks"]`).Text(), "De Linde waal") || strings.Contains(got.body, "Geschreeuw") {
		t.Error("the own page does not list it, or shows why")
	}
	if got := member.get(path); !strings.Contains(got.body, "Geschreeuw.") || got.Find(`form[action$="/unblock"]`).Length() != 1 {
		t.Error("the page does not say what is blocked")
	}
	for _, kind := range members.RoleKinds()[1:] {
		b := h.signedIn(kind)
		for _, page := range []string{"/home", gig, "/bills", "/members", "/caseload"} {
			if got := b.get(page).body; strings.Contains(got, "Geschreeuw") || strings.Contains(got, "/block") {
				t.Errorf("a %s reads of it on %s", kind, page)
			}
		}
	}
	if after := client.get(gig).body; after != before {
		t.Error("the client's page has changed")
	}
	h.expect(member.post("/clients/"+h.far[members.RoleClient].Client.String()+"/block"), http.StatusNotFound)
	h.expect(member.post(strings.TrimSuffix(path, "block")+"unblock"), http.StatusSeeOther)
	h.expect(member.post(strings.TrimSuffix(path, "block")+"unblock"), http.StatusNotFound)
}
