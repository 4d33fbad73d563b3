package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/members"
)

// newGigFields is a lawful gig as a client fills it in, on Friday 27 November
// 2026; the pairs after it change or add fields.
func newGigFields(changes ...string) map[string]string {
	fields := map[string]string{
		"title": "Ramen lappen", "description": "Je lapt de ramen.\r\nAlles staat klaar.", "place": "Arnhem", "address": "Lindenlaan 14",
		"rate": "16,50", "load": "light", "support": "yes", "others": "no", "skills": "window-cleaning", "post": "yes",
	}
	for name, value := range newGigRow(1, 27, 9, 12) {
		fields[name] = value
	}
	for i := 0; i+1 < len(changes); i += 2 {
		fields[changes[i]] = changes[i+1]
	}
	return fields
}

// newGigRow is one row of the form, on a day in November 2026.
func newGigRow(row, day, from, until int) map[string]string {
	at := fmt.Sprintf("shift-%d-", row)
	return map[string]string{
		at + "date-day": fmt.Sprint(day), at + "date-month": "11", at + "date-year": "2026",
		at + "starts-hour": fmt.Sprint(from), at + "starts-minute": "00", at + "ends-hour": fmt.Sprint(until), at + "ends-minute": "",
		at + "break": "0", at + "seats": "2",
	}
}

// postGig goes through the three steps, until one is refused. Who asks for one more
// time or for the price goes no further than that, and leaves the first step out.
func (b *browser) postGig(fields map[string]string) answer {
	b.h.t.Helper()
	begun := b.beginGig(fields)
	if begun.status != http.StatusSeeOther {
		return begun
	}
	steps := []string{"what", "when", "price"}
	if fields["more"] != "" || fields["price"] != "" {
		steps = steps[1:]
	}
	var got answer
	for _, step := range steps {
		got = b.postStep(begun.location, step, fields)
		if got.status != http.StatusSeeOther {
			return got
		}
	}
	return got
}

// beginGig begins a draft.
func (b *browser) beginGig(fields map[string]string) answer {
	b.h.t.Helper()
	var pairs []string
	for _, name := range []string{"gig", "client", "template", "from"} {
		if value, ok := fields[name]; ok {
			pairs = append(pairs, name, value)
		}
	}
	return b.post("/gigs/new", pairs...)
}

// postStep sends the fields of one step of the gig whose first step is at begun.
func (b *browser) postStep(begun, step string, fields map[string]string) answer {
	b.h.t.Helper()
	var pairs []string
	for name, value := range fields {
		if askedIn(name) != step {
			continue
		}
		for _, one := range strings.Split(value, "|") {
			pairs = append(pairs, name, one)
		}
	}
	return b.post(strings.TrimSuffix(begun, "/what")+"/"+step, pairs...)
}

// askedIn is the step of a field.
func askedIn(field string) string {
	switch {
	case field == "gig" || field == "client" || field == "template" || field == "from":
		return ""
	case field == "rate" || field == "form" || field == "post" || field == "price":
		return "price"
	case field == "place" || field == "address" || field == "more" || strings.HasPrefix(field, "shift"):
		return "when"
	}
	return "what"
}

// gigs counts what is posted.
func (h *house) gigs() (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM jobs.gig WHERE state <> 'draft'`).Scan(&n))
	return n
}

// drafts counts what is not.
func (h *house) drafts() (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM jobs.gig WHERE state = 'draft'`).Scan(&n))
	return n
}

// value is what a field of the form shows.
func (a answer) value(field string) string {
	s := a.Find("#" + field)
	if goquery.NodeName(s) == "textarea" {
		return s.Text()
	}
	return s.AttrOr("value", "")
}

func TestClientPostsAGig(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	for _, path := range []string{"/home", "/gigs"} {
		if link := b.get(path).Find(`main a[href="/gigs/new"]`); link.Text() == "" {
			t.Errorf("%s does not lead to the form", path)
		}
	}
	begin := b.get("/gigs/new")
	if begin.status != http.StatusOK || begin.Find("#client").Length() != 0 || begin.Find("main button.main").Length() != 1 {
		t.Fatalf("the first page gave %d:\n%s", begin.status, begin.Find("main").Text())
	}
	first := b.beginGig(nil).location
	empty := b.get(strings.Replace(first, "/what", "/when", 1))
	if empty.status != http.StatusOK || empty.value("place") != "Arnhem" || empty.value("address") != "Lindenlaan 14" ||
		empty.value("shift-1-date-year") != "2026" || empty.Find(`[name="shift-2-seats"]`).Length() != 0 {
		t.Fatalf("the empty form gave %d:\n%s", empty.status, empty.Find("main").Text())
	}
	for number, step := range []string{"what", "when", "price"} {
		page := b.get(strings.Replace(first, "/what", "/"+step, 1))
		if says := fmt.Sprintf("Stap %d van 3", number+1); page.status != http.StatusOK || page.Find("#step").Text() != says || page.Find(`.tabs [aria-current]`).Length() != 1 {
			t.Errorf("%s gave %d and says %q, want %q", step, page.status, page.Find("#step").Text(), says)
		}
	}
	got := b.postGig(newGigFields())
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/gigs/") {
		t.Fatalf("posting gave %d %s:\n%s", got.status, got.location, got.Find(".problems").Text())
	}
	page := b.get(got.location)
	for _, want := range []string{"De klus is geplaatst.", "Ramen lappen", "vrijdag 27 november", "9.00\u2060–\u206012.00", "Lindenlaan 14", "€\u00a049,50", "Licht werk"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the gig's page does not say %q:\n%s", want, page.Find("main").Text())
		}
	}
	var description string
	var starts time.Time
	h.must(h.db.QueryRow(t.Context(), `SELECT g.description, s.starts_at FROM jobs.gig g JOIN jobs.shift s ON s.gig_id = g.id
		WHERE g.title = 'Ramen lappen'`).Scan(&description, &starts))
	if description != "Je lapt de ramen.\nAlles staat klaar." || !starts.Equal(time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("stored are %q and %v", description, starts)
	}
}

func TestCoordinatorPostsForAClient(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	for _, path := range []string{"/home", "/gigs"} {
		if b.get(path).Find(`main a[href="/gigs/new"]`).Length() != 1 {
			t.Errorf("%s does not lead to the form", path)
		}
	}
	clients := b.get("/gigs/new").Find("#client option")
	if clients.Length() != 2 || !strings.Contains(clients.Text(), "De Linde waal") {
		t.Errorf("to choose from are %q", clients.Text())
	}
	before := h.gigs()
	client := h.actors[members.RoleClient].Client.String()
	tests := []struct {
		name, client string
		status       int
	}{
		{"no client", "", http.StatusUnprocessableEntity},
		{"another cooperative's", h.far[members.RoleClient].Client.String(), http.StatusNotFound},
		{"a number", "17", http.StatusNotFound},
		{"not even text", "\xff\x00", http.StatusNotFound},
		{"none that exists", h.gig.String(), http.StatusNotFound},
	}
	for _, tt := range tests {
		got := b.postGig(newGigFields("client", tt.client))
		if got.status != tt.status {
			t.Errorf("%s: beginning gave %d, want %d", tt.name, got.status, tt.status)
		}
		if tt.client == "" && got.Find("#client-wrong").Text() == "" {
			t.Errorf("what is wrong does not stand at its field:\n%s", got.Find("main").Text())
		}
		if tt.client == "" {
			continue
		}
		if got := b.get("/gigs/new?client=" + url.QueryEscape(tt.client)); got.status != tt.status {
			t.Errorf("%s: looking gave %d, want %d", tt.name, got.status, tt.status)
		}
	}
	if n, d := h.gigs(), h.drafts(); n != before || d != 0 {
		t.Errorf("%d gigs were posted, %d begun", n-before, d)
	}
	if chosen := b.get("/gigs/new?client=" + client); !strings.Contains(chosen.Find("main").Text(), "Deze klus is voor De Linde waal.") || chosen.value("client") != "" && chosen.Find(`[name="client"]`).AttrOr("value", "") != client {
		t.Errorf("the page does not say for whom:\n%s", chosen.Find("main").Text())
	}
	got := b.postGig(newGigFields("client", client))
	if got.status != http.StatusSeeOther || h.gigs() != before+1 {
		t.Fatalf("posting gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	if page := b.get(got.location); !strings.Contains(page.body, "De Linde waal") {
		t.Errorf("the gig is not of the client:\n%s", page.Find("main").Text())
	}
}

// TestContactPostsForTheirOwnClient, whatever the form says.
func TestContactPostsForTheirOwnClient(t *testing.T) {
	h := newHouse(t)
	got := h.signedIn(members.RoleClient).postGig(newGigFields("client", h.far[members.RoleClient].Client.String()))
	var client members.ClientID
	h.must(h.db.QueryRow(t.Context(), `SELECT client_id FROM jobs.gig WHERE title = 'Ramen lappen'`).Scan(&client))
	if got.status != http.StatusSeeOther || client != h.actors[members.RoleClient].Client {
		t.Errorf("posting gave %d, for %s", got.status, client)
	}
}

func TestOthersPostNothing(t *testing.T) {
	h := newHouse(t)
	before := h.gigs()
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleCoach, ""} {
		b := h.signedIn(kind)
		if got := b.get("/gigs/new"); got.status != http.StatusForbidden {
			t.Errorf("a %q sees the form: %d", kind, got.status)
		}
		if got := b.postGig(newGigFields()); got.status != http.StatusForbidden {
			t.Errorf("a %q posts: %d", kind, got.status)
		}
	}
	if h.gigs() != before || h.drafts() != 0 {
		t.Error("a gig was posted, or begun")
	}
}

// TestNewGigRefuses sends everything that is wrong. Each is said at its field,
// what was typed is kept, and nothing is written.
func TestNewGigRefuses(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	before := h.gigs()
	tests := []struct {
		name, field, says string
		changes           []string
	}{
		{"no title", "title", "nog leeg", []string{"title", "  "}},
		{"a long title", "title", "te lang", []string{"title", strings.Repeat("é", 81)}},
		{"an unreadable title", "title", "tekens in die wij niet kunnen lezen", []string{"title", "Ramen \xff"}},
		{"no description", "description", "nog leeg", []string{"description", ""}},
		{"a long description", "description", "te lang", []string{"description", strings.Repeat("a", 2001)}},
		{"NUL in the description", "description", "niet kunnen lezen", []string{"description", "a\x00b"}},
		{"no place", "place", "nog leeg", []string{"place", ""}},
		{"no such place", "place", "kennen deze plaats niet", []string{"place", "Atlantis"}},
		{"an unreadable place", "place", "niet kunnen lezen", []string{"place", "Arn\xffhem"}},
		{"one of two places", "place", "Beek (Montferland)", []string{"place", "Beek"}},
		{"a long address", "address", "te lang", []string{"address", strings.Repeat("a", 201)}},
		{"no rate", "rate", "nog leeg", []string{"rate", ""}},
		{"a rate of nothing", "rate", "Minstens €\u00a014,99 per uur is verplicht op 27 november 2026.", []string{"rate", "0"}},
		{"a cent below the floor", "rate", "Minstens €\u00a014,99 per uur is verplicht op 27 november 2026.", []string{"rate", "14,98"}},
		{"10,000 euro an hour", "rate", "Het hoogste bedrag is €\u00a0200,00 per uur.", []string{"rate", "10000"}},
		{"10.000,00 euro an hour", "rate", "Schrijf een bedrag", []string{"rate", "10.000,00"}},
		{"half a cent", "rate", "Schrijf een bedrag", []string{"rate", "15,505"}},
		{"a rate below nothing", "rate", "Schrijf een bedrag", []string{"rate", "-1"}},
		{"a huge rate", "rate", "Schrijf een bedrag", []string{"rate", strings.Repeat("9", 12)}},
		{"no such skill", "skills", "Kies een van de antwoorden", []string{"skills", "flying"}},
		{"an unreadable skill", "skills", "niet kunnen lezen", []string{"skills", "\xff"}},
		{"too many skills", "skills", "hoogstens 10", []string{"skills", strings.Repeat("mopping|", 10) + "dusting"}},
		{"no such load", "load", "Kies een van de antwoorden", []string{"load", "crushing"}},
		{"no answer about support", "support", "Kies een van de antwoorden", []string{"support", ""}},
		{"no answer about others", "others", "Kies een van de antwoorden", []string{"others", "perhaps"}},
		{"no day", "shift-1-date", "nog leeg", []string{"shift-1-date-day", "", "shift-1-date-month", ""}},
		{"no such day", "shift-1-date", "Deze dag bestaat niet", []string{"shift-1-date-day", "31"}},
		{"a day of letters", "shift-1-date", "Deze dag bestaat niet", []string{"shift-1-date-day", "vr"}},
		{"a year too many", "shift-1-date", "Deze dag bestaat niet", []string{"shift-1-date-year", "99999999999"}},
		{"yesterday", "shift-1-date", "al voorbij", []string{"shift-1-date-day", "23"}},
		{"a year ago", "shift-1-date", "al voorbij", []string{"shift-1-date-year", "2025"}},
		{"next year", "shift-1-date", "Voor 27 november 2027 is het wettelijk minimumloon nog niet bekend.", []string{"shift-1-date-year", "27"}},
		{"over New Year", "shift-1-date", "Voor 1 januari 2027 is het wettelijk minimumloon nog niet bekend.",
			[]string{"shift-1-date-day", "31", "shift-1-date-month", "12", "shift-1-starts-hour", "22", "shift-1-ends-hour", "2", "shift-1-next", "yes"}},
		{"no begin", "shift-1-starts", "nog leeg", []string{"shift-1-starts-hour", "", "shift-1-starts-minute", ""}},
		{"25 o'clock", "shift-1-starts", "Deze tijd bestaat niet", []string{"shift-1-starts-hour", "25"}},
		{"60 minutes", "shift-1-ends", "Deze tijd bestaat niet", []string{"shift-1-ends-minute", "60"}},
		{"a time below nothing", "shift-1-ends", "Deze tijd bestaat niet", []string{"shift-1-ends-hour", "-1"}},
		{"backwards", "shift-1-ends", "niet na het begin", []string{"shift-1-ends-hour", "8"}},
		{"no time at all", "shift-1-ends", "niet na het begin", []string{"shift-1-ends-hour", "9"}},
		{"25 hours", "shift-1-ends", "hoogstens 12 uur", []string{"shift-1-ends-hour", "10", "shift-1-next", "yes"}},
		{"13 hours", "shift-1-ends", "hoogstens 12 uur", []string{"shift-1-ends-hour", "22"}},
		{"nothing but a break", "shift-1-break", "korter zijn dan het werk", []string{"shift-1-break", "180"}},
		{"a break below nothing", "shift-1-break", "korter zijn dan het werk", []string{"shift-1-break", "-30"}},
		{"a break of ages", "shift-1-break", "korter zijn dan het werk", []string{"shift-1-break", "307445734561825861"}},
		{"a break of letters", "shift-1-break", "Schrijf een heel getal", []string{"shift-1-break", "een half uur"}},
		{"no seat", "shift-1-seats", "van 1 tot en met 50", []string{"shift-1-seats", "0"}},
		{"10,000 seats", "shift-1-seats", "van 1 tot en met 50", []string{"shift-1-seats", "10000"}},
		{"seats of letters", "shift-1-seats", "Schrijf een heel getal", []string{"shift-1-seats", "twee"}},
		{"seats beyond count", "shift-1-seats", "Schrijf een heel getal", []string{"shift-1-seats", strings.Repeat("9", 30)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h.t = t
			h.redis.FlushAll() // so many forms a minute would be refused
			fields := newGigFields(tt.changes...)
			got := b.postGig(fields)
			if got.status != http.StatusUnprocessableEntity {
				t.Fatalf("posting gave %d %s", got.status, got.location)
			}
			if said := got.Find("#" + tt.field + "-wrong").Text(); !strings.Contains(said, tt.says) {
				t.Errorf("at the field stands %q, want %q:\n%s", said, tt.says, got.Find(".problems").Text())
			}
			if n := got.Find(".problems li").Length(); n != 1 {
				t.Errorf("%d things are wrong:\n%s", n, got.Find(".problems").Text())
			}
			keeps(t, got, fields)
		})
	}
	h.t = t
	if n := h.gigs(); n != before {
		t.Errorf("%d gigs were posted", n-before)
	}
}

// keeps asks for what was typed in the form that came back.
func keeps(t *testing.T, got answer, fields map[string]string) {
	t.Helper()
	shown := 0
	for _, field := range []string{"title", "place", "address", "rate", "shift-1-date-day", "shift-1-date-year", "shift-1-starts-hour", "shift-1-ends-hour", "shift-1-break", "shift-1-seats"} {
		if got.Find("#"+field).Length() == 0 && got.Find("#"+map[string]string{"what": "title", "when": "place", "price": "rate"}[askedIn(field)]).Length() == 0 {
			continue // of another step
		}
		shown++
		want := strings.ToValidUTF8(fields[field], "\uFFFD")
		if kept := got.value(field); kept != want {
			t.Errorf("%s was %q, is %q", field, want, kept)
		}
	}
	if shown == 0 {
		t.Error("the page is no step")
	}
	if got.Find("#title").Length() == 0 {
		return
	}
	if fields["skills"] == "window-cleaning" && got.Find(`details[open] #skills-window-cleaning[checked]`).Length() != 1 {
		t.Error("the skill is no longer chosen")
	}
	if fields["load"] == "light" && got.Find(`#load-light[checked]`).Length() != 1 {
		t.Error("the load is no longer chosen")
	}
}

// TestNewGigSaysAllAtOnce: an empty form names every field that needs an answer.
func TestNewGigSaysAllAtOnce(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	for step, want := range map[string][]string{
		"what": {"#title", "#description", "#load", "#support", "#others"}, "when": {"#place", "#shifts"}, "price": {"#rate"},
	} {
		got := b.postStep(begun, step, map[string]string{"post": "yes"})
		var said []string
		got.Find(".problems a").Each(func(_ int, s *goquery.Selection) { said = append(said, s.AttrOr("href", "")) })
		if got.status != http.StatusUnprocessableEntity || fmt.Sprint(said) != fmt.Sprint(want) {
			t.Errorf("%s: %d: %v, want %v", step, got.status, said, want)
		}
		got.Find(".problems a").Each(func(_ int, s *goquery.Selection) {
			if field := s.AttrOr("href", ""); got.Find(field).Length() != 1 {
				t.Errorf("%s leads nowhere", field)
			}
		})
	}
}

// TestPostingLeadsToWhatIsMissing: the button on the last page posts nothing while
// an earlier step lacks something, and shows it there.
func TestPostingLeadsToWhatIsMissing(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	before, fields := h.gigs(), newGigFields("title", "")
	begun := b.beginGig(nil).location
	gig := strings.TrimSuffix(begun, "/what")
	for _, tt := range []struct{ do, leads, says string }{
		{"", "/what?check=yes", "Titel: "},
		{"what", "/what?check=yes", "Titel: "},
		{"", "/when?check=yes", "Tijden: "},
	} {
		if tt.do != "" {
			b.postStep(begun, tt.do, fields)
			fields["title"] = "Ramen lappen"
		}
		if tt.leads == "/when?check=yes" {
			b.postStep(begun, "what", fields)
		}
		got := b.postStep(begun, "price", fields)
		if got.status != http.StatusSeeOther || got.location != gig+tt.leads {
			t.Fatalf("posting gave %d %s, want %s\n%s", got.status, got.location, gig+tt.leads, got.Find(".problems").Text())
		}
		if page := b.get(got.location); page.status != http.StatusOK || !strings.Contains(page.Find(".problems").Text(), tt.says) {
			t.Errorf("%s does not say %q:\n%s", got.location, tt.says, page.Find("main").Text())
		}
	}
	if got := b.get(gig + "/what"); got.Find(".problems").Length() != 0 || got.value("title") != "Ramen lappen" {
		t.Error("the first step is still wrong, or lost what was right")
	}
	b.postStep(begun, "when", fields)
	if got := b.postStep(begun, "price", fields); got.location != gig || h.gigs() != before+1 {
		t.Errorf("posting gave %d %s", got.status, got.location)
	}
	if got := b.postStep(begun, "when", fields); got.status != http.StatusConflict {
		t.Errorf("the times of a gig that is posted gave %d", got.status)
	}
}

// TestNewGigOfSeveralTimes: rows that nobody filled are left out, and each
// problem stands at its own row.
func TestNewGigOfSeveralTimes(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	fields := newGigFields()
	for name, value := range newGigRow(2, 0, 9, 12) {
		fields[name] = value // a new row: the times of the first, and no day
	}
	fields["shift-2-date-day"], fields["shift-2-date-month"] = "", ""
	for name, value := range newGigRow(3, 27, 11, 14) {
		fields[name] = value
	}
	for name, value := range newGigRow(4, 30, 13, 17) {
		fields[name] = value
	}
	got := b.postGig(fields)
	if said := got.Find("#shift-3-date-wrong").Text(); got.status != http.StatusUnprocessableEntity || !strings.Contains(said, "hierboven al werk") {
		t.Fatalf("overlapping times gave %d: %q\n%s", got.status, said, got.Find(".problems").Text())
	}
	if n := got.Find(".problems li").Length(); n != 1 || got.value("shift-4-date-day") != "30" {
		t.Errorf("%d things are wrong, row 4 is on day %q", n, got.value("shift-4-date-day"))
	}
	fields["shift-3-starts-hour"] = "12"
	if got := b.postGig(fields); got.status != http.StatusSeeOther {
		t.Fatalf("posting gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	var shifts int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id
		WHERE g.title = 'Ramen lappen' AND g.state = 'open'`).Scan(&shifts))
	if shifts != 3 {
		t.Errorf("%d shifts were posted, want 3", shifts)
	}
}

// TestOneMoreTime shows one row more, keeps everything and writes nothing.
func TestOneMoreTime(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	before := h.gigs()
	fields := newGigFields("more", "yes", "title", "", "rate", "onzin", "shift-1-break", "15")
	delete(fields, "post")
	for rows := 2; rows <= 21; rows++ {
		got := b.postGig(fields)
		shown := got.Find("fieldset.group").Length()
		if got.status != http.StatusOK || shown != min(rows, 20) || got.Find(".problems").Length() != 0 {
			t.Fatalf("%d rows are shown with status %d, want %d", shown, got.status, min(rows, 20))
		}
		keeps(t, got, fields)
		last := fmt.Sprintf("shift-%d-", shown)
		if rows <= 20 && (got.value(last+"starts-hour") != "9" || got.value(last+"break") != "15" || got.value(last+"date-day") != "") {
			t.Errorf("row %d begins at %q, on day %q", rows, got.value(last+"starts-hour"), got.value(last+"date-day"))
		}
		if offered := got.Find(`button[name="more"]`).Length() == 1; offered != (shown < 20) {
			t.Errorf("one more after %d rows is offered: %v", shown, offered)
		}
		got.Find("fieldset.group input[type=text]").Each(func(_ int, s *goquery.Selection) {
			fields[s.AttrOr("name", "")] = s.AttrOr("value", "")
		})
	}
	for name, value := range newGigRow(21, 30, 9, 12) {
		fields[name] = value
	}
	delete(fields, "more")
	if got := b.postStep(b.beginGig(nil).location, "when", fields); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#shifts").Text(), "hoogstens 20") {
		t.Errorf("21 rows gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	if h.gigs() != before {
		t.Error("a gig was posted")
	}
}

// TestPriceBeforePosting explains every amount and writes nothing; it needs
// neither title nor description.
func TestPriceBeforePosting(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	before := h.gigs()
	fields := newGigFields("price", "yes", "title", "", "load", "", "support", "", "rate", "14,99", "shift-1-break", "30")
	delete(fields, "post")
	for name, value := range newGigRow(2, 30, 13, 17) {
		fields[name] = value
	}
	got := b.postGig(fields)
	if got.status != http.StatusOK || got.Find(".problems, .wrong").Length() != 0 {
		t.Fatalf("the price gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	// 2:30 at 14.99 is 37.475, rounded up; a tenth is 3.748, rounded up.
	want := [][]string{
		{"vr 27 nov, 9.00–12.00 uur", "2 uur 30", "€ 37,48", "2", "€ 74,96", "€ 7,50", "€ 82,46"},
		{"ma 30 nov, 13.00–17.00 uur", "4 uur", "€ 59,96", "2", "€ 119,92", "€ 12,00", "€ 131,92"},
	}
	if rows := cells(got, ".table tbody tr"); fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("the table is\n%q, want\n%q", rows, want)
	}
	totals := [][]string{
		{"Loon van de mensen die werken", "€ 194,88"},
		{"Bijdrage aan de coöperatie, 10 procent", "€ 19,50"},
		{"Te betalen", "€ 214,38"},
	}
	if rows := cells(got, ".price tr"); fmt.Sprint(rows) != fmt.Sprint(totals) {
		t.Errorf("the totals are\n%q, want\n%q", rows, totals)
	}
	for _, says := range []string{"Per uur: € 14,99 loon en € 1,50 bijdrage (10 procent). Samen € 16,49.", "Op 27 november 2026 is minstens € 14,99 per uur verplicht.",
		"De bijdrage komt boven op het loon."} {
		if text := strings.ReplaceAll(got.Find("main").Text(), "\u00a0", " "); !strings.Contains(text, says) {
			t.Errorf("the page does not say %q:\n%s", says, text)
		}
	}
	keeps(t, got, fields)
	fields["rate"] = "14,00"
	got = b.postGig(fields)
	if got.status != http.StatusUnprocessableEntity || got.Find("#rate-wrong").Length() != 1 || got.Find("#title-wrong").Length() != 0 || got.Find(".price").Length() != 1 {
		t.Errorf("a price below the floor gave %d:\n%s", got.status, got.Find(".problems").Text())
	}
	if h.gigs() != before {
		t.Error("a gig was posted")
	}
}

// cells are the rows of a table, with ordinary spaces.
func cells(a answer, rows string) (all [][]string) {
	a.Find(rows).Each(func(_ int, row *goquery.Selection) {
		var line []string
		row.Find("th, td").Each(func(_ int, cell *goquery.Selection) {
			line = append(line, strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(cell.Text()))
		})
		all = append(all, line)
	})
	return all
}

// TestPriceStandsAfterAnError: what has a price shows it, whatever else is wrong.
func TestPriceStandsAfterAnError(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	fields := newGigFields("title", "")
	for name, value := range newGigRow(2, 30, 13, 12) { // backwards: no price
		fields[name] = value
	}
	begun := b.beginGig(nil).location
	if got := b.get(strings.Replace(begun, "/what", "/price", 1)); got.status != http.StatusOK || got.Find(".price").Length() != 0 {
		t.Error("an empty form has a price")
	}
	if got := b.postStep(begun, "when", fields); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a time that goes backwards gave %d", got.status)
	}
	fields["rate"] = "14,00"
	got := b.postStep(begun, "price", fields)
	if got.status != http.StatusUnprocessableEntity || len(cells(got, ".table tbody tr")) != 1 {
		t.Errorf("%d:\n%s", got.status, got.Find(".table").Text())
	}
}

// TestTimesAreAmsterdamTimes posts around the nights in which the clock changes.
func TestTimesAreAmsterdamTimes(t *testing.T) {
	tests := []struct {
		name                    string
		day, month, from, until string
		next                    bool
		field, says             string
		worked                  time.Duration
	}{
		{"half past two does not exist", "29", "3", "2:30", "6:00", false, "shift-1-starts", "Deze tijd bestaat die nacht niet, want de klok gaat dan vooruit.", 0},
		{"nor as an end", "28", "3", "22:00", "2:30", true, "shift-1-ends", "Deze tijd bestaat die nacht niet", 0},
		{"over the hour that is left out", "29", "3", "1:00", "5:00", false, "", "", 3 * time.Hour},
		{"half past two comes twice", "25", "10", "2:30", "6:00", false, "shift-1-starts", "Deze tijd komt die nacht twee keer", 0},
		{"over the hour that comes twice", "25", "10", "1:00", "5:00", false, "", "", 5 * time.Hour},
		{"until midnight", "24", "10", "20:00", "24:00", false, "", "", 4 * time.Hour},
		{"through a night", "23", "10", "22:00", "6:00", true, "", "", 8 * time.Hour},
	}
	h := newHouse(t)
	h.now = time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	b := h.signedIn(members.RoleClient)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h.t = t
			from, until := strings.Split(tt.from, ":"), strings.Split(tt.until, ":")
			fields := newGigFields("title", tt.name, "shift-1-date-day", tt.day, "shift-1-date-month", tt.month,
				"shift-1-starts-hour", from[0], "shift-1-starts-minute", from[1], "shift-1-ends-hour", until[0], "shift-1-ends-minute", until[1])
			if tt.next {
				fields["shift-1-next"] = "yes"
			}
			got := b.postGig(fields)
			if tt.field != "" {
				if said := got.Find("#" + tt.field + "-wrong").Text(); got.status != http.StatusUnprocessableEntity || !strings.Contains(said, tt.says) {
					t.Errorf("%d: %q\n%s", got.status, said, got.Find(".problems").Text())
				}
				return
			}
			if got.status != http.StatusSeeOther {
				t.Fatalf("posting gave %d:\n%s", got.status, got.Find(".problems").Text())
			}
			var starts, ends time.Time
			h.must(h.db.QueryRow(t.Context(), `SELECT s.starts_at, s.ends_at FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id
				WHERE g.title = $1`, tt.name).Scan(&starts, &ends))
			if ends.Sub(starts) != tt.worked {
				t.Errorf("%v to %v is %v, want %v", starts, ends, ends.Sub(starts), tt.worked)
			}
		})
	}
	h.t = t
}

func TestTemplateFillsTheForm(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	buttons := b.get("/gigs/new").Find(`.pick[name="template"]`)
	if buttons.Length() < 10 || buttons.Length() != buttons.Find("svg").Length() {
		t.Errorf("%d templates to choose from, %d pictograms", buttons.Length(), buttons.Find("svg").Length())
	}
	got := b.get(b.beginGig(map[string]string{"template": "window-cleaning"}).location)
	if got.value("title") != "Ramen lappen" || !strings.HasPrefix(got.value("description"), "Je lapt") ||
		got.Find(`details[open] #skills-window-cleaning[checked]`).Length() != 1 || got.Find(`#load-middle[checked]`).Length() != 1 ||
		got.Find(`[name="support"][checked]`).Length() != 0 {
		t.Errorf("the form is %q:\n%s", got.value("title"), got.Find("main").Text())
	}
	buttons.Each(func(_ int, s *goquery.Selection) {
		begun := b.beginGig(map[string]string{"template": s.AttrOr("value", "")})
		if got := b.get(begun.location); got.status != http.StatusOK || got.value("title") != strings.TrimSpace(s.Text()) {
			t.Errorf("%s gave %d %q", s.AttrOr("value", ""), got.status, got.value("title"))
		}
	})
	before := h.drafts()
	for _, bad := range []map[string]string{{"template": "none"}, {"template": "\xff"}, {"from": "17"}, {"from": h.farGig.String()}, {"from": newUUID()}} {
		if got := b.beginGig(bad); got.status != http.StatusNotFound {
			t.Errorf("beginning from %q gave %d", bad, got.status)
		}
	}
	if h.drafts() != before {
		t.Error("a draft was begun from nothing")
	}
}

// TestNoClientsNoGig: a coordinator of a new cooperative reads what comes first.
func TestNoClientsNoGig(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	_, err := h.members.Found(t.Context(), members.NewCooperative{Name: "Nieuw", Coordinator: person(members.RoleCoordinator, "nieuw")})
	h.must(err)
	code, _ := b.ask(person(members.RoleCoordinator, "nieuw").Email)
	b.post("/signin/code", "code", code)
	if got := b.get("/gigs/new"); got.status != http.StatusOK || got.Find(".empty").Length() != 1 || got.Find(`[name="gig"]`).Length() != 0 {
		t.Errorf("%d:\n%s", got.status, got.Find("main").Text())
	}
}

// TestPressingTwicePostsOnce: the page carries the new gig's id.
func TestPressingTwicePostsOnce(t *testing.T) {
	h := newHouse(t)
	b, before := h.signedIn(members.RoleClient), h.gigs()
	fields := newGigFields("gig", b.get("/gigs/new").Find(`input[name="gig"]`).AttrOr("value", ""))
	if one, two := b.beginGig(fields), b.beginGig(fields); one.location != two.location || h.drafts() != 1 {
		t.Errorf("beginning twice led to %s and %s, with %d drafts", one.location, two.location, h.drafts())
	}
	first := b.postGig(fields)
	second := b.postStep(first.location+"/what", "price", fields)
	if first.status != http.StatusSeeOther || second.location != first.location || first.location != "/gigs/"+fields["gig"] {
		t.Errorf("posting twice led to %s and %s, want /gigs/%s", first.location, second.location, fields["gig"])
	}
	if got := h.gigs() - before; got != 1 {
		t.Errorf("%d gigs were posted, want one", got)
	}
	if other := b.get("/gigs/new").Find(`input[name="gig"]`).AttrOr("value", ""); other == fields["gig"] {
		t.Error("the next gig has the same id")
	}
}

// TestPriceForEachSide: a member reads what they earn and that nothing is taken from
// it, those who run the gig also what comes on top.
func TestPriceForEachSide(t *testing.T) {
	h := newHouse(t)
	path := h.signedIn(members.RoleClient).postGig(newGigFields()).location
	runs := [][]string{{"Per uur", "€ 16,50"}, {"Werktijd op vr 27 nov", "3 uur"}, {"Eén persoon verdient", "€ 49,50"},
		{"Bijdrage aan de coöperatie, 10 procent", "€ 4,95"}, {"Eén persoon kost samen", "€ 54,45"}}
	works := [][]string{{"Per uur", "€ 16,50"}, {"Werktijd op vr 27 nov", "3 uur"}, {"Voor deze keer", "€ 49,50"}}
	for kind, want := range map[members.RoleKind][][]string{
		members.RoleClient: runs, members.RoleCoordinator: runs, members.RoleMember: works, members.RoleCoach: works,
	} {
		page := h.signedIn(kind).get(path)
		if got := cells(page, ".price tr"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("a %s reads\n%q, want\n%q", kind, got, want)
		}
		if told := strings.Contains(page.body, "Dat gaat niet van het loon af."); told != (len(want) == len(works)) {
			t.Errorf("a %s reads that it is not taken from their wage: %v", kind, told)
		}
	}
}
