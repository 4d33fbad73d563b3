package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// TestRefusedReadExplainsAndIsLogged: 403, words for the coach, a line for who
// runs this, and a line for the member.
func TestRefusedReadExplainsAndIsLogged(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	path := "/caseload/" + h.actors[members.RoleMember].Member.String()
	h.expect(coach.get(path), http.StatusOK) // asks what is open, and opens nothing
	h.says(member.get("/sharing"), "Nog niemand keek")
	for range 2 {
		got := coach.get(path + "/profile")
		h.expect(got, http.StatusForbidden)
		h.says(got, "Dit mag je nu niet zien", "Profiel", "Mens member beslist daarover.", "Naar mijn leden")
		if got.Find(`a[href="/caseload"]`).Length() == 0 {
			t.Error("no way back")
		}
	}
	page := member.get("/sharing")
	h.says(page, "Mens coach wilde je profiel zien. Dat mag nu niet.")
	if lines := page.Find("#log ~ .rows li").Length(); lines != 1 {
		t.Errorf("%d lines, want one an hour", lines)
	}
	h.says(member.get("/home"), "Mens coach wilde je profiel zien.")
	line := h.log.String()
	for _, want := range []string{"read refused", "/caseload/:member/profile", h.actors[members.RoleCoach].Role.String(), h.actors[members.RoleMember].Member.String(), "scope=profile"} {
		if !strings.Contains(line, want) {
			t.Errorf("no %q in the log:\n%s", want, line)
		}
	}
	if strings.Contains(line, "Mens") {
		t.Errorf("a name in the log:\n%s", line)
	}
	h.expect(h.signedIn(members.RoleCoordinator).get(path+"/profile"), http.StatusForbidden)
	if lines := member.get("/sharing").Find("#log ~ .rows li").Length(); lines != 1 {
		t.Errorf("the office left a line: %d", lines)
	}
}

// TestEveryScopeCanBeGiven: each has words, and a hint, and stops with the others.
func TestEveryScopeCanBeGiven(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	if boxes := member.get("/sharing").Find("#scopes input"); boxes.Length() != 9 {
		t.Fatalf("%d things to give", boxes.Length())
	}
	var scopes []string
	for _, scope := range members.Scopes() {
		scopes = append(scopes, string(scope))
	}
	h.expect(h.share(member, "24", "5", "2027", scopes...), http.StatusSeeOther)
	page := member.get("/sharing")
	if page.Find(`form[action$="/stop"]`).Length() != 10 || strings.Contains(page.body, "sharing.") {
		t.Errorf("%d ways to stop", page.Find(`form[action$="/stop"]`).Length())
	}
	role := h.actors[members.RoleCoach].Role.String()
	h.expect(member.post("/sharing/person/"+h.far[members.RoleCoach].Role.String()+"/stop"), http.StatusNotFound)
	h.expect(member.post("/sharing/person/17/stop"), http.StatusNotFound)
	h.expect(member.post("/sharing/person/"+role+"/stop"), http.StatusSeeOther)
	h.says(member.get("/sharing"), "Mens coach ziet alleen je naam")
}
