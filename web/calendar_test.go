package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"meent/members"
)

func (b *browser) newCalendar() (path string) {
	b.h.t.Helper()
	got := b.post("/calendar")
	address, _ := got.Find("#address").Attr("value")
	path = strings.TrimPrefix(address, b.h.server.URL)
	if got.status != http.StatusOK || !regexp.MustCompile(`^/calendar/[\w-]{43}\.ics$`).MatchString(path) {
		b.h.t.Fatalf("making an address gave %d %q", got.status, address)
	}
	return path
}

func TestCalendarAddress(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	member, stranger := h.signedIn(members.RoleMember), h.browser()
	first := member.newCalendar()
	got := stranger.get(first)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "text/calendar; charset=utf-8" || got.header.Get("Cache-Control") != "private, max-age=300" {
		t.Errorf("the feed gave %d %v", got.status, got.header)
	}
	for _, want := range []string{"UID:" + e.String() + "@meent", "SUMMARY:Ramen lappen waal", "DTSTART:20261125T090000Z", "LOCATION:Arnhem", "STATUS:CONFIRMED"} {
		if !strings.Contains(got.body, want+"\r\n") {
			t.Errorf("the feed does not say %s:\n%s", want, got.body)
		}
	}
	for _, never := range []string{"Mens", "Linde", "meent.example\r\n", "Nijmegen", h.actors[members.RoleMember].Member.String()} {
		if strings.Contains(got.body, never) {
			t.Errorf("the feed says %q", never)
		}
	}
	if page := member.get("/calendar"); strings.Contains(page.body, strings.TrimPrefix(first, "/calendar/")) || page.Find("#address").Length() != 0 {
		t.Error("the address is shown again")
	}
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET state = 'cancelled', called_off_at = confirmed_at, called_off_by = 'office', called_off_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id LIMIT 1)`)
	h.must(err)
	if got := stranger.get(first); !strings.Contains(got.body, "STATUS:CANCELLED\r\n") || !strings.Contains(got.body, "UID:"+e.String()) {
		t.Error("cancelled work is not struck out")
	}
	second := member.newCalendar()
	h.expect(stranger.get(first), http.StatusNotFound)
	h.expect(stranger.get(second), http.StatusOK)
	h.expect(member.post("/calendar/stop"), http.StatusSeeOther)
	h.expect(stranger.get(second), http.StatusNotFound)
	secret := strings.TrimSuffix(strings.TrimPrefix(second, "/calendar/"), ".ics")
	var kept bool
	h.must(h.db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM members.audit a WHERE a::text LIKE '%' || $1 || '%')`, secret).Scan(&kept))
	if kept || strings.Contains(h.log.String(), secret) || strings.Contains(h.log.String(), "ics") {
		t.Error("a secret was written down")
	}
}

func TestCalendarIsTheOwnOne(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	secret, err := h.members.MakeCalendar(t.Context(), h.far[members.RoleMember])
	h.must(err)
	if got := h.browser().get("/calendar/" + secret + ".ics"); got.status != http.StatusOK || strings.Contains(got.body, "VEVENT") {
		t.Errorf("a far member's calendar: %d\n%s", got.status, got.body)
	}
	for _, path := range []string{"/calendar/" + secret, "/calendar/" + secret + ".ICS", "/calendar/" + secret[:42] + ".ics", "/calendar/.ics", "/calendar/%00.ics", "/calendar/" + strings.Repeat("a", 43) + ".ics"} {
		h.expect(h.browser().get(path), http.StatusNotFound)
	}
	if _, err := h.members.MakeCalendar(t.Context(), h.actors[members.RoleCoach]); err != members.ErrNotFound {
		t.Errorf("a coach made an address: %v", err)
	}
}

func TestCalendarsAreNotTriedOrReadWithoutEnd(t *testing.T) {
	h := newHouse(t)
	secret, err := h.members.MakeCalendar(t.Context(), h.actors[members.RoleMember])
	h.must(err)
	b := h.browser()
	refused := func(path string, most int) bool {
		for range most {
			if b.get(path).status == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	}
	if !refused("/calendar/"+strings.Repeat("a", 43)+".ics", 40) {
		t.Error("addresses can be tried without end")
	}
	if b.get("/calendar/"+secret+".ics").status != http.StatusOK {
		t.Error("who tried others keeps a good one from its owner")
	}
	if !refused("/calendar/"+secret+".ics", 70) {
		t.Error("one can be read without end")
	}
}
