package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
)

// TestCaseloadBySignal: what is shared is a reason with one thing to do, what is
// not shared is none, and the member sees that the coach looked.
func TestCaseloadBySignal(t *testing.T) {
	h := newHouse(t)
	who := h.actors[members.RoleMember]
	at := "/caseload/" + who.Member.String()
	note := func(kind string, when time.Time) {
		_, err := h.db.Exec(t.Context(), `INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
			VALUES (gen_random_uuid(), $1, $2, $3, $4, 180, gen_random_uuid()::text)`, who.Cooperative, who.Member, kind, when)
		h.must(err)
	}
	note("first_shift", h.now.Add(23*time.Hour))
	for range 3 {
		note("offer_no", h.now.Add(-time.Hour))
	}
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	before := coach.get("/caseload")
	h.says(before, "Nu niets nodig (1)", "Mens member Nijmegen", "Zij zien in welk uur je keek.")
	h.saysNothingOf(before, "klant", "nee", "Noteer")
	h.says(member.get("/sharing"), "Nog niemand keek")

	h.expect(h.share(member, "24", "5", "2027", "offers", "agenda"), http.StatusSeeOther)
	seen := coach.get("/caseload")
	h.says(seen, "Nu aan jou (1)", "Voor het eerst bij een klant: morgen, 9.00", "Zei 3 keer nee in 30 dagen. Dat mag.", "Bekijk het werk: Mens member",
		"Iedereen (1)", "Nieuwe klant (1)", "Vaker nee (1)")
	if got := seen.Find("#now + .cases a.button").AttrOr("href", ""); got != at {
		t.Errorf("the suggested action leads to %q", got)
	}
	h.says(member.get("/sharing"), "Mens coach keek naar je agenda.", "Mens coach keek naar het werk dat je krijgt aangeboden.")

	h.says(coach.get("/caseload?signal=three_noes"), "Nu aan jou (1)")
	empty := coach.get("/caseload?signal=no_gig")
	h.says(empty, "Nu heeft niemand deze reden", "Geen werk (0)")
	h.saysNothingOf(empty, "Voor het eerst")
	h.says(coach.get("/caseload?signal=%3Cscript%3E"), "Nu aan jou (1)")
	home := coach.get("/home")
	h.says(home, "Voor het eerst bij een klant: morgen, 9.00")
	if got := home.Find(`a.figure[href="/caseload#now"] strong`).Text(); got != "1" {
		t.Errorf("the first page counts %q", got)
	}

	for range 2 {
		h.expect(member.post(member.get("/sharing").Find(`form[action$="/stop"]`).First().AttrOr("action", "")), http.StatusSeeOther)
	}
	after := coach.get("/caseload")
	h.says(after, "Nu niets nodig (1)")
	h.saysNothingOf(after, "klant", "nee")
}

// TestCaseloadWithoutKeys: what the coach did not do, and what they were asked.
func TestCaseloadWithoutKeys(t *testing.T) {
	h := newHouse(t)
	h.expect(h.signedIn(members.RoleMember).post("/coach/ask", "text", "Mag ik je iets vragen?"), http.StatusSeeOther)
	h.now = h.now.Add(16 * 24 * time.Hour)
	page := h.signedIn(members.RoleCoach).get("/caseload")
	h.says(page, "Wacht op jouw antwoord: di 24 nov gevraagd.", "Nog geen contact in 16 dagen.", "Geef antwoord: Mens member")
	if got := page.Find("#now + .cases a.button").AttrOr("href", ""); got != "/questions" {
		t.Errorf("the suggested action leads to %q", got)
	}
	h.says(h.signedIn(members.RoleMember).get("/sharing"), "Nog niemand keek")
	if text := page.Find(".cases").Text(); strings.Contains(text, "Mag ik je iets") {
		t.Error("the list shows the words of the question")
	}
}
