package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

// mailAs is the newest mail to this person, subject and both forms.
func (h *house) mailAs(kind members.RoleKind) string {
	h.t.Helper()
	return h.mailWith(kind, "")
}

// mailWith is the newest in which this stands: two of the same moment have no order.
func (h *house) mailWith(kind members.RoleKind, part string) string {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if one.To == person(kind, "waal").Email && !strings.Contains(one.Text, "/signin/") && strings.Contains(one.Text, part) {
			return one.Subject + "\n" + one.Text + "\n" + one.HTML
		}
	}
	return ""
}

func TestQuestionFromPageToAnswer(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	link, _ := member.get("/gigs/" + h.gig.String() + "?q=geheim").Find(".help").Attr("href")
	if want := "/coach/ask?" + (url.Values{"from": {"/gigs/" + h.gig.String()}}).Encode(); link != want {
		t.Fatalf("the link leads to %q, want %q", link, want)
	}
	from, _ := member.get(link).Find(`[name="from"]`).Attr("value")
	if got := member.post("/coach/ask", "from", from, "text", " "); got.status != http.StatusUnprocessableEntity || got.Find("#text-wrong").Length() != 1 {
		t.Errorf("an empty question gave %d", got.status)
	}
	if got := member.post("/coach/ask", "from", from, "text", "Mag ik een jas mee?"); got.location != "/coach/ask" {
		t.Fatalf("asking gave %d %s", got.status, got.Find("main").Text())
	}
	if got := h.mailAs(members.RoleCoach); !strings.Contains(got, "/questions") || strings.Contains(got, "jas") || strings.Contains(got, "Mens member") {
		t.Errorf("the coach was mailed %q", got)
	}
	if got := h.mailAs(members.RoleCoordinator); got != "" {
		t.Errorf("the coordinator was mailed %q", got)
	}
	page := coach.get("/questions")
	action, _ := page.Find(`form[action$="/answer"]`).Attr("action")
	field, _ := page.Find("textarea").Attr("name")
	if !strings.Contains(page.body, "Mag ik een jas mee?") || !strings.Contains(page.body, `href="/gigs/`+h.gig.String()) || strings.Contains(page.body, "Nijmegen") {
		t.Errorf("the coach reads %s", page.Find("main").Text())
	}
	if got := coach.post(action, field, ""); got.status != http.StatusUnprocessableEntity || got.Find("#"+field+"-wrong").Length() != 1 {
		t.Errorf("an empty answer gave %d", got.status)
	}
	if got := coach.post(action, field, "Ja, neem <b>hem</b> mee."); got.location != "/questions" {
		t.Fatalf("answering gave %d", got.status)
	}
	if got := coach.post(action, field, "Nog een keer."); got.status != http.StatusConflict {
		t.Errorf("answering twice gave %d", got.status)
	}
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, "/coach/ask") || strings.Contains(got, "neem") || strings.Contains(got, "jas") {
		t.Errorf("the member was mailed %q", got)
	}
	for _, path := range []string{"/home", "/coach/ask"} {
		if got := member.get(path); !strings.Contains(got.Find("main").Text(), "Ja, neem <b>hem</b> mee.") {
			t.Errorf("%s shows no answer", path)
		}
	}
	if strings.Contains(h.log.String(), "jas") {
		t.Error("the question stands in the log")
	}
}

func TestQuestionKeepsOnlyOwnPages(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	for _, from := range []string{"https://evil.example/", "//evil.example", "/signin/link/abc", "/gigs/" + h.gig.String() + "?q=jan", "/gigs/jan", "/caseload",
		"/gigs/../pay", "/tasks", "/static/app.css", "/live/mine", "/GIGS", "/pay#x", "/pay/", "", "/coach/ask", "\x00", strings.Repeat("/gigs", 100)} {
		if value, _ := member.get("/coach/ask?" + url.Values{"from": {from}}.Encode()).Find(`[name="from"]`).Attr("value"); value != "" {
			t.Errorf("from %q became %q", from, value)
		}
	}
	member.post("/coach/ask", "from", "https://evil.example/", "text", "Hallo?")
	var page string
	h.must(h.db.QueryRow(t.Context(), `SELECT page FROM coaching.question`).Scan(&page))
	if page != "" {
		t.Errorf("stored is %q", page)
	}
}

func TestSilentQuestionStandsOnTheCoordinatorsHome(t *testing.T) {
	h := newHouse(t)
	member, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	member.post("/coach/ask", "text", "Hallo?")
	if got := h.mailAs(members.RoleCoordinator); got != "" || office.get("/home").Find("#questions").Length() != 0 {
		t.Errorf("at once the coordinator hears %q", got)
	}
	h.now = h.now.Add(25 * time.Hour)
	if got := h.mailAs(members.RoleCoordinator); !strings.Contains(got, "/questions") || strings.Contains(got, "Hallo") {
		t.Errorf("the coordinator was mailed %q", got)
	}
	if got := office.get("/home").Find("li:has(#questions)").Text(); !strings.Contains(got, "Er wacht één vraag") || !strings.Contains(got, "één dag") {
		t.Errorf("the coordinator's home says %q", got)
	}
	if got := office.get("/questions"); !strings.Contains(got.body, "Hallo?") {
		t.Error("the coordinator does not see the question")
	}
}

func TestWithoutCoachThePageSaysWhoReadsIt(t *testing.T) {
	h := newHouse(t)
	_, err := h.db.Exec(t.Context(), `DELETE FROM coaching.caseload`)
	h.must(err)
	if got := h.signedIn(members.RoleMember).get("/coach/ask").Find(".lead").Text(); !strings.Contains(got, "geen coach") {
		t.Errorf("the page says %q", got)
	}
}
