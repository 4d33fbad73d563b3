package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// TestTeam adds a coach, who is told and signs in, and lets the coach stop.
func TestTeam(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	if got := office.get("/team"); got.status != http.StatusOK || !strings.Contains(got.Text(), "begeleidt 1 lid") {
		t.Errorf("the team: %d\n%s", got.status, got.Text())
	}
	for _, form := range [][]string{
		{"person", "", "email", "iris@meent.example", "kind", "coach"},
		{"person", "Iris Smit", "email", "nergens", "kind", "coach"},
		{"person", "Iris Smit", "email", "iris@meent.example", "kind", "member"},
		{"person", "Iris Smit", "email", "iris@meent.example"},
	} {
		if got := office.post("/team/new", form...); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%q gave %d", form, got.status)
		}
	}
	if got := office.post("/team/new", "person", "Iris Smit", "email", "iris@meent.example", "kind", "coach"); got.location != "/team" {
		t.Fatalf("adding gave %d, %s", got.status, got.location)
	}
	if _, err := h.worker.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	mails, err := h.mailbox.List(t.Context(), 1)
	if err != nil || len(mails) != 1 || mails[0].To != "iris@meent.example" || !strings.Contains(mails[0].Text, "nu coach bij Waalkracht") {
		t.Errorf("the newest mail is %+v, %v", mails, err)
	}
	page := office.get("/team")
	path, ok := page.Find(`a:contains("Iris Smit")`).Attr("href")
	if !ok {
		t.Fatalf("Iris is not in the team:\n%s", page.Text())
	}
	if got := office.post(path+"/end", "why", "kort"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a short reason gave %d", got.status)
	}
	if got := office.post(path+"/end", "why", "Iris verhuist naar Groningen."); got.location != "/team" {
		t.Errorf("ending gave %d, %s", got.status, got.location)
	}
	if got := office.get(path); got.status != http.StatusNotFound {
		t.Errorf("the page of who left gave %d", got.status)
	}
	for name, role := range map[string]members.RoleID{"the coach who follows": h.actors[members.RoleCoach].Role, "the last coordinator": h.actors[members.RoleCoordinator].Role} {
		if got := office.post("/team/"+role.String()+"/end", "why", "Zomaar een reden."); got.status != http.StatusConflict {
			t.Errorf("%s stopped: %d", name, got.status)
		}
	}
	if got := office.post("/team/"+h.far[members.RoleCoach].Role.String()+"/end", "why", "Zomaar een reden."); got.status != http.StatusNotFound {
		t.Errorf("a coach of elsewhere gave %d", got.status)
	}
}
