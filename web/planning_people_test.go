package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/jobs"
	"meent/members"
)

// TestPlanningOfPeople: the office reads for whom the work is more than a rule wants
// that only warns, among who works and who asks, and the client never does; and that
// somebody comes along to a first shift, until it filled in who.
func TestPlanningOfPeople(t *testing.T) {
	h := newHouse(t)
	h.must(h.jobs.ChangeMeeting(t.Context(), h.actors[members.RoleClient], h.gig, jobs.Meeting{Accompanied: true}))
	e := h.engaged()
	member, office, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleClient)
	h.must(h.jobs.ChangeWorktime(t.Context(), h.actors[members.RoleCoordinator], jobs.HoursAWeek, 5*time.Hour, jobs.WorktimeWarns, "Het is druk."))
	ask := h.asked(member)
	const warning = "veel werk in deze week"
	if page := office.get("/asks/" + ask); !strings.Contains(page.Find("main").Text(), warning) {
		t.Errorf("the office reads:\n%s", page.Find("main").Text())
	}
	if page := client.get("/asks/" + ask); page.status != http.StatusOK || strings.Contains(page.Find("main").Text(), warning) {
		t.Errorf("the client reads how much somebody works elsewhere:\n%s", page.Find("main").Text())
	}
	if got := office.post("/asks/" + ask + "/yes"); got.status != http.StatusSeeOther {
		t.Fatalf("yes gave %d", got.status)
	}
	var shift, day string
	h.must(h.db.QueryRow(t.Context(), `SELECT shift_id, (starts_at AT TIME ZONE 'Europe/Amsterdam')::date::text FROM jobs.engagement WHERE id = $1`, e).Scan(&shift, &day))
	path := "/planning/" + shift
	page := office.get(path)
	if text := page.Find("#who").Parent().Text(); !strings.Contains(text, warning) || !strings.Contains(text, "Eerste keer: er gaat iemand mee") {
		t.Errorf("on the board:\n%s", text)
	}
	if home := office.get("/home"); home.Find(`section[aria-labelledby="company"] a[href="`+path+`"]`).Length() != 1 {
		t.Error("the first page does not say that nobody has a name")
	}
	field, action := "company-"+e.String(), "/engagements/"+e.String()+"/company"
	if got := office.post(action, field, strings.Repeat("é", 81)); got.status != http.StatusUnprocessableEntity || got.Find(".wrong").Length() == 0 {
		t.Errorf("a long name gave %d", got.status)
	}
	if got := office.post(action, field, "Els Bos"); got.location != path {
		t.Fatalf("a name gave %d", got.status)
	}
	if text := member.get("/engagements/" + e.String()).Find("main").Text(); !strings.Contains(text, "Dat is Els Bos.") {
		t.Errorf("the member reads:\n%s", text)
	}
	if home := office.get("/home"); home.Find(`section[aria-labelledby="company"]`).Length() != 0 {
		t.Error("the first page still asks for a name")
	}
	h.boardByKeyboard(office.get("/planning?day=" + day))
}

// boardByKeyboard checks what the board needs to be used without a mouse, and as a
// list on a phone: links and buttons alone, in the order of the page, rows and cells
// that say what they are, and each day with its name in the cell.
func (h *house) boardByKeyboard(page answer) {
	h.t.Helper()
	main := page.Find("main")
	main.Find("[tabindex], [draggable], [onclick]").Each(func(_ int, s *goquery.Selection) {
		h.t.Errorf("%s is out of the order of the page, or needs a mouse", goquery.NodeName(s))
	})
	main.Find("a:not([href])").Each(func(_ int, s *goquery.Selection) { h.t.Errorf("nobody reaches %q", s.Text()) })
	var paths []string
	main.Find("a[href], button").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" {
			h.t.Errorf("a link or button without a name leads to %q", s.AttrOr("href", ""))
		}
		paths = append(paths, s.AttrOr("href", "button"))
	})
	order := []string{"/planning?day=", "/gigs/", "/planning/", "/worktime"} // other weeks, a gig, its shift, the rules
	for _, path := range paths {
		if len(order) > 0 && strings.HasPrefix(path, order[0]) {
			order = order[1:]
		}
	}
	if len(order) > 0 {
		h.t.Errorf("of %v these are missing or out of order: %v", paths, order)
	}
	table := main.Find("table.board")
	if days := table.Find("thead th").Length(); days != 8 || table.Find("caption").Length() != 1 {
		h.t.Errorf("the board has %d columns", days)
	}
	table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		if row.AttrOr("role", "") != "row" || row.Find(`th[role="rowheader"] a[href^="/gigs/"]`).Length() != 1 || row.Find(`td[role="cell"][data-label]:not([data-label=""])`).Length() != 7 {
			h.t.Errorf("as a list on a phone a row is not whole: %s", row.Text())
		}
	})
}
