package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func TestUnsafeWorkIsReportedTakenAndClosed(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String() + "/unsafe"
	member, coach, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach), h.signedIn(members.RoleCoordinator)
	for _, page := range []string{"/gigs/" + h.gig.String(), strings.TrimSuffix(path, "/unsafe")} {
		if member.get(page).Find(`a[href="`+path+`"]`).Length() != 1 {
			t.Errorf("%s does not lead to the form", page)
		}
	}
	h.expect(member.get("/engagements/"+id.New[jobs.Engagement](nil).String()+"/unsafe"), http.StatusNotFound)
	if got := member.post(path, "text", "De ladder is stuk."); got.status != http.StatusUnprocessableEntity || got.Find("#kind-wrong").Length() != 1 {
		t.Errorf("no kind gave %d", got.status)
	}
	if got := member.post(path, "kind", "place", "text", "De ladder is stuk."); got.location != path {
		t.Fatalf("reporting gave %d %s", got.status, got.Find("main").Text())
	}
	for _, kind := range []members.RoleKind{members.RoleCoach, members.RoleCoordinator} {
		if got := h.mailAs(kind); !strings.Contains(got, "/reports") || strings.Contains(got, "ladder") || strings.Contains(got, "Mens member") {
			t.Errorf("the %s was mailed %q", kind, got)
		}
	}
	h.now = h.now.Add(3 * time.Hour)
	if got := office.get("/home").Find("li:has(#unsafe)").Text(); !strings.Contains(got, "Nog één uur") {
		t.Errorf("the clock on the first page says %q", got)
	}
	h.now = h.now.Add(time.Hour)
	if got := h.mailAs(members.RoleCoordinator); !strings.Contains(got, "vier uur") {
		t.Errorf("after four hours the coordinator was mailed %q", got)
	}
	page := coach.get("/reports")
	if main := page.Find("main").Text(); !strings.Contains(main, "De ladder is stuk.") || !strings.Contains(main, "De Linde waal") || !strings.Contains(main, "Te laat") {
		t.Errorf("the coach reads %s", main)
	}
	take, _ := page.Find(`form[action$="/take"]`).Attr("action")
	h.expect(office.post(take), http.StatusSeeOther)
	h.expect(coach.post(take), http.StatusConflict)
	if got := member.get(path).Find("main").Text(); !strings.Contains(got, "Mens coordinator is ermee bezig") {
		t.Errorf("the member reads %s", got)
	}
	closing := strings.TrimSuffix(take, "take") + "close"
	field, _ := office.get("/reports").Find("textarea").Attr("name")
	if coach.get("/reports").Find("textarea").Length() != 0 {
		t.Error("the coach can close what somebody else took")
	}
	if got := office.post(closing, field, " "); got.status != http.StatusUnprocessableEntity || got.Find("#"+field+"-wrong").Length() != 1 {
		t.Errorf("closing without words gave %d", got.status)
	}
	h.expect(coach.post(closing, field, "Ik deed niets."), http.StatusConflict)
	h.expect(office.post(closing, field, "Er is een nieuwe ladder."), http.StatusSeeOther)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, path) || strings.Contains(got, "ladder") {
		t.Errorf("the member was mailed %q", got)
	}
	if got := member.get(path).Find("main").Text(); !strings.Contains(got, "Er is een nieuwe ladder.") {
		t.Errorf("the member reads %s", got)
	}
	if office.get("/home").Find("li:has(#unsafe)").Length() != 0 {
		t.Error("a closed report stands on the first page")
	}
	client := h.signedIn(members.RoleClient)
	for _, page := range []string{"/home", "/gigs/" + h.gig.String(), strings.TrimSuffix(path, "/unsafe")} {
		if got := client.get(page).body; strings.Contains(got, "ladder") || strings.Contains(got, "unsafe") {
			t.Errorf("the client reads of it on %s", page)
		}
	}
}
