package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"meent/internal/mail"
	"meent/members"
)

var joinPattern = regexp.MustCompile(`/join/[0-9a-z-]+`)

// newestInvitation is the path of the last link that was mailed.
func (h *house) newestInvitation() string {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if path := joinPattern.FindString(one.Text); path != "" {
			return path
		}
	}
	h.t.Fatal("no invitation in the mailbox")
	return ""
}

// card makes a card and gives the path that is printed on it, and its id.
func (b *browser) card(fields ...string) (path, invitation string) {
	b.h.t.Helper()
	if got := b.post("/invitations", append(fields, "way", "card")...); got.location != "/invitations" {
		b.h.t.Fatalf("making a card gave %d:\n%s", got.status, got.Find("main").Text())
	}
	action, _ := b.get("/invitations").Find(`form[action$="/card"]`).Attr("action")
	got := b.post(action)
	path = joinPattern.FindString(got.Find(".invite .address").Text())
	if got.status != http.StatusOK || path == "" || got.Find(".invite svg.qr path").Length() != 1 {
		b.h.t.Fatalf("the card gave %d:\n%s", got.status, got.Find("main").Text())
	}
	return path, strings.Split(action, "/")[2]
}

// municipality refers members from now on, after it agreed.
func (h *house) municipality() string {
	h.t.Helper()
	office := h.signedIn(members.RoleCoordinator)
	if got := office.post("/municipalities", "name", "Nijmegen", "consent", "yes", "contact", "Loket 2"); got.location != "/municipalities" {
		h.t.Fatalf("adding a municipality gave %d:\n%s", got.status, got.Find("main").Text())
	}
	return office.get("/invitations").Find(`select[name="municipality"] option:contains("Nijmegen")`).AttrOr("value", "")
}

func samFields(more ...string) []string {
	return append(more, "name", "Sam de Boer", "email", "sam@meent.example", "birth-day", "24", "birth-month", "11", "birth-year", "1990",
		"place", "Nijmegen", "travel", "bike", "reach", "8")
}

func (h *house) memberNamed(name string) (found members.Member) {
	h.t.Helper()
	list, err := h.members.Members(h.t.Context(), h.actors[members.RoleCoordinator], "")
	h.must(err)
	for _, m := range list {
		if m.Name == name {
			found = m
		}
	}
	return found
}

func TestJoinByMail(t *testing.T) {
	h := newHouse(t)
	coach := h.signedIn(members.RoleCoach)
	if got := coach.post("/invitations", "way", "mail", "email", "Sam@meent.example"); got.location != "/invitations" {
		t.Fatalf("inviting gave %d: %s", got.status, got.Find("main").Text())
	}
	path := h.newestInvitation()
	b := h.browser()
	got := b.get(path)
	if text := got.Find("main").Text(); got.status != http.StatusOK || !strings.Contains(text, "Waalkracht") || !strings.Contains(text, "Mens coach") || !strings.Contains(text, "sam@meent.example") {
		t.Fatalf("the invitation gives %d: %s", got.status, text)
	}
	if strings.Contains(got.body, strings.TrimPrefix(path, "/join/")) || got.header.Get("Referrer-Policy") != "no-referrer" {
		t.Error("the page holds its secret, or lets it go")
	}
	bad := b.post(path, samFields("travel", "plane")...)
	if bad.status != http.StatusUnprocessableEntity || bad.Find("#travel-wrong").Length() != 1 || strings.Contains(bad.body, strings.TrimPrefix(path, "/join/")) {
		t.Errorf("by plane gives %d: %s", bad.status, bad.Find(".wrong").Text())
	}
	young := b.post(path, samFields("birth-year", "2010")...)
	if young.status != http.StatusUnprocessableEntity || !strings.Contains(young.Find("#birth-wrong").Text(), "18 jaar") {
		t.Errorf("sixteen gives %d: %s", young.status, young.Find(".wrong").Text())
	}
	fields := samFields()
	fields[3] = "other@meent.example" // the address that was invited counts
	if got := b.post(path, fields...); got.location != "/signin/sent" {
		t.Fatalf("joining gave %d: %s", got.status, got.Find("main").Text())
	}
	code, _ := h.newestMail()
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		t.Fatalf("the code gave %d", got.status)
	}
	if home := b.get("/home"); !strings.Contains(home.Find("h1").Text(), "Sam de Boer") || !strings.Contains(home.Find(".notice").Text(), "aangemeld") {
		t.Errorf("home says %s", home.Find("main").Text())
	}
	if m := h.memberNamed("Sam de Boer"); m.Membership != members.Referred {
		t.Errorf("Sam is %+v", m)
	}
	if got := coach.get("/caseload"); !strings.Contains(got.Find("main").Text(), "Sam de Boer") {
		t.Error("the coach who invited does not follow Sam")
	}
	if text := coach.get("/invitations").Find("main").Text(); !strings.Contains(text, "Sam de Boer") || !strings.Contains(text, "gebruikt") {
		t.Errorf("the list says %s", text)
	}
	if strings.Contains(h.log.String(), strings.TrimPrefix(path, "/join/")) {
		t.Error("the secret is in the log")
	}
}

// TestSpentInvitationsAreOnePage, whatever is wrong with them.
func TestSpentInvitationsAreOnePage(t *testing.T) {
	h := newHouse(t)
	coach := h.signedIn(members.RoleCoach)
	used, _ := coach.card()
	if got := h.browser().post(used, samFields()...); got.location != "/signin/sent" {
		t.Fatalf("joining gave %d: %s", got.status, got.Find("main").Text())
	}
	revoked, id := coach.card()
	if got := coach.post("/invitations/" + id + "/revoke"); got.location != "/invitations" {
		t.Fatalf("revoking gave %d", got.status)
	}
	expired, _ := coach.card()
	h.now = h.now.Add(members.InvitationLife)
	look := func(got answer) string {
		if got.status != http.StatusGone {
			t.Errorf("status %d", got.status)
		}
		return got.Find("main").Text()
	}
	want := look(h.browser().get("/join/none"))
	for _, path := range []string{used, revoked, expired, "/join/%ff%00", "/join/" + strings.Repeat("a", 3000)} {
		if got := look(h.browser().get(path)); got != want {
			t.Errorf("looking gives another page: %s", got)
		}
		if got := look(h.browser().post(path, samFields()...)); got != want {
			t.Errorf("joining gives another page: %s", got)
		}
	}
}

func TestJoinHundredTimesAtOnce(t *testing.T) {
	h := newHouse(t)
	path, _ := h.signedIn(members.RoleCoach).card()
	b := h.browser()
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() { b.post(path, samFields()...) })
	}
	all.Wait()
	list, err := h.members.Members(t.Context(), h.actors[members.RoleCoordinator], members.Referred)
	if err != nil || len(list) != 1 {
		t.Errorf("%d joined, %v; want one", len(list), err)
	}
}

func TestTogetherTheCoachStaysTheCoach(t *testing.T) {
	h := newHouse(t)
	coach := h.signedIn(members.RoleCoach)
	path, id := coach.card("municipality", h.municipality())
	together := "/invitations/" + id + "/together"
	for _, got := range []answer{coach.get(path), coach.post(path, samFields()...)} {
		if got.location != together {
			t.Errorf("the card on the coach's own device leads to %q", got.location)
		}
	}
	if got := coach.post(together, samFields("name", "")...); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", got.status)
	}
	if got := coach.post(together, samFields()...); got.location != "/invitations" {
		t.Fatalf("together gave %d: %s", got.status, got.Find("main").Text())
	}
	if got := coach.get("/invitations"); !strings.Contains(got.Find(".menu").Text(), "Mens coach") {
		t.Error("the coach is somebody else now")
	}
	_, err := h.worker.RunDue(t.Context())
	h.must(err)
	list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
	h.must(err)
	if list[0].To != "sam@meent.example" || !strings.Contains(list[0].Text, "aangemeld bij Waalkracht") || strings.Contains(list[0].Text, "/signin/link") {
		t.Errorf("Sam gets %+v", list[0])
	}
	if got := coach.get(together); got.status != http.StatusGone {
		t.Errorf("a used card gives %d", got.status)
	}
}

func TestInvitationsAreTheirOwn(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	_, id := office.card("trial", "yes")
	coach := h.signedIn(members.RoleCoach)
	far, err := h.members.Invite(t.Context(), h.far[members.RoleCoach], members.NewInvitation{Card: true})
	h.must(err)
	for _, one := range []string{id, far.String(), "none", h.gig.String()} {
		for _, got := range []answer{coach.post("/invitations/" + one + "/card"), coach.post("/invitations/" + one + "/revoke"),
			coach.get("/invitations/" + one + "/together"), coach.post("/invitations/"+one+"/together", samFields()...)} {
			if got.status != http.StatusNotFound {
				t.Errorf("%s gave a coach %d", one, got.status)
			}
		}
	}
	if got := office.post("/invitations/" + far.String() + "/revoke"); got.status != http.StatusNotFound {
		t.Errorf("another cooperative's gave the office %d", got.status)
	}
	if got := coach.post("/invitations", "way", "card", "trial", "yes"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a coach's trial gave %d", got.status)
	}
	for _, way := range []string{"", "pigeon"} {
		if got := coach.post("/invitations", "way", way); got.status != http.StatusUnprocessableEntity || got.Find("#way-wrong").Length() != 1 {
			t.Errorf("the way %q gave %d", way, got.status)
		}
	}
}
