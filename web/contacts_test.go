package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/members"
	"meent/members/coaching"
)

// following is a coach's browser at the form for a contact with the member, who
// lets them.
func (h *house) following() (coach, member *browser, path string) {
	h.t.Helper()
	coach, member = h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	h.share(member, "24", "5", "2027", "shared notes")
	return coach, member, "/caseload/" + h.actors[members.RoleMember].Member.String() + "/contacts/new"
}

// contact is a form that nobody refuses, with other values for some fields.
func contact(b *browser, path string, other ...string) []string {
	fields := map[string]string{"kind": "call", "minutes": "15", "why": "Ze belt liever niet zelf.", "next": "Samen bellen."}
	fields["id"] = b.get(path).Find(`[name="id"]`).AttrOr("value", "")
	if fields["id"] == "" {
		fields["id"] = id.New[coaching.Contact](nil).String()
	}
	for i := 0; i < len(other); i += 2 {
		fields[other[i]] = other[i+1]
	}
	var list []string
	for name, value := range fields {
		list = append(list, name, value)
	}
	return list
}

func (h *house) kept() (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM coaching.contact`).Scan(&n))
	return n
}

func TestContactIsLoggedAndRead(t *testing.T) {
	h := newHouse(t)
	coach, member, path := h.following()
	got := coach.post(path, contact(coach, path)...)
	list := strings.TrimSuffix(path, "/new")
	if got.status != http.StatusSeeOther || got.location != list {
		t.Fatalf("logging gave %d %s:\n%s", got.status, got.location, got.Find("main").Text())
	}
	page := coach.get(list)
	for _, text := range []string{"Gebeld, 15\u00a0min", "Ze belt liever niet zelf.", "Samen bellen.", "Mens coach", "Opgeschreven."} {
		if !strings.Contains(page.Find("main").Text(), text) {
			t.Errorf("the coach does not read %q:\n%s", text, page.Find("main").Text())
		}
	}
	if figures := page.Find(".figures").Text(); !strings.Contains(figures, "15") || !strings.Contains(figures, "contact") {
		t.Errorf("the figures are %q", figures)
	}
	for _, text := range []string{"Gebeld, 15\u00a0min", "Ze belt liever niet zelf.", "Samen bellen.", "Mens coach"} {
		if notes := member.get("/notes").Find("main").Text(); !strings.Contains(notes, text) {
			t.Errorf("the member does not read %q:\n%s", text, notes)
		}
	}
	if links := member.get("/coach").Find(`a[href="/notes"]`).Length(); links != 1 {
		t.Errorf("%d links to the notes", links)
	}
	if got := coach.get("/caseload").Find(`a[href="` + path + `"]`).Length(); got != 1 {
		t.Errorf("%d links to the form on the caseload", got)
	}
	back := coach.post(page.Find(`form[action$="/back"]`).AttrOr("action", ""))
	if back.location != list || h.kept() != 0 {
		t.Errorf("taking back gave %d %s, %d are kept", back.status, back.location, h.kept())
	}
}

// TestMailOfAContactTellsNothing: neither what, nor by whom.
func TestMailOfAContactTellsNothing(t *testing.T) {
	h := newHouse(t)
	coach, _, path := h.following()
	coach.post(path, contact(coach, path)...)
	coach.post(path, contact(coach, path)...)
	_, err := h.worker.RunDue(t.Context())
	h.must(err)
	all, err := h.mailbox.List(t.Context(), mail.MailboxSize)
	h.must(err)
	mails := 0
	for _, one := range all {
		if !strings.Contains(one.Text, "/notes") {
			continue
		}
		mails++
		if strings.Contains(one.Text+one.Subject, "bel") && strings.Contains(one.Text, "liever") || strings.Contains(one.Text, "Mens coach") || one.To != memberMail {
			t.Errorf("the mail says %q to %s", one.Text, one.To)
		}
	}
	if mails != 1 {
		t.Errorf("%d mails of two contacts on a day", mails)
	}
}

// TestMedicalWordsAreShownBefore they are kept, and another text anew.
func TestMedicalWordsAreShownBefore(t *testing.T) {
	h := newHouse(t)
	coach, _, path := h.following()
	fields := contact(coach, path, "why", "Hij heeft rugklachten.", "next", "Naar de huisarts.")
	got := coach.post(path, fields...)
	hint := got.Find("#medical").Text()
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(hint, "“rugklachten”, “huisarts”") || !strings.Contains(hint, "niet waarom medisch") || h.kept() != 0 {
		t.Fatalf("it gave %d %q, %d are kept", got.status, hint, h.kept())
	}
	if typed := got.Find("#why").Text(); typed != "Hij heeft rugklachten." {
		t.Errorf("the form forgot what was typed: %q", typed)
	}
	button := got.Find(`#medical button[name="looked"]`)
	if button.Length() != 1 || strings.TrimSpace(button.Text()) != "Zo bewaren" {
		t.Fatalf("there is no button to keep it: %s", got.Find("#medical").Text())
	}
	looked := button.AttrOr("value", "")
	for i := range fields {
		if i%2 == 0 && fields[i] == "why" {
			fields[i+1] = "Hij heeft een depressie."
		}
	}
	if got := coach.post(path, append(fields, "looked", looked)...); got.status != http.StatusUnprocessableEntity || h.kept() != 0 {
		t.Errorf("another text gave %d, %d are kept", got.status, h.kept())
	}
	if got := coach.post(path, contact(coach, path, "why", "Hij heeft rugklachten.", "next", "Naar de huisarts.", "looked", looked)...); got.status != http.StatusSeeOther || h.kept() != 1 {
		t.Errorf("what was looked at gave %d, %d are kept", got.status, h.kept())
	}
}

func TestWrongContactsAreShownAgain(t *testing.T) {
	h := newHouse(t)
	coach, _, path := h.following()
	for name, test := range map[string]struct {
		field string
		typed []string
	}{
		"nothing":         {"kind", []string{"kind", ""}},
		"no minutes":      {"minutes", []string{"minutes", ""}},
		"words":           {"minutes", []string{"own", "tien"}},
		"eleven hours":    {"minutes", []string{"own", "660"}},
		"no reason":       {"why", []string{"why", " "}},
		"no such day":     {"day", []string{"day-day", "31", "day-month", "2", "day-year", "2026"}},
		"a day to come":   {"day", []string{"day-day", "30", "day-month", "11", "day-year", "2026"}},
		"a day long gone": {"day", []string{"day-day", "1", "day-month", "1", "day-year", "2026"}},
		"no such time":    {"time", []string{"day-day", "20", "day-month", "11", "day-year", "2026", "time-hour", "25"}},
	} {
		got := coach.post(path, contact(coach, path, test.typed...)...)
		if got.status != http.StatusUnprocessableEntity || got.Find(`.problems a[href="#`+test.field+`"]`).Length() != 1 {
			t.Errorf("%s gave %d %s", name, got.status, got.Find(".problems").Text())
		}
	}
	if got := coach.post(path, contact(coach, path, "own", "25", "day-day", "20", "day-month", "11", "time-hour", "14", "time-minute", "30")...); got.status != http.StatusSeeOther {
		t.Fatalf("an earlier day gave %d %s", got.status, got.Find(".problems").Text())
	}
	var at time.Time
	var minutes int
	h.must(h.db.QueryRow(t.Context(), `SELECT at, minutes FROM coaching.contact`).Scan(&at, &minutes))
	if want := time.Date(2026, 11, 20, 13, 30, 0, 0, time.UTC); !at.Equal(want) || minutes != 25 {
		t.Errorf("kept %s, %d minutes; want %s", at.UTC(), minutes, want)
	}
}

// TestAPhoneSendsLater: what offline.js sends, and what it hears.
func TestAPhoneSendsLater(t *testing.T) {
	h := newHouse(t)
	coach, member, path := h.following()
	send := func(fields []string) answer {
		t.Helper()
		body := strings.Builder{}
		for i := 0; i < len(fields); i += 2 {
			body.WriteString(fields[i] + "=" + strings.ReplaceAll(fields[i+1], " ", "+") + "&")
		}
		return coach.do(http.MethodPost, path, body.String(), "Accept", "application/json")
	}
	at := h.now.Add(-2 * time.Hour)
	fields := contact(coach, path, "ago", "7200", "by", h.actors[members.RoleCoach].Role.String())
	for range 2 {
		if got := send(fields); got.status != http.StatusCreated || got.body != "" {
			t.Fatalf("sending gave %d %q", got.status, got.body)
		}
	}
	var kept time.Time
	h.must(h.db.QueryRow(t.Context(), `SELECT at FROM coaching.contact`).Scan(&kept)) // fails for two: see kept below
	if !kept.Equal(at) || h.kept() != 1 {
		t.Errorf("%d are kept, at %s; want one at %s", h.kept(), kept, at)
	}
	if got := send(contact(coach, path, "by", h.gig.String())); got.status != http.StatusNotFound {
		t.Errorf("kept for another role: %d", got.status)
	}
	if got := send(contact(coach, path, "id", "no uuid")); got.status != http.StatusNotFound {
		t.Errorf("a strange id: %d", got.status)
	}
	if got := send(contact(coach, path, "why", "Hij heeft ADHD.")); got.status != http.StatusUnprocessableEntity {
		t.Errorf("medical words: %d", got.status)
	}
	late := contact(coach, path)
	member.post(member.get("/sharing").Find(`form[action$="/stop"]`).AttrOr("action", ""))
	if got := send(late); got.status != http.StatusForbidden {
		t.Errorf("after revoking: %d", got.status)
	}
	if got := coach.get(path); got.status != http.StatusForbidden || !strings.Contains(got.Find("h1").Text(), "Dit mag je nu niet zien") {
		t.Errorf("the form after revoking: %d %s", got.status, got.Find("h1").Text())
	}
	if got := coach.get(strings.TrimSuffix(path, "/new")); got.status != http.StatusForbidden {
		t.Errorf("the list after revoking: %d", got.status)
	}
	h.must(h.coaching.End(t.Context(), h.actors[members.RoleCoordinator], h.actors[members.RoleMember].Member))
	if got := send(late); got.status != http.StatusNotFound {
		t.Errorf("after the hand-over: %d", got.status)
	}
	if h.kept() != 1 {
		t.Errorf("%d are kept", h.kept())
	}
}

// TestPageWithoutInternetHoldsNobody: it stays in a browser after its person left.
func TestPageWithoutInternetHoldsNobody(t *testing.T) {
	h := newHouse(t)
	coach, _, path := h.following()
	page, stranger := coach.get("/offline"), h.browser().get("/offline")
	if page.status != http.StatusOK || page.body != stranger.body || page.Find("[data-owner]").Length() != 0 {
		t.Errorf("the page differs by who asks: %d\n%s", page.status, page.body)
	}
	script := coach.get("/sw.js")
	if script.status != http.StatusOK || script.header.Get("Content-Type") != "text/javascript; charset=utf-8" || strings.Contains(script.body, "FILES") || !strings.Contains(script.body, `"/offline"`) {
		t.Errorf("the worker is %d:\n%s", script.status, script.body)
	}
	for _, address := range strings.FieldsFunc(script.body, func(r rune) bool { return r == '"' }) {
		if strings.HasPrefix(address, "/static/") && coach.get(address).status != http.StatusOK {
			t.Errorf("the worker wants %s, which is not there", address)
		}
	}
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "worker-src 'self'") {
		t.Errorf("the policy is %q", policy)
	}
	if got := coach.get(path).Find("body").AttrOr("data-owner", ""); got != h.actors[members.RoleCoach].Role.String() {
		t.Errorf("the coach's page belongs to %q", got)
	}
	if names := coach.get("/caseload").Find("[data-names]").Text(); strings.TrimSpace(names) != "Mens" {
		t.Errorf("the phone keeps %q", names)
	}
	if got := coach.post("/signout"); got.header.Get("Clear-Site-Data") != `"storage"` {
		t.Errorf("signing out leaves what was kept: %v", got.header)
	}
}
