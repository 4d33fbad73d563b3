package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"meent/members"
)

// TestPlanningBoard: the office finds a free seat in a week, asks somebody who
// fits, and sees that they were asked.
func TestPlanningBoard(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	gig := h.post(h.actors[members.RoleClient], "Ramen lappen in de hal") // for which nobody is asked yet
	var shift, day string
	h.must(h.db.QueryRow(t.Context(), `SELECT id, (starts_at AT TIME ZONE 'Europe/Amsterdam')::date::text FROM jobs.shift WHERE gig_id = $1 ORDER BY starts_at LIMIT 1`,
		gig).Scan(&shift, &day))
	board := office.get("/planning?day=" + day)
	if board.status != http.StatusOK || board.Find(`a[href="/planning/`+shift+`"]`).Length() != 1 {
		t.Fatalf("the board: %d\n%s", board.status, board.Text())
	}
	if got := office.get("/planning?day=" + day + "&open=yes"); got.Find(`a[href="/planning/`+shift+`"]`).Length() != 1 {
		t.Errorf("the free seat is not among the free:\n%s", got.Text())
	}
	page := office.get("/planning/" + shift)
	action, ok := page.Find(`a[href^="/planning/` + shift + `/ask/"]`).First().Attr("href")
	if !ok {
		t.Fatalf("nobody fits:\n%s", page.Text())
	}
	for _, path := range []string{"/planning/" + shift, action} { // why they fit: skills, the way and earlier work, and nothing of health or money
		list := strings.Join(strings.Fields(office.get(path).Find("main ul li").Text()), " ")
		if !strings.Contains(list, "Kan al het werk dat gevraagd wordt.") || !strings.Contains(list, "Woont op") || regexp.MustCompile(`(?i)zwaar|verdien|weken nog geen werk|te leren|punten`).MatchString(list) {
			t.Errorf("%s: the office reads %s", path, list)
		}
	}
	_, err := h.db.Exec(t.Context(), `UPDATE members.member SET place_code = (SELECT place_code FROM jobs.gig WHERE id = $1)`, gig)
	h.must(err)
	if list := office.get(action).Find("main ul li").Text(); !strings.Contains(list, "Woont in deze plaats.") || strings.Contains(list, "0\u00a0m") {
		t.Errorf("of who lives there the office reads %s", list)
	}
	if got := office.get(action); got.status != http.StatusOK || !strings.Contains(got.Text(), "Waarom kies je") {
		t.Fatalf("choosing: %d\n%s", got.status, got.Text())
	}
	if got := office.post(action); got.status != http.StatusUnprocessableEntity {
		t.Fatalf("choosing without a reason gave %d", got.status)
	}
	const why = "Zij vroeg al lang om dit werk, en heeft weinig gehad."
	if got := office.post(action, "why", why); got.location != "/planning/"+shift {
		t.Fatalf("asking gave %d, %s", got.status, got.location)
	}
	if page = office.get("/planning/" + shift); !strings.Contains(page.Text(), "Eén nog zonder antwoord") || page.Find(`a[href="`+action+`"]`).Length() != 0 {
		t.Errorf("after asking:\n%s", page.Text())
	}
	if got := office.get(action); got.status != http.StatusConflict {
		t.Errorf("choosing who was asked gave %d", got.status)
	}
	member := h.signedIn(members.RoleMember)
	var offer string
	h.must(h.db.QueryRow(t.Context(), `SELECT id FROM matching.offer WHERE shift_id = $1`, shift).Scan(&offer))
	if got := member.get("/offers/" + offer); !strings.Contains(got.Text(), why) || !strings.Contains(got.Text(), "koos jou") {
		t.Errorf("the member reads %d\n%s", got.status, got.Text())
	}
	if got := office.post(action, "why", why); got.status != http.StatusConflict || !strings.Contains(got.Text(), "Dit lid is al gevraagd") {
		t.Errorf("asking again gave %d", got.status)
	}
	for _, wrong := range []string{"/planning?day=2026-02-30", "/planning?day=x", "/planning/x", "/planning/" + newUUID()} {
		if got := office.get(wrong); got.status != http.StatusNotFound {
			t.Errorf("%s gave %d", wrong, got.status)
		}
	}
}

// TestWorktimePage: a rule can be stricter than the law, with a reason.
func TestWorktimePage(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	if got := office.get("/worktime"); got.status != http.StatusOK || !strings.Contains(got.Text(), "artikel 5:3") {
		t.Fatalf("the page: %d\n%s", got.status, got.Text())
	}
	for _, form := range [][]string{
		{"hours-rest", "10", "effect-rest", "block", "why-rest", "Het is druk."},
		{"hours-rest", "twaalf", "effect-rest", "block", "why-rest", "Het is druk."},
		{"hours-rest", "12", "effect-rest", "off", "why-rest", "Het is druk."},
		{"hours-rest", "12", "effect-rest", "warn", "why-rest", ""},
		{"hours-rest", "99999999999999999999", "effect-rest", "warn", "why-rest", "Zo."},
	} {
		if got := office.post("/worktime", append([]string{"code", "rest"}, form...)...); got.status != http.StatusUnprocessableEntity || got.Find(".problems a").Length() == 0 {
			t.Errorf("%q gave %d\n%s", form, got.status, got.Text())
		}
	}
	if got := office.post("/worktime", "code", "rest", "hours-rest", "12", "effect-rest", "warn", "why-rest", "De vergadering besloot het."); got.location != "/worktime" {
		t.Fatalf("saving gave %d\n%s", got.status, got.Text())
	}
	if got := office.get("/worktime"); !strings.Contains(got.Text(), "12 uur rust achter elkaar") {
		t.Errorf("after saving:\n%s", got.Text())
	}
	if got := office.get("/deeds"); !strings.Contains(got.Text(), "Een regel over werktijd is veranderd") {
		t.Errorf("the log says:\n%s", got.Text())
	}
}
