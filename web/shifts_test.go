package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/jobs"
	"meent/members"
)

// seriesFields is a series of Tuesdays from 1 December 2026; the pairs after it
// are added.
func seriesFields(more ...string) []string {
	return append([]string{
		"series-every", "week", "series-interval", "1", "series-weekdays", "1", "series-from-day", "1", "series-from-month", "12", "series-from-year", "2026",
		"series-count", "4", "series-starts-hour", "9", "series-starts-minute", "00", "series-ends-hour", "12", "series-ends-minute", "", "series-break", "0", "series-seats", "2",
	}, more...)
}

// ticked are the dates that are shown to be added, and whether each is ticked.
func (a answer) ticked() (days []string) {
	a.Find(`input[name="planned-day"][checked]`).Each(func(_ int, s *goquery.Selection) { days = append(days, s.AttrOr("value", "")) })
	return days
}

func (h *house) shiftCount(gig jobs.GigID) (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM jobs.shift WHERE gig_id = $1 AND seats > 0`, gig).Scan(&n))
	return n
}

// TestSeriesIsSeenBeforeItComes: the dates are shown, one is left out, the others
// come; and what changed meanwhile is shown again.
func TestSeriesIsSeenBeforeItComes(t *testing.T) {
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	path := "/gigs/" + h.gig.String() + "/shifts"
	if page := client.get("/gigs/" + h.gig.String()); page.Find(`a[href="`+path+`"]`).Length() != 1 {
		t.Error("the gig does not lead to its times")
	}
	h.shows(client.get(path), http.StatusOK, "Tijden en plekken", "0 van 2 plekken bezet")
	looked := client.post(path, seriesFields("look", "series")...)
	h.shows(looked, http.StatusOK, "dinsdag 1 december", "dinsdag 22 december", "Deze 4 dagen komen erbij")
	days := looked.Find("input[name=planned]").AttrOr("value", "")
	if got := looked.ticked(); len(got) != 4 || h.shiftCount(h.gig) != 1 {
		t.Fatalf("ticked are %v, and there are %d shifts", got, h.shiftCount(h.gig))
	}
	other := append(seriesFields("add", "series", "planned", days), "series-without", "8-12-2026")
	for _, day := range strings.Fields(days) {
		other = append(other, "planned-day", day)
	}
	if got := client.post(path, other...); got.status != http.StatusOK || len(got.ticked()) != 3 || h.shiftCount(h.gig) != 1 {
		t.Errorf("what nobody looked at came: %d, %v", got.status, got.ticked())
	}
	h.expect(client.post(path, seriesFields("add", "series", "planned", days, "planned-day", "2026-12-01", "planned-day", "2026-12-22")...), http.StatusSeeOther)
	if h.shiftCount(h.gig) != 3 {
		t.Errorf("there are %d shifts, want 3", h.shiftCount(h.gig))
	}
	again := client.post(path, seriesFields("look", "series")...) // two of them are there
	if got := again.ticked(); again.status != http.StatusUnprocessableEntity || len(got) != 2 || !again.contains("Op deze tijd is er hierboven al werk") {
		t.Errorf("gave %d, with %v ticked", again.status, got)
	}
	if got := client.post(path, seriesFields("add", "series", "planned", days)...); got.status != http.StatusUnprocessableEntity || h.shiftCount(h.gig) != 3 {
		t.Errorf("no day ticked gave %d", got.status)
	}
}

func TestSeriesThatIsWrong(t *testing.T) {
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	path := "/gigs/" + h.gig.String() + "/shifts"
	for name, tt := range map[string]struct {
		fields []string
		want   string
	}{
		"10,000 dates":         {seriesFields("look", "series", "series-count", "10000"), "hoogstens 100"},
		"ends before start":    {seriesFields("look", "series", "series-ends-hour", "8"), "Het einde is niet na het begin"},
		"break longer":         {seriesFields("look", "series", "series-break", "200"), "De pauze moet korter zijn"},
		"zero seats":           {seriesFields("look", "series", "series-seats", "0"), "van 1 tot en met 50"},
		"no weekday":           {seriesFields("look", "series", "series-weekdays", ""), "nog leeg"},
		"no date":              {seriesFields("look", "series", "series-without", "overmorgen"), "Schrijf datums zo"},
		"in a skipped night":   {seriesFields("look", "series", "series-weekdays", "6", "series-from-day", "28", "series-from-month", "3", "series-from-year", "2027", "series-count", "1", "series-starts-hour", "2", "series-starts-minute", "30", "series-ends-hour", "6"), "28 maart 2027"},
		"a week of nothing":    {[]string{"look", "copy", "copy-from-day", "7", "copy-from-month", "12", "copy-from-year", "2026", "copy-to-day", "14", "copy-to-month", "12", "copy-to-year", "2026", "copy-weeks", "1"}, "In deze week zijn er geen tijden"},
		"a week of a stranger": {[]string{"look", "copy", "copy-gig", "x", "copy-from-day", "7", "copy-from-month", "12", "copy-from-year", "2026", "copy-to-day", "14", "copy-to-month", "12", "copy-to-year", "2026", "copy-weeks", "1"}, "Kies een van de antwoorden"},
	} {
		fields := lastOf(tt.fields)
		if got := client.post(path, fields...); got.status != http.StatusUnprocessableEntity || !got.contains(tt.want) {
			t.Errorf("%s gave %d without %q:\n%s", name, got.status, tt.want, got.Find(".wrong").Text())
		}
	}
	h.expect(client.post(path, "add", "everything"), http.StatusBadRequest)
	if n := h.shiftCount(h.gig); n != 1 {
		t.Errorf("%d shifts were added", n-1)
	}
}

// lastOf keeps of each field the last that was given.
func lastOf(fields []string) (kept []string) {
	at := map[string]int{}
	for i := 0; i+1 < len(fields); i += 2 {
		if old, ok := at[fields[i]]; ok {
			kept[old+1] = fields[i+1]
			continue
		}
		at[fields[i]] = len(kept)
		kept = append(kept, fields[i], fields[i+1])
	}
	return kept
}

func TestSeatsOnThePage(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	client := h.signedIn(members.RoleClient)
	gig, err := h.jobs.Gig(t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	shift := gig.Shifts[0].ID.String()
	path := "/gigs/" + h.gig.String() + "/shifts"
	h.shows(client.get(path), http.StatusOK, "1 van 2 plekken bezet")
	h.expect(client.post(path+"/"+shift+"/seats", "seats-"+shift, "4", "buddies-"+shift, "1"), http.StatusSeeOther)
	h.shows(client.get(path), http.StatusOK, "1 van 4 plekken bezet", "Eén plek om te leren")
	for seats, want := range map[string]string{"0": "van 1 tot en met 50", "": "nog leeg", "veel": "heel getal", "51": "van 1 tot en met 50"} {
		h.shows(client.post(path+"/"+shift+"/seats", "seats-"+shift, seats), http.StatusUnprocessableEntity, want)
	}
	h.shows(client.post(path+"/"+shift+"/seats", "seats-"+shift, "2", "buddies-"+shift, "2"), http.StatusUnprocessableEntity, "iemand zijn die het werk al kan")
	h.shows(client.post(path+"/"+shift+"/remove"), http.StatusUnprocessableEntity, "Er komen al 1 mensen")
	h.expect(client.post(path+"/"+h.farGig.String()+"/seats", "seats-"+shift, "3"), http.StatusNotFound)
	h.expect(client.post(path, "add", "one", "shift-1-date-day", "3", "shift-1-date-month", "12", "shift-1-date-year", "2026", "shift-1-starts-hour", "9",
		"shift-1-ends-hour", "11", "shift-1-seats", "1"), http.StatusSeeOther)
	if gig, err = h.jobs.Gig(t.Context(), h.actors[members.RoleClient], h.gig); err != nil || len(gig.Shifts) != 2 {
		t.Fatalf("there are %d shifts, %v", len(gig.Shifts), err)
	}
	h.expect(client.post(path+"/"+gig.Shifts[1].ID.String()+"/remove"), http.StatusSeeOther)
	if n := h.shiftCount(h.gig); n != 1 {
		t.Errorf("there are %d shifts, want 1", n)
	}
}

// TestDraftKeepsWhatASeriesBrought: dates of a series stay beside what is typed in
// rows, until somebody unticks them.
func TestDraftKeepsWhatASeriesBrought(t *testing.T) {
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	begun := client.beginGig(map[string]string{})
	when := strings.TrimSuffix(begun.location, "/what") + "/when"
	gig := strings.Split(when, "/")[2]
	count := func() (n int) {
		h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.shift WHERE gig_id = $1`, gig).Scan(&n))
		return n
	}
	row := []string{"place", "Arnhem"}
	for name, value := range newGigRow(1, 27, 9, 12) {
		row = append(row, name, value)
	}
	looked := client.post(when, append(seriesFields("look", "series"), row...)...)
	days := looked.Find("input[name=planned]").AttrOr("value", "")
	if len(looked.ticked()) != 4 || looked.value("shift-1-date-day") != "27" || count() != 0 {
		t.Fatalf("gave %d, %v ticked, and %d shifts", looked.status, looked.ticked(), count())
	}
	added := client.post(when, append(seriesFields("add", "series", "planned", days, "planned-day", "2026-12-01", "planned-day", "2026-12-08"), row...)...)
	kept := added.Find("input[name=keep][checked]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") })
	if added.status != http.StatusOK || len(kept) != 2 || added.value("shift-1-date-day") != "27" || count() != 2 {
		t.Fatalf("gave %d, keeps %v, and there are %d shifts", added.status, kept, count())
	}
	h.expect(client.post(when, append([]string{"kept", kept[0], "kept", kept[1], "keep", kept[0], "keep", kept[1]}, row...)...), http.StatusSeeOther)
	if count() != 3 {
		t.Errorf("there are %d shifts, want two of the series and the row", count())
	}
	page := client.get(when)
	if page.Find("input[name=keep]").Length() != 2 || page.value("shift-1-date-day") != "27" {
		t.Error("the step does not show what it has")
	}
	h.expect(client.post(when, append([]string{"kept", kept[0], "kept", kept[1], "keep", kept[0], "point", "Bij de poort"}, row...)...), http.StatusSeeOther)
	if count() != 2 || client.get(when).value("point") != "Bij de poort" {
		t.Errorf("there are %d shifts, and the point is %q", count(), client.get(when).value("point"))
	}
	h.expect(client.post("/gigs/"+gig+"/discard"), http.StatusSeeOther)
}

// TestBriefingIsReadOnThePage: who works reads it with one press, the client sees
// that; others read neither briefing nor number.
func TestBriefingIsReadOnThePage(t *testing.T) {
	h := newHouse(t)
	client, office := h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator)
	meeting := "/gigs/" + h.gig.String() + "/meeting"
	told := []string{"point", "Bij de fontein", "contact_name", "Piet", "contact_phone", "026 123 45 67", "travel", "group", "travel_text", "", "briefing", "Neem schoenen mee.", "accompanied", "yes"}
	h.expect(client.post(meeting, told...), http.StatusSeeOther)
	h.shows(office.get(meeting), http.StatusOK, "Hoe gaat de dag?")
	if page := h.signedIn(members.RoleMember).get("/gigs/" + h.gig.String()); page.contains("026 123") || page.contains("schoenen") || !page.contains("Jullie reizen samen.") {
		t.Errorf("a member who does not work there reads:\n%s", page.Find("main").Text())
	}
	path := "/engagements/" + h.engaged().String()
	member := h.signedIn(members.RoleMember)
	page := member.get(path)
	h.shows(page, http.StatusOK, "Piet, 026 123 45 67", "Bij de fontein", "Neem schoenen mee.", "iemand van de coöperatie met je mee")
	h.shows(client.get(path), http.StatusOK, "Nog niet gelezen", "Mens member")
	version := page.Find("input[name=version]").AttrOr("value", "")
	h.expect(client.post(path+"/briefing", "version", version), http.StatusForbidden)
	h.expect(member.post(path+"/briefing", "version", "veel"), http.StatusBadRequest)
	h.expect(member.post(path+"/briefing", "version", version), http.StatusSeeOther)
	h.shows(member.get(path), http.StatusOK, "Je hebt dit gelezen.")
	if page := client.get(path); page.contains("Nog niet gelezen") || !page.contains("Gelezen") {
		t.Error("the client does not see that it is read")
	}
	told[11] = "Neem laarzen mee."
	h.expect(client.post(meeting, told...), http.StatusSeeOther)
	h.shows(client.get(path), http.StatusOK, "Nog niet gelezen")
	h.shows(member.post(path+"/briefing", "version", version), http.StatusConflict, "De uitleg is nieuw")
	h.now = h.now.Add(9 * time.Hour)
	h.run()
	if !h.mailed("Jullie spreken af: Bij de fontein") || !h.mailed("Op de plek: Piet, 026 123 45 67") || !h.mailed("Lees vooraf de uitleg") {
		t.Error("the reminder does not tell of the day")
	}
	for _, wrong := range [][2]string{{"contact_phone", "bel maar"}, {"travel", "vliegen"}, {"point", strings.Repeat("a", 201)}} {
		h.expect(client.post(meeting, append(told, wrong[0], wrong[1])[len(told):]...), http.StatusUnprocessableEntity)
	}
}

func TestWorkFromHomeIsAtHome(t *testing.T) {
	h := newHouse(t)
	client := h.signedIn(members.RoleClient)
	h.expect(client.post("/gigs/"+h.gig.String()+"/meeting", "remote", "yes", "travel", "own", "point", ""), http.StatusUnprocessableEntity) // members were asked
	h.do(`INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, remote) SELECT cooperative_id, id, true FROM jobs.gig WHERE id = $1`, h.gig)
	if page := h.signedIn(members.RoleMember).get("/gigs/" + h.gig.String()); !page.contains("Thuis") {
		t.Errorf("the gig does not say that it is at home:\n%s", page.Find("main").Text())
	}
	if page := h.signedIn(members.RoleMember).get("/gigs"); !page.contains("Thuis") {
		t.Errorf("the list does not say that it is at home:\n%s", page.Find("main").Text())
	}
	h.shows(client.get("/gigs/"+h.gig.String()+"/shifts"), http.StatusOK, "Hoeveel stuks?")
}

// TestTrialOfTooLongIsSaidOnThePage: a date that makes a trial placement last too
// long is refused with a sentence, one by one and in a series.
func TestTrialOfTooLongIsSaidOnThePage(t *testing.T) {
	h := newHouse(t)
	client, path := h.signedIn(members.RoleClient), "/gigs/"+h.gig.String()+"/shifts"
	h.do(`UPDATE jobs.gig SET work_form = 'trial_placement', rate_cents = 0 WHERE id = $1`, h.gig)
	first := h.now.Add(24 * time.Hour)
	on := func(day time.Time) []string {
		fields, row := newGigRow(1, day.Day(), 9, 12), []string{"add", "one"}
		fields["shift-1-date-month"], fields["shift-1-date-year"] = strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
		for name, value := range fields {
			row = append(row, name, value)
		}
		return row
	}
	page := client.post(path, on(first.AddDate(0, 2, 1))...)
	h.shows(page, http.StatusUnprocessableEntity, "Een proefplaatsing duurt hoogstens twee maanden.")
	if page.Find(`a[href="#form"]`).Length() != 1 || page.Find("#form").Length() != 1 || h.shiftCount(h.gig) != 1 {
		t.Errorf("there are %d shifts, and the page says:\n%s", h.shiftCount(h.gig), page.Find("main").Text())
	}
	series := seriesFields("look", "series")
	series[slices.Index(series, "series-count")+1] = "12"
	h.shows(client.post(path, series...), http.StatusUnprocessableEntity, "Een proefplaatsing duurt hoogstens twee maanden.")
	h.expect(client.post(path, on(first.AddDate(0, 1, 1))...), http.StatusSeeOther)
}
