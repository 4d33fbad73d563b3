package web_test

import (
	"strings"
	"testing"
	"time"

	"meent/members"
)

func (h *house) lets(scopes ...members.Scope) {
	h.t.Helper()
	h.must(h.coaching.Grant(h.t.Context(), h.actors[members.RoleMember], members.NewGrant{Grantee: h.actors[members.RoleCoach].Role, Scopes: scopes, Until: "2027-01-31"}))
}

func TestMemberHomeBeforeAnythingHappened(t *testing.T) {
	h := newHouse(t)
	page := h.signedIn(members.RoleMember).get("/home")
	main := page.Find("main").Text()
	for _, want := range []string{"nog geen werk", "geen geld onderweg", "Niemand mag iets", "nog niemand gekeken", "Mens coach"} {
		if !strings.Contains(main, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if page.Find(".week li").Length() != 7 || page.Find(".week .work").Length() != 0 || page.Find("#hours").Length() != 0 {
		t.Error("the week, or the hours, are wrong")
	}
}

func TestMemberHomeShowsTheDayOfWork(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	h.lets(members.HoursScope, members.PayScope)
	h.signedIn(members.RoleCoach).get("/caseload/" + h.actors[members.RoleMember].Member.String())
	member := h.signedIn(members.RoleMember)
	page := member.get("/home")
	if got := page.Find(".week .work").Text(); page.Find(".week .work").Length() != 1 || !strings.Contains(got, "woensdag 25 november: werk") {
		t.Errorf("the week has work on %q", got)
	}
	if main := page.Find("main").Text(); !strings.Contains(main, "Mens coach mag 2 dingen van je zien.") || !strings.Contains(main, "Mens coach keek het laatst") {
		t.Errorf("the page says of who sees what: %s", page.Find("aside").Text())
	}
	h.now = h.now.Add(48 * time.Hour)
	member = h.signedIn(members.RoleMember)
	if got := member.get("/home").Find(`[aria-labelledby="hours"] a[href^="/engagements/"]`).Length(); got != 1 {
		t.Errorf("%d works ask for hours", got)
	}
}

// TestWeekOverTheClock: the clock goes back in this week.
func TestWeekOverTheClock(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 10, 24, 22, 30, 0, 0, time.UTC) // 0.30 on the 25th in the Netherlands
	days := h.signedIn(members.RoleMember).get("/home").Find(".week .hidden").Text()
	for _, want := range []string{"zondag 25 oktober", "maandag 26 oktober", "zaterdag 31 oktober"} {
		if strings.Count(days, want) != 1 {
			t.Errorf("%s is there %d times in %q", want, strings.Count(days, want), days)
		}
	}
	if !strings.HasPrefix(days, "zondag 25") {
		t.Errorf("the week begins with %q", days)
	}
}
