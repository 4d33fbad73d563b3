package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/jobs"
	"meent/members"
)

// suggestedTo are the titles that a member's first page suggests.
func suggestedTo(page answer) string {
	return strings.Join(page.Find(`[aria-labelledby="suggested"] .card h2`).Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) }), ", ")
}

// TestMemberReadsThreeSuggestions: what suits best first, each with a reason and what
// the shift pays; what the member asked for makes place for another.
func TestMemberReadsThreeSuggestions(t *testing.T) {
	h := newHouse(t)
	client := h.actors[members.RoleClient]
	member := h.signedIn(members.RoleMember)
	if got := suggestedTo(member.get("/home")); got != "" { // all was offered to them
		t.Fatalf("suggested are %q", got)
	}
	starts := h.now.Add(58 * time.Hour)
	_, err := h.jobs.Post(t.Context(), client, jobs.NewGig{Client: client.Client, Title: "Etalage", Description: "Je lapt.", Language: members.Dutch, PlaceCode: "nijmegen",
		Address: "Lindenlaan 14", Rate: 2000, Load: jobs.Middle, Skills: []string{"window-cleaning"}, Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 1}}, Asks: starts})
	h.must(err)
	var asks []string
	for range 3 {
		_, ask := h.quiet(client, "window-cleaning")
		asks = append(asks, ask)
	}
	h.quiet(client, "weeding")
	page := member.get("/home")
	if got := suggestedTo(page); got != "Etalage, Terras schrobben, Terras schrobben" {
		t.Errorf("suggested are %q", got)
	}
	card := strings.Join(strings.Fields(page.Find(`[aria-labelledby="suggested"] .card`).First().Text()), " ")
	for _, want := range []string{"Je kunt alles wat hiervoor nodig is.", "€ 60,00 voor deze keer", "do 26 nov"} {
		if !strings.Contains(strings.ReplaceAll(card, "\u00a0", " "), want) {
			t.Errorf("the card does not say %q: %s", want, card)
		}
	}
	for _, ask := range asks {
		h.expect(member.post(ask), http.StatusSeeOther)
	}
	page = member.get("/home")
	if got := suggestedTo(page); got != "Etalage" {
		t.Errorf("after asking suggested are %q", got)
	}
	if got := page.Find(`[aria-labelledby="suggested"] .actions a`); got.AttrOr("href", "") != "/gigs" || strings.TrimSpace(got.Text()) != "Alles wat ik kan doen" {
		t.Errorf("the way to all is %q", got.Text())
	}
	for _, who := range []members.RoleKind{members.RoleClient, members.RoleCoach, members.RoleCoordinator} {
		if h.signedIn(who).get("/home").Find("#suggested").Length() != 0 {
			t.Errorf("a %s is suggested work", who)
		}
	}
}

// TestNothingIsSuggestedToWhoCannotBeAsked: one who only may become a member sees what
// there is near them, and one whom nothing suits reads what to do.
func TestNothingIsSuggestedToWhoCannotBeAsked(t *testing.T) {
	h := newHouse(t)
	h.postMore()
	m := h.actors[members.RoleMember]
	_, err := h.db.Exec(t.Context(), `DELETE FROM members.member_skill WHERE member_id = $1`, m.Member)
	h.must(err)
	page := h.signedIn(members.RoleMember).get("/home")
	if suggestedTo(page) != "" || !strings.Contains(page.Find("main").Text(), "Er is nu geen klus die past") {
		t.Errorf("suggested is %q", suggestedTo(page))
	}
	_, err = h.db.Exec(t.Context(), `UPDATE members.member SET state = 'referred', referred_at = now() WHERE id = $1`, m.Member)
	h.must(err)
	page = h.signedIn(members.RoleMember).get("/home")
	if page.Find("#suggested").Length() != 0 || page.Find("#near").Length() != 1 {
		t.Error("who is expected does not see what is near")
	}
}

// TestAllTheyCanDoIsPaged: every gig once, by points and not by time, over two pages.
func TestAllTheyCanDoIsPaged(t *testing.T) {
	h := newHouse(t)
	client := h.actors[members.RoleClient]
	for i := range 23 {
		starts := h.now.Add(time.Duration(400-i) * time.Hour)
		place := "arnhem"
		if i < 2 { // the last to come, and the nearest
			place = "nijmegen"
		}
		_, err := h.jobs.Post(t.Context(), client, jobs.NewGig{Client: client.Client, Title: fmt.Sprint("Klus ", i), Description: "Je helpt mee.", Language: members.Dutch, PlaceCode: place,
			Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning"}, Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(time.Hour), Seats: 1}}, Asks: starts})
		h.must(err)
	}
	b, seen := h.signedIn(members.RoleMember), map[string]bool{}
	for n, want := range map[int]int{1: 20, 2: 4} {
		page := b.get(fmt.Sprint("/gigs?page=", n))
		list := page.Find("#found .card h2").Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) })
		if len(list) != want {
			t.Errorf("page %d has %d gigs", n, len(list))
		}
		if n == 1 && (!strings.Contains("Klus 0Klus 1", list[0]) || !strings.Contains("Klus 0Klus 1", list[1])) {
			t.Errorf("the first are %v", list[:2])
		}
		for _, title := range list {
			seen[title] = true
		}
	}
	if len(seen) != 24 {
		t.Errorf("both pages have %d gigs", len(seen))
	}
	if got := b.get("/gigs?page=3"); got.status != http.StatusNotFound {
		t.Errorf("page 3 gave %d", got.status)
	}
}
