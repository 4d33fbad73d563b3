package web_test

import (
	"encoding/csv"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// helped is a house in which a coach helped the member for some weeks.
func (h *house) helped(why string, contacts int) {
	h.t.Helper()
	m, els := h.actors[members.RoleMember], h.actors[members.RoleCoach]
	seal := func(column, text string) (sealed []byte) {
		h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
			sealed, err = h.members.SealTx(h.t.Context(), tx, m.Person, column, text)
			return err
		}))
		return sealed
	}
	goal := id.New[coaching.Goal](nil)
	h.do(`INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, made_at, made_by, ended_at) VALUES ($1, $2, $3, $4, 'met', $5, $6, $7)`,
		goal, m.Cooperative, m.Member, seal("goal.text@"+goal.String(), "Zelf één week plannen"), h.now.AddDate(0, -2, 0), els.Role, h.now.AddDate(0, -1, 0))
	for n := range contacts {
		one := id.New[coaching.Contact](nil)
		h.do(`INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, goal_id, why, logged_at) VALUES ($1, $2, $3, $4, 'visit', $5, 45, $6, $7, $5)`,
			one, m.Cooperative, m.Member, els.Role, h.now.Add(-time.Duration(n+1)*7*time.Hour), goal, seal("contact.why@"+one.String(), why))
	}
	h.do(`INSERT INTO coaching.rung (id, cooperative_id, member_id, step, occasion, state, proposed_at, proposed_by, settled_at, settled_by)
		VALUES (gen_random_uuid(), $1, $2, 5, 'half_year', 'set', $3, $4, $3, $5)`, m.Cooperative, m.Member, h.now.AddDate(0, 0, -3), els.Role, m.Role)
	h.letCoach(members.ProgressScope, members.SharedNotesScope, members.HoursScope)
}

func (h *house) do(query string, args ...any) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), query, args...)
	h.must(err)
}

func (h *house) letCoach(scopes ...members.Scope) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		return h.members.GrantTx(h.t.Context(), tx, h.actors[members.RoleMember], members.NewGrant{Grantee: h.actors[members.RoleCoach].Role, Scopes: scopes, Until: "2027-05-24"})
	}))
}

// workedFor lets the member have agreed hours with the client, the day before.
func (h *house) workedFor() {
	h.t.Helper()
	h.do(`UPDATE jobs.engagement SET state = 'agreed', starts_at = $2, ends_at = $2::timestamptz + interval '3 hours' WHERE id = $1`, h.engaged(), h.now.Add(-24*time.Hour))
}

func (h *house) beginStatement(coach *browser) (path string) {
	h.t.Helper()
	list := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/statements"
	got := coach.post(list, "funder", "uwv", "from-day", "1", "from-month", "9", "from-year", "2026", "until-day", "24", "until-month", "11", "until-year", "2026")
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, list+"/") {
		h.t.Fatalf("beginning gave %d %s %s", got.status, got.location, got.Find("main").Text())
	}
	return got.location
}

func hashOn(a answer) string {
	hash, _ := a.Find(`input[name="hash"]`).Attr("value")
	return hash
}

func TestStatementFromBeginToFile(t *testing.T) {
	h := newHouse(t)
	h.helped("=Samen op €5 café geoefend; goed.", 3)
	h.workedFor()
	coach, member, client := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	path := h.beginStatement(coach)
	own := path[strings.Index(path, "/statements/"):]
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, own) || strings.Contains(got, "Mens coach") || strings.Contains(got, "café") {
		t.Errorf("the member was mailed %q", got)
	}
	page := coach.get(path)
	for _, text := range []string{"Zelf één week plannen", "Gehaald", "45", "=Samen op €5 café", "Stap 5: betaald werk met hulp", "Niet ingevuld", "UWV", "geen medische gegevens"} {
		if !strings.Contains(page.Find("main").Text(), text) {
			t.Errorf("the draft does not say %q:\n%s", text, page.Find("main").Text())
		}
	}
	h.expect(coach.post(path+"/summary", "summary", strings.Repeat("x", 1001)), http.StatusUnprocessableEntity)
	h.expect(coach.post(path+"/summary", "summary", "Mens groeit."), http.StatusSeeOther)
	stranger := h.far[members.RoleClient].Client.String()
	h.expect(coach.post(path+"/ask", "client", stranger), http.StatusNotFound)
	h.expect(coach.post(path+"/ask", "client", h.actors[members.RoleClient].Client.String()), http.StatusSeeOther)
	if client.get("/home").Find(`a[href^="/satisfaction/"]`).Length() != 0 || strings.Contains(h.mailAs(members.RoleClient), "/satisfaction/") {
		t.Error("the client is asked without the member's yes")
	}
	if got := member.get(own); !strings.Contains(got.body, "Niet gevraagd") || got.Find(`form[action$="/ask"] button[name=yes]`).Length() != 1 {
		t.Errorf("the member is not asked: %s", got.Find("main").Text())
	}
	h.expect(member.post(own+"/ask", "client", stranger), http.StatusNotFound)
	h.expect(member.post(own+"/ask", "client", h.actors[members.RoleClient].Client.String(), "yes", "yes"), http.StatusSeeOther)
	h.expect(member.post(own+"/ask", "client", h.actors[members.RoleClient].Client.String(), "no", "no"), http.StatusConflict)
	form, _ := client.get("/home").Find(`a[href^="/satisfaction/"]`).Attr("href")
	if got := h.mailAs(members.RoleClient); form == "" || !strings.Contains(got, form) || strings.Contains(got, "Mens") && strings.Contains(got, "member") {
		t.Errorf("the client is asked at %q, by %q", form, got)
	}
	asked := client.get(form)
	for _, secret := range []string{"member", "Mens coach", "plannen", "café", "groeit", "45"} {
		if strings.Contains(asked.Find("main").Text(), secret) {
			t.Errorf("the client reads %q", secret)
		}
	}
	h.expect(client.get(own), http.StatusForbidden)
	h.expect(client.post(form, "reach", "11"), http.StatusUnprocessableEntity)
	h.expect(client.post(form, "reach", "7", "clear", "7", "help", "8", "result", "7", "overall", "7", "words", "Fijne hulp."), http.StatusSeeOther)
	h.expect(client.post(form, "reach", "7", "clear", "7", "help", "8", "result", "7", "overall", "7"), http.StatusConflict)
	h.expect(member.post(own+"/form", "reach", "9", "clear", "8", "help", "9", "result", "8", "overall", "9"), http.StatusSeeOther)
	stale := hashOn(page)
	h.expect(coach.post(path+"/sign", "hash", stale), http.StatusConflict)
	h.expect(coach.get(path+"/pdf"), http.StatusNotFound) // a draft is no file
	h.expect(coach.post(path+"/sign", "hash", hashOn(coach.get(path))), http.StatusSeeOther)
	h.expect(coach.post(own+"/sign", "hash", hashOn(member.get(own))), http.StatusForbidden)
	if got := h.mailAs(members.RoleMember); !strings.Contains(got, own) || !strings.Contains(got, "ondertekenen") {
		t.Errorf("the member was mailed %q", got)
	}
	h.now = h.now.Add(time.Minute)
	h.expect(member.post(own+"/sign", "hash", hashOn(member.get(own))), http.StatusSeeOther)
	if got := member.get(own).Find("main").Text(); !strings.Contains(got, "Ondertekend door beiden") || !strings.Contains(got, "7,9") || !strings.Contains(got, "6,5") || !strings.Contains(got, "Fijne hulp.") {
		t.Errorf("signed, it says %s", got)
	}
	h.expect(member.post(own+"/withdraw"), http.StatusConflict)
	h.sameFiles(member.get(own+"/pdf"), coach.get(path+"/pdf"), member.get(own+"/pdf"))
	rows := readCSV(t, member.get(own+"/csv"))
	if got := strings.Join(rows[0], " "); got != "Wat Dag Wie Soort Minuten Doel Hoe het staat Cijfer Tekst Volgende stap" {
		t.Errorf("the headings are %q", got)
	}
	if text := member.get(own + "/csv").body; !strings.Contains(text, "'=Samen op €5 café geoefend; goed.") {
		t.Errorf("a formula stands in the table:\n%s", text)
	}
	h.now = h.now.Add(time.Hour)
	h.do(`UPDATE members.access_grant SET revoked_at = $1 WHERE scope = 'progress'`, h.now)
	for _, one := range []string{path, path + "/pdf", path + "/csv"} {
		h.expect(coach.get(one), http.StatusForbidden)
	}
	h.expect(member.get(own), http.StatusOK)
}

// sameFiles: the same file, whoever downloads it, each time.
func (h *house) sameFiles(files ...answer) {
	h.t.Helper()
	for _, f := range files {
		if f.status != http.StatusOK || f.header.Get("Content-Type") != "application/pdf" || f.header.Get("Content-Disposition") != `attachment; filename="verslag-2026-09-01-2026-11-24.pdf"` {
			h.t.Errorf("the file came as %d %v", f.status, f.header)
		}
		if f.body != files[0].body || !strings.HasPrefix(f.body, "%PDF-") || !strings.Contains(f.body, "/Lang (nl") {
			h.t.Error("the file is not the same, or says no language")
		}
	}
}

func readCSV(t *testing.T, a answer) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\xef\xbb\xbf")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || a.status != http.StatusOK || len(rows) < 10 {
		t.Fatalf("the table is %q, %v", a.body, err)
	}
	return rows
}

// TestStatementOnPaper reads a long statement as programs do, where one is there
// that can.
func TestStatementOnPaper(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("pdftotext is missing where it must be there")
	}
	if err != nil {
		t.Skip("pdftotext is missing: `make test` installs it")
	}
	h := newHouse(t)
	h.helped("We oefenden het reizen met de bus, ook met Łukasz en Zoë 🙂.\nDaarna dronken we koffie van € 2,50 en keken we hoe het ging.", 60)
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	path := h.beginStatement(coach)
	own := path[strings.Index(path, "/statements/"):]
	h.expect(coach.post(path+"/sign", "hash", hashOn(coach.get(path))), http.StatusSeeOther)
	file := filepath.Join(t.TempDir(), "one.pdf")
	h.must(os.WriteFile(file, []byte(member.get(own+"/pdf").body), 0o600))
	if keep := os.Getenv("MEENT_KEEP_PDF"); keep != "" {
		h.must(os.WriteFile(keep, []byte(member.get(own+"/pdf").body), 0o600))
	}
	out, err := exec.CommandContext(t.Context(), tool, "-layout", file, "-").Output()
	h.must(err)
	text := string(out)
	pages := strings.Count(text, "\f")
	for _, want := range []string{"Zelf één week", "Łukasz", "Zoë", "€ 2,50", "Participatieladder", "nog niet ondertekend", "bladzijde 1 van", "Contacten: 60. Samen: 45 uur."} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if pages < 3 || strings.Count(text, "Minuten") < pages-1 || !strings.Contains(text, "bladzijde 3 van") || strings.Contains(text, "van 0") {
		t.Errorf("%d pages, %d of them with headings:\n%s", pages, strings.Count(text, "Minuten"), text)
	}
}

func TestStatementSaysWhatIsMissing(t *testing.T) {
	h := newHouse(t)
	h.letCoach(members.HoursScope, members.ProgressScope)
	coach := h.signedIn(members.RoleCoach)
	list := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/statements"
	if got := coach.post(list, "funder", "other", "from-day", "1", "from-month", "13"); got.status != http.StatusUnprocessableEntity || got.Find("#from-wrong, #until-wrong, #funder-name-wrong").Length() != 3 {
		t.Errorf("a bad form gave %d %s", got.status, got.Find("main").Text())
	}
	page := coach.get(h.beginStatement(coach))
	if text := page.Find("main").Text(); !strings.Contains(text, "Vraag Mens member om dit te delen: notities van de coach.") || hashOn(page) != "" || page.Find("#goals").Length() != 1 || page.Find("#hours").Length() != 1 {
		t.Errorf("without a key the coach reads %s", text)
	}
	if got := coach.get(list); got.Find(`main a[href^="`+list+`/"]`).Length() != 1 || !strings.Contains(got.body, "Nog niet ondertekend") {
		t.Errorf("the list says %s", got.Find("main").Text())
	}
}

// TestClientKeptAwayIsNoChoice of the member's, who is not told that a mail goes
// out which does not; the coach hears nothing of it.
func TestClientKeptAwayIsNoChoice(t *testing.T) {
	h := newHouse(t)
	h.helped("We oefenden.", 1)
	h.workedFor()
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	path := h.beginStatement(coach)
	own := path[strings.Index(path, "/statements/"):]
	client := h.actors[members.RoleClient].Client
	if member.get(own).Find(`form[action$="/ask"]`).Length() != 1 {
		t.Fatalf("nobody can be asked:\n%s", member.get(own).Find("main").Text())
	}
	h.must(h.members.Block(t.Context(), h.actors[members.RoleMember], client, ""))
	if got := member.get(own); got.Find(`form[action$="/ask"]`).Length() != 0 {
		t.Errorf("the client is still a choice:\n%s", got.Find("main").Text())
	}
	h.expect(member.post(own+"/ask", "client", client.String(), "yes", "yes"), http.StatusNotFound)
	h.expect(coach.post(path+"/ask", "client", client.String()), http.StatusSeeOther)
}
