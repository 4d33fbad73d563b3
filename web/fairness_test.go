package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// crowd adds thirty members who worked from none to nine times, three hours each, in the
// weeks before, for the client of the house; and one for another client.
func (h *house) crowd() {
	h.t.Helper()
	h.engaged()
	for _, query := range []string{
		`INSERT INTO members.person SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'email', 'crowd' || n || '@meent.example', 'name', 'Crowd ' || n))).*
		FROM (SELECT p AS r FROM members.person p LIMIT 1) x, generate_series(1, 30) n`,
		`INSERT INTO members.role SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'person_id', p.id))).*
		FROM (SELECT r AS r FROM members.role r JOIN members.member m ON m.role_id = r.id JOIN jobs.engagement e ON e.member_id = m.id LIMIT 1) x, members.person p WHERE p.name LIKE 'Crowd %'`,
		`INSERT INTO members.member SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'role_id', r.id, 'member_at', '2026-01-01', 'trial_at', null, 'trial_until', null))).*
		FROM (SELECT m AS r FROM members.member m JOIN jobs.engagement e ON e.member_id = m.id LIMIT 1) x, members.role r JOIN members.person p ON p.id = r.person_id WHERE p.name LIKE 'Crowd %'`,
		`INSERT INTO jobs.shift SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'seats', 30, 'starts_at', '2026-11-02T08:00:00Z'::timestamptz + n * interval '1 day',
			'ends_at', '2026-11-02T11:00:00Z'::timestamptz + n * interval '1 day'))).*
		FROM (SELECT s AS r FROM jobs.shift s JOIN jobs.engagement e ON e.shift_id = s.id LIMIT 1) x, generate_series(1, 9) n`,
		`INSERT INTO jobs.engagement SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'shift_id', s.id, 'member_id', m.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at))).*
		FROM (SELECT e AS r FROM jobs.engagement e LIMIT 1) x,
			(SELECT *, row_number() OVER (ORDER BY starts_at) AS no FROM jobs.shift WHERE starts_at < '2026-11-23') s
			JOIN (SELECT m.id, row_number() OVER (ORDER BY p.email) AS no FROM members.member m JOIN members.role r ON r.id = m.role_id
				JOIN members.person p ON p.id = r.person_id WHERE p.name LIKE 'Crowd %') m ON m.no / 3 >= s.no`,
	} {
		_, err := h.db.Exec(h.t.Context(), query)
		h.must(err)
	}
}

// TestFairnessPage: with few members it shows nothing of them; with many the hours, the
// curve and the number to everybody who works there, the seats to the office alone, and
// nobody's name.
func TestFairnessPage(t *testing.T) {
	h := newHouse(t)
	office, member := h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleMember)
	if got := office.get("/matching/fairness"); got.status != http.StatusOK || got.Find("svg.chart").Length() != 0 ||
		!strings.Contains(got.Text(), "minder dan 10 leden") || !strings.Contains(got.Text(), "minder dan 10 mensen") {
		t.Errorf("of few: %d %s", got.status, got.Find("main").Text())
	}
	h.crowd()
	for name, tt := range map[string]struct {
		b      *browser
		tables int
	}{"office": {office, 4}, "member": {member, 2}, "coach": {h.signedIn(members.RoleCoach), 2}} {
		got := tt.b.get("/matching/fairness?weeks=4")
		if got.status != http.StatusOK || got.Find("svg.chart[role=img] title").Length() != 2 || got.Find("main table").Length() != tt.tables {
			t.Errorf("%s: %d with %d pictures and %d tables", name, got.status, got.Find("svg.chart").Length(), got.Find("main table").Length())
		}
		text := got.Find("main").Text()
		if !strings.Contains(text, "30 leden wilden samen") || !strings.Contains(text, "De laatste 4 weken") || strings.Contains(text, "Crowd") || strings.Contains(text, "Anna") {
			t.Errorf("%s reads\n%s", name, text)
		}
		if strings.Contains(text, "\u00a0%") {
			t.Errorf("%s reads per cents in two ways\n%s", name, text)
		}
		if office := strings.Contains(text, "Per klant"); office != (name == "office") {
			t.Errorf("%s reads of clients: %v", name, office)
		}
	}
	if got := office.get("/matching/fairness?weeks=12").Find("main").Text(); !strings.Contains(got, "2.880 uur") && !strings.Contains(got, "2.640 uur") {
		t.Errorf("of twelve weeks the office reads\n%s", got)
	}
	for _, weeks := range []string{"5", "veel", "-1", "99999999999999999999"} {
		if got := office.get("/matching/fairness?weeks=" + weeks); got.status != http.StatusUnprocessableEntity || got.Find(`.problems a[href="#weeks"]`).Length() != 1 {
			t.Errorf("%s weeks: %d", weeks, got.status)
		}
	}
	if got := h.signedIn(members.RoleClient).get("/matching/fairness"); got.status != http.StatusForbidden {
		t.Errorf("a client: %d", got.status)
	}
	if got := h.signedIn(members.RoleClient).get("/matching"); got.Find(`a[href="/matching/fairness"]`).Length() != 0 {
		t.Error("a client is led there")
	}
}
