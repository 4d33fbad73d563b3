package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/jobs"
	"meent/members"
)

// titles are the gigs on a page.
func titles(page answer) string {
	return strings.Join(page.Find(".cards h2").Map(func(_ int, h *goquery.Selection) string { return strings.TrimSpace(h.Text()) }), " ")
}

// postMore posts two gigs besides "Ramen lappen waal", which is in Arnhem on
// Wednesday morning, for € 16, not light: a light one in Nijmegen on Thursday
// evening with help and others, for € 20, and a heavy one that the member of the
// house cannot do.
func (h *house) postMore() {
	h.t.Helper()
	client := h.actors[members.RoleClient]
	for _, n := range []jobs.NewGig{
		{Title: "Etalage", Skills: []string{"window-cleaning"}, PlaceCode: "nijmegen", Rate: 2000, Load: jobs.Light, SupportOnSite: true, WithOthers: true,
			Shifts: []jobs.NewShift{{Starts: h.now.Add(58 * time.Hour), Ends: h.now.Add(61 * time.Hour), Seats: 1}}},
		{Title: "Tuin", Skills: []string{"weeding"}, PlaceCode: "arnhem", Rate: 1600, Load: jobs.Heavy,
			Shifts: []jobs.NewShift{{Starts: h.now.Add(78 * time.Hour), Ends: h.now.Add(81 * time.Hour), Seats: 1}}},
	} {
		n.Client, n.Description, n.Language, n.Address = client.Client, "Je helpt mee.", members.Dutch, "Lindenlaan 14"
		_, err := h.jobs.Post(h.t.Context(), client, n)
		h.must(err)
	}
}

// TestBrowse: each address gives its gigs, and what is no choice limits nothing.
func TestBrowse(t *testing.T) {
	h := newHouse(t)
	h.postMore()
	b := h.signedIn(members.RoleMember) // the worker fills the index
	const windows, shop, garden = "Ramen lappen waal", "Etalage", "Tuin"
	tests := []struct{ query, want string }{
		{"", shop + " " + windows}, // what the member can do, the nearer first
		{"?can=1", shop + " " + windows},
		{"?can=0", windows + " " + shop + " " + garden},
		{"?can=nonsense", shop + " " + windows},
		{"?q=raam", windows + " " + shop},
		{"?q=zeppelin", ""},
		{"?q=noord", ""}, // of another cooperative
		{"?q=" + url.QueryEscape("ramen\x00\xff'\"%<script>"), ""},
		{"?q=" + strings.Repeat("ramen+", 500), windows + " " + shop},
		{"?q=ramen&km=40&kind=nonsense", windows + " " + shop},
		{"?q=ramen&km=5", shop},
		{"?q=etalage", shop},
		{"?q=etalage+waal", ""},
		{"?km=5", shop},
		{"?km=NaN&pay=-1&load=&day=8&part=noon&sort=worst&view=x&support=yes&others=2&place=%27", shop + " " + windows},
		{"?kind=cleaning&can=0", windows + " " + shop},
		{"?kind=green&can=0", garden},
		{"?kind=green&kind=cleaning&can=0", windows + " " + shop + " " + garden},
		{"?load=light", shop},
		{"?load=light&load=middle&load=light", shop + " " + windows}, // what is left of it in the same order
		{"?kind=cleaning&pay=1500&km=40", shop + " " + windows},
		{"?place=nijmegen&place=arnhem&load=middle&load=light", shop + " " + windows},
		{"?load=light&load=middle&can=0", windows + " " + shop},
		{"?day=4", shop},
		{"?day=3&part=evening", ""},
		{"?day=3&day=4&part=evening", shop},
		{"?pay=1800", shop},
		{"?support=1", shop},
		{"?others=1", shop},
		{"?sort=nearest", shop + " " + windows},
		{"?sort=soonest", windows + " " + shop},
		{"?place=arnhem", windows},
		{"?place=arnhem&place=nijmegen&place=atlantis&load=light", shop},
		{"?place=atlantis", ""},
		{"?%zz=1&q=raam&km=%00", windows + " " + shop},
	}
	for _, tt := range tests {
		got := b.get("/gigs" + tt.query)
		if got.status != http.StatusOK || titles(got) != tt.want {
			t.Errorf("%.40s gave %d, %q; want %q", tt.query, got.status, titles(got), tt.want)
		}
		if got.Find(`.find input[name="q"]`).Length() != 1 || tt.want == "" && got.Find(".empty a").Length() == 0 {
			t.Errorf("%.40s: no way to go on", tt.query)
		}
	}
	if text := h.log.String(); strings.Contains(text, "zeppelin") || strings.Contains(text, "raam") || strings.Contains(text, "place=") {
		t.Error("the log tells what somebody looked for")
	}
	h.choicesOf(b)
	h.waysOutOf(b)
	h.mapOf(b)
}

// choicesOf looks at the form of the list that was asked for.
func (h *house) choicesOf(b *browser) {
	h.t.Helper()
	page := b.get("/gigs?kind=cleaning&load=light&day=4&km=4&pay=1800&can=0&q=etalage&support=1")
	for id, checked := range map[string]bool{"kind-cleaning": true, "kind-green": false, "load-light": true, "load-heavy": false, "day-4": true, "km-4": true, "km-": false,
		"pay-1800": true, "support-1": true, "others-1": false} {
		field := page.Find(`[id="` + id + `"]`)
		if _, is := field.Attr("checked"); field.Length() != 1 || is != checked {
			h.t.Errorf("%s: %d fields, chosen: %v", id, field.Length(), is)
		}
	}
	chips := page.Find(".chips a").Map(func(_ int, a *goquery.Selection) string { return strings.Join(strings.Fields(a.Text()), " ") })
	want := "Haal weg: Schoonmaken|Haal weg: 20 minuten fietsen (ongeveer 4 km)|Haal weg: donderdag|Haal weg: € 18,00 of meer|Haal weg: Licht werk|Haal weg: Er is iemand die helpt|Wis alles"
	if got := strings.ReplaceAll(strings.Join(chips, "|"), "\u00a0", " "); got != want {
		h.t.Errorf("chips are %s", got)
	}
	if !strings.Contains(page.Find("summary").Text(), "Filters (6)") {
		h.t.Error("the form does not say how much was chosen")
	}
	for n, path := range map[int]string{0: "/gigs?can=0&day=4&km=4&load=light&pay=1800&q=etalage&support=1", 6: "/gigs?can=0"} {
		if got, _ := page.Find(".chips a").Eq(n).Attr("href"); got != path {
			h.t.Errorf("chip %d leads to %s", n, got)
		}
	}
	page = b.get("/gigs?can=0")
	for id, count := range map[string]string{"kind-cleaning": "(2)", "kind-green": "(1)", "load-light": "(1)", "day-4": "(1)", "part-evening": "(1)", "km-2": "(1)", "km-18": "(3)",
		"pay-1600": "(3)", "pay-1800": "(1)", "support-1": "(1)", "others-1": "(1)", "km-": ""} {
		if got := page.Find(`[id="n-` + id + `"]`).Text(); got != count {
			h.t.Errorf("%s has %q, want %q", id, got, count)
		}
	}
	if _, hidden := page.Find("#choice-kind-kitchen").Attr("hidden"); !hidden {
		h.t.Error("a kind without work is a choice")
	}
	if text := page.Find(".card:contains('Ramen lappen') .facts").Text(); !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), "Arnhem, 16 km, ongeveer 80 minuten fietsen") {
		h.t.Errorf("the card says %q", text)
	}
	if got := strings.TrimSpace(page.Find("#show-found").Text()); got != "Toon de klussen" || page.Find("#show-found").AttrOr("data-ready", "") != "Toon 3 klussen" {
		h.t.Errorf("without script the form's button says %q", got)
	}
	for query, hidden := range map[string]bool{"?q=zeppelin": true, "?can=0": false} {
		if _, is := b.get("/gigs" + query).Find("#facet-kind").Attr("hidden"); is != hidden {
			h.t.Errorf("%s: kinds of work are hidden: %v", query, is)
		}
	}
	if got := b.get("/gigs?q=&kind=green&km=&pay=&sort=&can=0"); got.status != http.StatusSeeOther || got.location != "/gigs?can=0&kind=green" {
		h.t.Errorf("a form without script leads to %d %s", got.status, got.location)
	}
	if fits := page.Find(".card:contains('Etalage') .status.good").Length(); fits != 1 || page.Find(".card:contains('Tuin') .status.good").Length() != 0 {
		h.t.Error("the list of all gigs does not say which the member can do")
	}
}

// waysOutOf: an empty list says what would give work, and how much.
func (h *house) waysOutOf(b *browser) {
	h.t.Helper()
	page := b.get("/gigs?kind=green&load=light&q=etalage")
	ways := map[string]string{}
	page.Find(".empty a").Each(func(_ int, a *goquery.Selection) { ways[strings.TrimSpace(a.Text())] = a.AttrOr("href", "") })
	if len(ways) != 1 || ways["Zonder soort werk: één klus"] != "/gigs?load=light&q=etalage" {
		h.t.Errorf("the ways out are %v", ways)
	}
	page = b.get("/gigs?kind=green")
	if text := page.Find(".empty").Text(); !strings.Contains(text, "Toon ook ander werk: één klus") || !strings.Contains(text, "Zonder soort werk: 2 klussen") {
		h.t.Errorf("the ways out are %s", text)
	}
	for query, want := range map[string]string{"?place=atlantis&day=0": "Wis wat je koos. Dan zie je wat er wel is.",
		"?q=zeppelin&place=atlantis": "Probeer een ander woord. Of wis wat je koos."} {
		if got := strings.TrimSpace(b.get("/gigs" + query).Find(".empty p").Text()); got != want {
			h.t.Errorf("%s: nothing is found and the page says %q", query, got)
		}
	}
}

// mapOf: a circle for each place, and the same in a table.
func (h *house) mapOf(b *browser) {
	h.t.Helper()
	page := b.get("/gigs?view=map&can=0&load=middle&load=light")
	if n := page.Find("svg.map a").Length(); n != 2 || page.Find("svg.map .home").Length() != 1 || page.Find(".cards").Length() != 0 {
		h.t.Errorf("the map has %d circles", n)
	}
	if got := b.get("/gigs?view=map&can=0").Find("#found .lead").Text(); got != "Er zijn 3 klussen met een vrije plek." {
		h.t.Errorf("the map says %q", got)
	}
	row := page.Find(".places tbody tr").Last()
	if text := strings.ReplaceAll(row.Text(), "\u00a0", " "); text != "Arnhem116 km" || row.Find("a").AttrOr("href", "") != "/gigs?can=0&load=light&load=middle&place=arnhem" {
		h.t.Errorf("the table ends with %q", text)
	}
	if got := page.Find(`form[data-find] input[type="hidden"]`).Length(); got != 2 {
		h.t.Errorf("the form keeps %d values, want can and view", got)
	}
}

// TestBrowseOfTheOffice: who is no member sees all, and no distance.
func TestBrowseOfTheOffice(t *testing.T) {
	h := newHouse(t)
	h.postMore()
	h.signedIn(members.RoleMember)
	for _, kind := range []members.RoleKind{members.RoleCoach, members.RoleCoordinator} {
		b := h.signedIn(kind)
		if page := b.get("/gigs?km=2&can=1&sort=nearest"); titles(page) != "Ramen lappen waal Etalage Tuin" || page.Find(`[name="km"]`).Length() != 0 || page.contains("Wat ik kan") {
			t.Errorf("a %s sees %q", kind, titles(page))
		}
		if page := b.get("/gigs?view=map"); page.Find("svg.map a").Length() != 2 || page.Find("svg.map .home, svg.map .ring").Length() != 0 {
			t.Errorf("a %s sees %d circles", kind, page.Find("svg.map a").Length())
		}
	}
	if page := h.signedIn(members.RoleClient).get("/gigs?q=raam"); page.Find("form[data-find]").Length() != 0 {
		t.Error("a client sees the list of open gigs")
	}
}

// TestBrowseWithoutTheIndex says so, and still answers.
func TestBrowseWithoutTheIndex(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.must(h.index.Close())
	const words, wordless = "alleen klussen met precies deze woorden", "Typ je een woord?"
	for query, line := range map[string]string{"?q=ramen": words, "?q=ramen&can=0": words, "": wordless, "?pay=1600": wordless, "?q=%3F": wordless, "?can=0": ""} {
		got := b.get("/gigs" + query)
		if titles(got) != "Ramen lappen waal" || strings.Contains(got.body, words) != (line == words) || strings.Contains(got.body, wordless) != (line == wordless) {
			t.Errorf("%q gave %q; its line is not %q", query, titles(got), line)
		}
	}
	if text := h.log.String(); !strings.Contains(text, "Postgres answered") || strings.Contains(text, "q=ramen") {
		t.Error("the log does not say that the index is away, or says too much")
	}
}
