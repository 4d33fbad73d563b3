package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

func TestOfficeMovesAMembership(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	m := h.actors[members.RoleMember]
	page := "/members/" + m.Member.String()
	got := office.get(page)
	if text := got.Find("main").Text(); got.status != http.StatusOK || !strings.Contains(text, "Lid sinds") || !strings.Contains(text, "Mens coach, 1 lid") {
		t.Fatalf("the page gives %d: %s", got.status, text)
	}
	if bad := office.post(page+"/move", "to", "alumni"); bad.status != http.StatusUnprocessableEntity || bad.Find("#why-alumni-wrong").Length() != 1 {
		t.Errorf("an end without a reason gives %d", bad.status)
	}
	if bad := office.post(page+"/move", "to", "trial"); bad.status != http.StatusConflict {
		t.Errorf("a member to trial gives %d", bad.status)
	}
	if got := office.post(page+"/move", "to", "alumni", "why-alumni", "Verhuisd.\r\nHet ga je goed."); got.location != page {
		t.Fatalf("the end gives %d: %s", got.status, got.Find("main").Text())
	}
	member := h.signedIn(members.RoleMember) // alumni sign in, and read what is theirs
	for path, says := range map[string]string{"/home": "niet meer mee", "/pay": "geld", "/profile": "Profiel"} {
		if got := member.get(path); got.status != http.StatusOK || !strings.Contains(strings.ToLower(got.Find("body").Text()), strings.ToLower(says)) {
			t.Errorf("%s gives an alumnus %d", path, got.status)
		}
	}
	_, err := h.worker.RunDue(t.Context())
	h.must(err)
	gig := member.get("/gigs/" + h.gig.String()).Find("main").Text()
	if strings.Contains(gig, "wacht op jou") {
		t.Errorf("the gig says %s", gig)
	}
	if text := office.get("/members?state=alumni").Find("main").Text(); !strings.Contains(text, "Mens member") || !strings.Contains(text, "oud-lid") {
		t.Errorf("the list of alumni says %s", text)
	}
	if text := office.get("/members?state=referred").Find("main .table").Text(); text != "" {
		t.Errorf("the list of who is referred says %s", text)
	}
}

func TestOfficeNotesConsent(t *testing.T) {
	h := newHouse(t)
	path, _ := h.signedIn(members.RoleCoach).card("municipality", h.municipality())
	h.browser().post(path, samFields()...)
	h.newestMail() // Sam's own
	office := h.signedIn(members.RoleCoordinator)
	page := "/members/" + h.memberNamed("Sam de Boer").ID.String()
	if got := office.post(page+"/move", "to", "trial"); got.status != http.StatusConflict {
		t.Errorf("a trial before the consent gives %d", got.status)
	}
	for _, wrong := range [][]string{{"consent", "yes"}, {"consent", "yes", "consent-day-day", "31", "consent-day-month", "2", "consent-day-year", "2026"},
		{"consent", "yes", "consent-day-day", "25", "consent-day-month", "11", "consent-day-year", "2026"}} {
		if got := office.post(page+"/consent", wrong...); got.status != http.StatusUnprocessableEntity || got.Find("#consent-day-wrong").Length() != 1 {
			t.Errorf("%v gives %d", wrong, got.status)
		}
	}
	if got := office.post(page+"/consent", "consent", "yes", "consent-day-day", "20", "consent-day-month", "11", "consent-day-year", "2026"); got.location != page {
		t.Fatalf("the consent gives %d", got.status)
	}
	if day, _ := office.get(page).Find("#consent-day-day").Attr("value"); day != "20" {
		t.Errorf("the page shows day %q", day)
	}
	if got := office.post(page+"/move", "to", "trial"); got.location != page {
		t.Errorf("the trial gives %d", got.status)
	}
}

func TestTrialEndsWithAMailAndNothingElse(t *testing.T) {
	h := newHouse(t)
	path, _ := h.signedIn(members.RoleCoordinator).card("trial", "yes")
	h.browser().post(path, samFields()...)
	told := func() (to []string) {
		_, err := h.worker.RunDue(t.Context())
		h.must(err)
		list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
		h.must(err)
		for _, one := range list {
			if strings.Contains(one.Text, "22 februari 2027") {
				to = append(to, one.To)
			}
		}
		return to
	}
	h.now = time.Date(2027, 2, 15, 7, 59, 0, 0, time.UTC)
	if to := told(); len(to) > 0 {
		t.Errorf("too early %v were told", to)
	}
	h.now = h.now.Add(time.Minute)
	if to := strings.Join(told(), " "); !strings.Contains(to, "sam@meent.example") || !strings.Contains(to, "coordinator.waal@meent.example") || strings.Contains(to, "noord") {
		t.Errorf("told are %s", to)
	}
	h.now = h.now.AddDate(0, 1, 0)
	told()
	if m := h.memberNamed("Sam de Boer"); m.Membership != members.OnTrial {
		t.Errorf("after the end Sam is %s by itself", m.Membership)
	}
	office := h.signedIn(members.RoleCoordinator)
	if text := office.get("/home").Find(`a[href="/members?state=trial"]`).Text(); !strings.Contains(text, "1") {
		t.Errorf("the board says %q", text)
	}
	if text := office.get("/members/" + h.memberNamed("Sam de Boer").ID.String()).Find(".notice").Text(); !strings.Contains(text, "De proeftijd is om") {
		t.Errorf("the page says %q", text)
	}
}

func TestOfficeAssignsCoaches(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	member := h.actors[members.RoleMember]
	page := "/members/" + member.Member.String()
	for _, way := range []string{"/restrictions/", "/lost-phone/"} {
		if office.get(page).Find(`main a[href="`+way+member.Person.String()+`"]`).Length() != 1 {
			t.Errorf("no link to %s", way)
		}
	}
	if got := office.post(page + "/coach/end"); got.location != page {
		t.Fatalf("the end gives %d", got.status)
	}
	if got := office.post(page + "/coach/end"); got.status != http.StatusNotFound {
		t.Errorf("a second end gives %d", got.status)
	}
	if got := office.post(page+"/coach", "coach", ""); got.status != http.StatusUnprocessableEntity || got.Find("#coach-wrong").Length() != 1 {
		t.Errorf("nobody gives %d", got.status)
	}
	if got := office.post(page+"/coach", "coach", h.far[members.RoleCoach].Role.String()); got.status != http.StatusNotFound {
		t.Errorf("another cooperative's coach gives %d", got.status)
	}
	if got := office.post(page+"/coach", "coach", h.actors[members.RoleCoach].Role.String()); got.location != page {
		t.Errorf("the coach gives %d", got.status)
	}
	far := "/members/" + h.far[members.RoleMember].Member.String()
	for _, got := range []answer{office.get(far), office.post(far+"/move", "to", "alumni", "why-alumni", "x"), office.post(far+"/consent", "consent", "no"),
		office.post(far+"/coach", "coach", h.actors[members.RoleCoach].Role.String()), office.post(far + "/coach/end"), office.get("/members/none")} {
		if got.status != http.StatusNotFound {
			t.Errorf("another cooperative's member gives %d", got.status)
		}
	}
}
