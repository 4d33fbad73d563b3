package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

func (h *house) actPath() string {
	return "/caseload/" + h.actors[members.RoleMember].Member.String() + "/act"
}

// helping is the coach of Waalkracht, acting for its member until 24 May.
func (h *house) helping() *browser {
	h.t.Helper()
	h.expect(h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "act for me"), http.StatusSeeOther)
	coach := h.signedIn(members.RoleCoach)
	if got := coach.post(h.actPath()); got.status != http.StatusSeeOther || got.location != "/home" {
		h.t.Fatalf("acting gave %d %s", got.status, got.location)
	}
	return coach
}

// TestCoachActsForMember: the member's pages, a banner, and both names.
func TestCoachActsForMember(t *testing.T) {
	h := newHouse(t)
	offer, work := "/offers/"+h.offer().ID.String(), "/engagements/"+h.engaged().String()
	coach := h.helping()
	home := coach.get("/home")
	h.says(home, "Je handelt voor Mens member.", "Stop hiermee")
	h.saysNothingOf(home, "Wie mag wat zien", "Binnenkort op je rekening")
	if home.Find(".nav a[href='/pay'], a[href^='/coach'], a[href='/sharing']").Length() != 0 || home.Find(".nav a[href='/profile']").Length() != 1 {
		t.Error("the way leads where no helper goes, or not where they do")
	}
	if !strings.Contains(home.Find(".menu").Text(), "Mens coach") || !strings.Contains(home.Find(".menu").Text(), "voor Mens member") {
		t.Errorf("the menu says %s", home.Find(".menu").Text())
	}
	h.expect(coach.post(offer+"/no", "reason", ""), http.StatusSeeOther)
	h.now = h.now.Add(48 * time.Hour)
	coach = h.signedIn(members.RoleCoach)
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	h.expect(coach.post(work+"/hours", "hours", "2", "minutes", "30"), http.StatusSeeOther)
	h.expect(coach.post("/days", "kind", "off", "day-day", "1", "day-month", "12", "day-year", "2026"), http.StatusSeeOther)

	member := h.signedIn(members.RoleMember)
	h.says(member.get(offer), "Mens coach deed dit, in jouw naam.")
	h.says(member.get(work), "Mens coach schreef dit op, voor Mens member.")
	h.saysNothingOf(h.signedIn(members.RoleClient).get(work), "Mens coach")
	h.says(member.get("/account/deeds"), "Zei nee op werkDoor Mens coach, voor jou (lid)", "Schreef uren opDoor Mens coach, voor jou (lid)", "Veranderde dagen", "Begon voor een lid te handelen")
	h.says(h.signedIn(members.RoleCoordinator).get("/deeds"), "Schreef uren opDoor Mens coach, voor Mens member (lid)")
	h.says(member.get("/sharing"), "Mens coach handelde voor je.")
	h.expect(coach.post("/act/stop"), http.StatusSeeOther)
	own := coach.get("/account/deeds")
	h.says(own, "Schreef uren opDoor jou, voor Mens member (lid)")
	if own.Find(".acting").Length() != 0 {
		t.Error("still acting")
	}
	h.expect(coach.get(offer), http.StatusForbidden)
	if _, faults, err := h.members.VerifyAudit(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("the log of deeds: %v, %v", faults, err)
	}
	h.expect(member.post(offer+"/yes"), http.StatusConflict) // answered
	if strings.Contains(member.get("/home").body, `class="notice coach acting"`) {
		t.Error("the member acts for somebody")
	}
}

// TestActingEndsWithTheYes: revoked in another tab, the next click is refused,
// explained and logged, and the coach is themselves again.
func TestActingEndsWithTheYes(t *testing.T) {
	h := newHouse(t)
	offer := "/offers/" + h.offer().ID.String()
	coach, member := h.helping(), h.signedIn(members.RoleMember)
	h.expect(coach.get("/home"), http.StatusOK)
	h.expect(member.post("/sharing/person/"+h.actors[members.RoleCoach].Role.String()+"/stop"), http.StatusSeeOther)
	got := coach.post(offer + "/yes")
	h.expect(got, http.StatusForbidden)
	h.says(got, "Dit mag je nu niet zien", "Je handelt nu weer als jezelf.")
	h.says(member.get("/sharing"), "Mens coach wilde voor je handelen. Dat mag nu niet.")
	if !strings.Contains(h.log.String(), `scope="act for me"`) {
		t.Error("no line in the log")
	}
	if home := coach.get("/home"); home.Find(".acting").Length() != 0 || strings.Contains(home.body, "Mens member.") {
		t.Error("the coach still acts")
	}
	h.says(member.get(offer), "Ja")
	h.expect(coach.post(h.actPath()), http.StatusForbidden)
	h.expect(h.share(member, "24", "11", "2026", "act for me"), http.StatusSeeOther) // today is its last day
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	h.now = h.now.Add(15 * time.Hour) // tomorrow
	h.expect(coach.get("/home"), http.StatusForbidden)
}

func TestActingHasAList(t *testing.T) {
	h := newHouse(t)
	coach := h.helping()
	for _, path := range []string{"/account", "/account/deeds", "/account/data", "/account/erase", "/account/contact", "/account/sessions", "/sharing", "/calendar", "/coach", "/coach/ask",
		"/pay", "/kept", "/caseload", "/clients/" + h.actors[members.RoleClient].Client.String() + "/block", "/profile/contact", "/profile/note", "/profile/learn", "/profile/name"} {
		got := coach.get(path)
		if got.status != http.StatusForbidden || !strings.Contains(got.Find("h1").Text(), "Dit doet het lid zelf") || got.Find(".acting").Length() != 1 {
			t.Errorf("%s gave %d %s", path, got.status, got.Find("h1").Text())
		}
	}
	for _, path := range []string{"/sharing", "/account/erase", "/account/data", "/coach/ask", "/calendar", "/profile/contact", "/profile/note"} {
		if got := coach.post(path, "text", "Mag dit?"); got.status != http.StatusForbidden {
			t.Errorf("POST %s gave %d", path, got.status)
		}
	}
	for _, path := range []string{"/home", "/gigs", "/gigs/" + h.gig.String(), "/profile", "/profile/week", "/days"} {
		if got := coach.get(path); got.status != http.StatusOK || got.Find(".acting").Length() != 1 {
			t.Errorf("%s gave %d", path, got.status)
		}
	}
	h.saysNothingOf(coach.get("/profile"), "Hoe we je bereiken")
	h.expect(coach.post("/profile/hours", "wanted", "10", "most", "16"), http.StatusSeeOther)
	h.says(h.signedIn(members.RoleMember).get("/account/deeds"), "Veranderde een antwoord in het profielDoor Mens coach, voor jou (lid)")
	if got := coach.get("/engagements/" + h.gig.String()); got.status != http.StatusNotFound {
		t.Errorf("nobody's engagement gave %d", got.status)
	}
}

func TestNobodyElseActs(t *testing.T) {
	h := newHouse(t)
	h.expect(h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "act for me"), http.StatusSeeOther)
	for kind, want := range map[members.RoleKind]int{members.RoleCoordinator: http.StatusForbidden, members.RoleClient: http.StatusForbidden, members.RoleMember: http.StatusForbidden, "": http.StatusForbidden} {
		if got := h.signedIn(kind).post(h.actPath()); got.status != want {
			t.Errorf("%q gave %d", kind, got.status)
		}
	}
	coach := h.signedIn(members.RoleCoach)
	h.expect(coach.post("/caseload/"+h.far[members.RoleMember].Member.String()+"/act"), http.StatusNotFound)
	h.expect(coach.post("/caseload/17/act"), http.StatusNotFound)
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	office := h.actors[members.RoleCoordinator]
	h.must(h.coaching.End(t.Context(), office, h.actors[members.RoleMember].Member))
	got := coach.get("/home")
	if got.status != http.StatusForbidden || !strings.Contains(got.Find("h1").Text(), "Dit mag niet meer") {
		t.Errorf("after somebody else took over: %d %s", got.status, got.Find("h1").Text())
	}
	h.expect(coach.get("/home"), http.StatusOK)
}

// TestActingEndsWithTheSession: signing out, and another role.
func TestActingEndsWithTheSession(t *testing.T) {
	h := newHouse(t)
	coach := h.helping()
	h.expect(coach.post("/role", "role", h.actors[members.RoleCoach].Role.String()), http.StatusSeeOther)
	h.expect(coach.get("/caseload"), http.StatusOK)
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	h.expect(coach.post("/signout"), http.StatusSeeOther)
	h.expect(h.signedIn(members.RoleCoach).get("/caseload"), http.StatusOK)
}

// TestMemberHearsOfActingOnceADay, and not what was done.
func TestMemberHearsOfActingOnceADay(t *testing.T) {
	h := newHouse(t)
	mails := func() (n int) {
		_, err := h.worker.RunDue(t.Context())
		h.must(err)
		list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
		h.must(err)
		for _, one := range list {
			if !strings.Contains(one.Text, "/account/deeds") {
				continue
			}
			n++
			if one.To != memberMail || !strings.Contains(one.Text, "Mens deed iets voor je.") || strings.Contains(one.Text+one.Subject, "dagen") {
				t.Errorf("to %s: %s\n%s", one.To, one.Subject, one.Text)
			}
		}
		return n
	}
	coach := h.helping()
	if n := mails(); n != 0 {
		t.Errorf("%d mails before anything was done", n)
	}
	off := func(day string) {
		h.expect(coach.post("/days", "kind", "off", "day-day", day, "day-month", "12", "day-year", "2026"), http.StatusSeeOther)
	}
	off("1")
	off("2")
	if n := mails(); n != 1 {
		t.Errorf("%d mails of two deeds in a day", n)
	}
	h.now = h.now.Add(24 * time.Hour)
	coach = h.signedIn(members.RoleCoach)
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	off("3")
	if n := mails(); n != 2 {
		t.Errorf("%d mails after another day", n)
	}
	h.expect(h.signedIn(members.RoleMember).post("/days", "kind", "off", "day-day", "4", "day-month", "12", "day-year", "2026"), http.StatusSeeOther)
	if n := mails(); n != 2 {
		t.Errorf("%d mails after the member did something themselves", n)
	}
}
