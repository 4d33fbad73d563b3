package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
)

// timeFields are a date and a time of the clock, as the form sends them.
func timeFields(day, from, until string, more ...string) []string {
	return append([]string{"shift-1-date-day", day, "shift-1-date-month", "12", "shift-1-date-year", "2026", "shift-1-starts-hour", from, "shift-1-starts-minute", "00",
		"shift-1-ends-hour", until, "shift-1-ends-minute", "00", "shift-1-break", "0"}, more...)
}

func (h *house) firstShift() string {
	h.t.Helper()
	gig, err := h.jobs.Gig(h.t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	return gig.Shifts[0].ID.String()
}

// TestMoveOnThePage: who comes is named with what they get, the time changes after
// one press, and each side hears what it means to them.
func TestMoveOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "agenda")
	times := "/gigs/" + h.gig.String() + "/shifts"
	path := times + "/" + h.firstShift() + "/move"
	client, member := h.signedIn(members.RoleClient), h.signedIn(members.RoleMember)
	if page := client.get(times); page.Find(`a[href="`+path+`"]`).Length() != 1 {
		t.Error("the times do not lead there")
	}
	h.begins(24 * time.Hour)
	h.shows(client.get(path), http.StatusOK, "Andere tijd", "Deze persoon zou komen:", "Mens member", "als eersten", "Zij mogen nee zeggen", "Dit kost niets")
	h.begins(-24 * time.Hour)
	late := client.post(path, timeFields("3", "13", "16", "seen", "0")...)
	h.shows(late, http.StatusConflict, "Het kost intussen meer", "50 procent van het loon", "26,40")
	if late.value("shift-1-date-day") != "3" {
		t.Error("what was typed is gone")
	}
	h.shows(client.post(path, timeFields("3", "13", "16")...), http.StatusOK, "26,40") // nobody has seen it
	h.shows(client.post(path, timeFields("3", "13", "13", "seen", "2640")...), http.StatusUnprocessableEntity, "Het einde is niet na het begin")
	h.shows(client.post(path, timeFields("31", "13", "25", "seen", "2640")...), http.StatusUnprocessableEntity)
	h.expect(client.post(path, timeFields("3", "13", "16", "seen", "2640")...), http.StatusSeeOther)
	h.shows(client.get(times), http.StatusOK, "donderdag 3 december", "0 van 2 plekken bezet")
	for name, again := range map[string]answer{"its page": client.get(path), "another tab": client.post(path, timeFields("4", "13", "16", "seen", "2640")...)} {
		if again.status != http.StatusConflict || !again.contains("heeft al een andere tijd") {
			t.Errorf("%s gave %d", name, again.status)
		}
	}
	work := "/engagements/" + e.String()
	h.shows(member.get(work), http.StatusOK, "De klant koos laat een andere tijd. Je krijgt een deel van je loon.")
	h.shows(client.get(work), http.StatusOK, "U koos laat een andere tijd.")
	for address, says := range map[string]string{"member.waal@meent.example": "De nieuwe tijd: donderdag 3 december", "coach.waal@meent.example": "die je begeleidt"} {
		if n := h.mailsTo(address, says); n != 1 {
			t.Errorf("%s has %d mails", address, n)
		}
	}
	h.shows(member.get("/offers/"+h.offerOfMoved()), http.StatusOK, "Wil je het doen?", "donderdag 3 december")
}

// offerOfMoved is the offer of a shift that took the place of another.
func (h *house) offerOfMoved() (offer string) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT o.id FROM matching.offer o JOIN jobs.shift old ON old.moved_to = o.shift_id WHERE o.state = 'sent'`).Scan(&offer))
	return offer
}

// TestMoveThatDoesNotSuit: the member hears that it is arranged and the coach that
// there is something to look at; neither which rule it was.
func TestMoveThatDoesNotSuit(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "agenda")
	h.do(`UPDATE members.member SET reach_m = 500`)
	path := "/gigs/" + h.gig.String() + "/shifts/" + h.firstShift() + "/move"
	h.expect(h.signedIn(members.RoleCoordinator).post(path, timeFields("3", "13", "16", "seen", "100000")...), http.StatusSeeOther)
	for address, says := range map[string]string{
		"member.waal@meent.example": "Het is geregeld. Je hoeft niets te doen.", "coach.waal@meent.example": "kreeg een andere tijd", "client.waal@meent.example": "koos een andere tijd",
	} {
		if n := h.mailsTo(address, says); n != 1 {
			t.Errorf("%s has %d mails", address, n)
		}
	}
}

func TestMoveIsForWhoRunsAnOpenGig(t *testing.T) {
	h := newHouse(t)
	shift := h.firstShift()
	path := "/gigs/" + h.gig.String() + "/shifts/" + shift + "/move"
	client := h.signedIn(members.RoleClient)
	h.shows(client.get(path), http.StatusOK, "Er komt nog niemand.")
	h.expect(client.get("/gigs/"+h.gig.String()+"/shifts/x/move"), http.StatusNotFound)
	h.expect(client.get("/gigs/"+h.gig.String()+"/shifts/"+h.farGig.String()+"/move"), http.StatusNotFound)
	h.expect(client.post("/gigs/"+h.farGig.String()+"/shifts/"+shift+"/move", timeFields("3", "13", "16", "seen", "0")...), http.StatusNotFound)
	h.must(h.jobs.Pause(t.Context(), h.actors[members.RoleClient], h.gig))
	if page := client.get("/gigs/" + h.gig.String() + "/shifts"); page.Find(`a[href="`+path+`"]`).Length() != 0 {
		t.Error("a gig that stands still leads there")
	}
	h.expect(client.get(path), http.StatusConflict)
	h.must(h.jobs.Resume(t.Context(), h.actors[members.RoleClient], h.gig))
	gig, err := h.jobs.Gig(t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	h.now = gig.Shifts[0].Starts.Add(time.Minute)
	h.expect(client.get(path), http.StatusConflict)
	if got := client.post(path, timeFields("3", "13", "16", "seen", "0")...); got.status != http.StatusConflict || strings.Contains(got.location, "shifts") {
		t.Errorf("after it began it gave %d", got.status)
	}
	var moved int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.shift WHERE moved_to IS NOT NULL`).Scan(&moved))
	if moved != 0 {
		t.Errorf("%d were moved", moved)
	}
}
