package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// answers fills each question as a browser would.
func answers() map[members.Question][]string {
	return map[members.Question][]string{
		members.NameQuestion:        {"name", "Anna de Wit"},
		members.TravelQuestion:      {"place", "arnhem", "reach", "12", "travel", "car"},
		members.SkillsQuestion:      {"skills", "mopping", "skills", "weeding"},
		members.LevelsQuestion:      {"level-mopping", "well", "level-weeding", "learning"},
		members.LearnQuestion:       {"text", "Ik wil leren lassen.\r\nEn koken.", "goals", "forklift"},
		members.WeekQuestion:        {"day-0-0-from", "9", "day-0-0-until", "17.00 uur", "day-4-0-from", "22:00", "day-4-0-until", "0200", "day-4-1-from", "9,15", "day-4-1-until", "12"},
		members.HoursQuestion:       {"wanted", "12", "most", "16"},
		members.AbilitiesQuestion:   {"ability-quiet-place", "must", "ability-one-task", "prefer", "ability-indoors", "no"},
		members.LoadQuestion:        {"physical", "4", "sensory", "2", "mental", "3"},
		members.SupportQuestion:     {"support", "start"},
		members.LanguagesQuestion:   {"dutch", "enough", "english", "little"},
		members.CertificateQuestion: {"certificate", "in_hand"},
		members.RoomQuestion:        {"room", "450"},
		members.ContactQuestion:     {"channel", "mail", "phone", "06 12 34 56 78", "quiet-from", "21.00", "quiet-until", "8", "offers", "2", "rest", "1"},
		members.NoteQuestion:        {"note", "Bel mij liever niet."},
	}
}

// TestProfileFromTheFirstQuestionToTheLast: each leads to the next, and the
// summary says all of it.
func TestProfileFromTheFirstQuestionToTheLast(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	first := b.get("/profile").Find("a.button.main")
	if first.Text() == "" || first.AttrOr("href", "") != "/profile/name" {
		t.Errorf("the profile begins with %q", first.AttrOr("href", ""))
	}
	path := "/profile/name"
	for n, q := range members.Questions() {
		if path != "/profile/"+string(q) {
			t.Fatalf("question %d is at %s", n+1, path)
		}
		page := b.get(path)
		h.says(page, fmt.Sprintf("Vraag %d van 15", n+1))
		if page.status != http.StatusOK || page.Find("main h1").Length() != 1 || page.Find("[data-aloud]").Length() != 1 {
			t.Fatalf("%s gave %d", path, page.status)
		}
		got := b.post(path, answers()[q]...)
		if got.status != http.StatusSeeOther {
			t.Fatalf("%s gave %d: %s", path, got.status, got.Find(".problems, .wrong").Text())
		}
		path = got.location
	}
	if path != "/profile" {
		t.Errorf("the last question leads to %s", path)
	}
	page := b.get("/profile")
	h.says(page, "Gelukt. Je profiel is bewaard.", "Anna de Wit", "Arnhem", "Met de auto, tot 12 km", "Vloeren dweilen: Ik kan het goed", "Onkruid wieden: Ik leer het nog",
		"Ik wil leren lassen.", "Heftruck rijden", "maandag: 9.00\u2060–\u206017.00 uur", "vrijdag: 9.15\u2060–\u206012.00 uur, 22.00\u2060–\u20602.00 uur",
		"12 uur in een week, hoogstens 16 uur", "Ik werk op een rustige plek. Dit moet.", "Ik doe één ding tegelijk. Liever wel.", "Met je lichaam: Stevig werk",
		"Alleen in het begin", "Nederlands op het werk: Genoeg voor het werk", "Hoogstens € 450,00 in een maand", "06 12 34 56 78",
		"Geen bericht: 21.00\u2060–\u20608.00 uur", "2 keer werk tegelijk", "Eén dag rust", "Bel mij liever niet.")
	h.saysNothingOf(page, "Ik werk binnen", "Nog niets verteld", "Ga verder")
	for _, q := range members.Questions() { // what is shown can be sent as it is
		page := b.get("/profile/" + string(q) + "?change=yes")
		if again := b.post("/profile/"+string(q), filled(page)...); again.location != "/profile" {
			t.Errorf("%s, sent as it was shown, gave %d %s: %s", q, again.status, again.location, again.Find(".wrong").Text())
		}
	}
	if again := b.get("/profile").Find("#answers").Text(); again != page.Find("#answers").Text() {
		t.Errorf("sending what is shown changed the profile:\n%s", again)
	}
}

// filled is what a browser would send of a form as it stands.
func filled(page answer) (fields []string) {
	form := page.Find("main form.form")
	for _, node := range form.Find("input, select, textarea").Nodes {
		one := page.read().FindNodes(node)
		name, kind := one.AttrOr("name", ""), one.AttrOr("type", "")
		_, checked := one.Attr("checked")
		switch {
		case name == "" || (kind == "radio" || kind == "checkbox") && !checked:
		case node.Data == "textarea":
			fields = append(fields, name, one.Text())
		case node.Data == "select":
			fields = append(fields, name, one.Find("[selected]").AttrOr("value", ""))
		default:
			fields = append(fields, name, one.AttrOr("value", ""))
		}
	}
	return fields
}

func TestSkippingAndGoingOnLater(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if got := b.post("/profile/name", "skip", "yes", "name", "\xff"); got.location != "/profile/travel" {
		t.Fatalf("skipping gave %d %s", got.status, got.location)
	}
	if got := b.post("/profile/hours", answers()[members.HoursQuestion]...); got.location != "/profile/abilities" {
		t.Errorf("question 7 led to %s", got.location)
	}
	page := b.get("/profile")
	h.says(page, "Vraag 2 van 15", "Nog 13 vragen.", "12 uur in een week")
	if next := page.Find("a.button.main").AttrOr("href", ""); next != "/profile/travel" {
		t.Errorf("going on leads to %s", next)
	}
	if back := b.get("/profile/travel").Find("a.back").AttrOr("href", ""); back != "/profile/name" {
		t.Errorf("back leads to %s", back)
	}
	if back := b.get("/profile/hours?change=yes").Find("a.back").AttrOr("href", ""); back != "/profile" {
		t.Errorf("back from a change leads to %s", back)
	}
	for _, q := range members.Questions() {
		b.post("/profile/"+string(q), "skip", "yes")
	}
	page = b.get("/profile")
	h.saysNothingOf(page, "Ga verder", "Nog niets verteld")
	h.says(page, "12 uur in een week", "Overgeslagen. Dat mag.")
}

func TestQuestionsRefuseAndKeepWhatWasTyped(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	tests := []struct {
		name, path, field, says string
		fields                  []string
	}{
		{"no name", "name", "name", "leeg", []string{"name", ""}},
		{"a long name", "name", "name", "te lang", []string{"name", strings.Repeat("é", 81)}},
		{"an unreadable name", "name", "name", "niet kunnen lezen", []string{"name", "A\xff"}},
		{"NUL", "name", "name", "niet kunnen lezen", []string{"name", "A\x00"}},
		{"no such place", "travel", "place", "kennen deze plaats niet", []string{"place", "Atlantis", "reach", "12", "travel", "car"}},
		{"an unreadable place", "travel", "place", "niet kunnen lezen", []string{"place", "\xff", "reach", "12", "travel", "car"}},
		{"no number", "travel", "reach", "heel getal", []string{"place", "Arnhem", "reach", "ver", "travel", "car"}},
		{"a huge number", "travel", "reach", "heel getal", []string{"place", "Arnhem", "reach", "99999999999999999999", "travel", "car"}},
		{"too far", "travel", "reach", "van 1 tot en met 100", []string{"place", "Arnhem", "reach", "101", "travel", "car"}},
		{"by plane", "travel", "travel", "een van de antwoorden", []string{"place", "Arnhem", "reach", "12", "travel", "plane"}},
		{"no such skill", "skills", "skills", "een van de antwoorden", []string{"skills", "magic"}},
		{"no such level", "levels", "level-window-cleaning", "een van de antwoorden", []string{"level-window-cleaning", "best"}},
		{"a long text", "learn", "text", "te lang", []string{"text", strings.Repeat("é", 1001)}},
		{"no end", "week", "day-2-1-until", "leeg", []string{"day-2-1-from", "9"}},
		{"no time", "week", "day-2-0-from", "bestaat niet", []string{"day-2-0-from", "negen", "day-2-0-until", "12"}},
		{"no quarter", "week", "day-2-0-from", "heel kwartier", []string{"day-2-0-from", "9.10", "day-2-0-until", "12"}},
		{"the same twice", "week", "day-2-0-until", "zijn gelijk", []string{"day-2-0-from", "9", "day-2-0-until", "9.00"}},
		{"midnight twice", "week", "day-2-0-until", "zijn gelijk", []string{"day-2-0-from", "24", "day-2-0-until", "0"}},
		{"beyond the day", "week", "day-2-0-until", "bestaat niet", []string{"day-2-0-from", "9", "day-2-0-until", "24.15"}},
		{"less than wanted", "hours", "most", "Kies minstens 12 uur", []string{"wanted", "12", "most", "8"}},
		{"a strength that is none", "abilities", "ability-indoors", "een van de antwoorden", []string{"ability-indoors", "never"}},
		{"no load", "load", "mental", "een van de antwoorden", []string{"physical", "4", "sensory", "2"}},
		{"no support", "support", "support", "een van de antwoorden", nil},
		{"no language", "languages", "dutch", "een van de antwoorden", []string{"english", "little"}},
		{"no amount", "room", "room", "Schrijf een bedrag", []string{"room", "veel"}},
		{"too much", "room", "room", "€\u00a010.000,00", []string{"room", "10000,01"}},
		{"no phone", "contact", "phone", "geen telefoonnummer", []string{"channel", "mail", "phone", "bel mij", "offers", "1", "rest", "0"}},
		{"sms to nowhere", "contact", "phone", "leeg", []string{"channel", "sms", "offers", "1", "rest", "0"}},
		{"a long note", "note", "note", "te lang", []string{"note", strings.Repeat("é", 1001)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := b.post("/profile/"+tt.path, tt.fields...)
			wrong := got.Find("#" + tt.field + "-wrong")
			if got.status != http.StatusUnprocessableEntity || wrong.Length() != 1 || !strings.Contains(wrong.Text(), tt.says) || got.Find(".problems a").Length() != 1 {
				t.Errorf("gave %d: %s", got.status, got.Find(".problems, .wrong").Text())
			}
			if got.Find(`.problems a[href="#`+tt.field+`"]`).Length() != 1 {
				t.Error("no way to the field")
			}
		})
	}
	if got := b.post("/profile/week"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#week").Text(), "Vul minstens één tijd in") {
		t.Errorf("an empty week gave %d", got.status)
	}
	kept := b.post("/profile/week", "day-2-0-from", "negen", "day-2-0-until", "12.30")
	if kept.Find("#day-2-0-from").AttrOr("value", "") != "negen" || kept.Find("#day-2-0-until").AttrOr("value", "") != "12.30" {
		t.Error("what was typed is lost")
	}
	h.saysNothingOf(b.get("/profile"), "Arnhem", "12 uur in een week")
	for _, path := range []string{"/profile/diagnosis", "/profile/%ff", "/profile/name/x"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s gave %d", path, got.status)
		}
		if got := b.post(path, "skip", "yes"); got.status != http.StatusNotFound {
			t.Errorf("POST %s gave %d", path, got.status)
		}
	}
}

func TestMondayIsCopied(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	got := b.post("/profile/week", "day-0-0-from", "9", "day-0-0-until", "12", "day-5-0-from", "10", "day-5-0-until", "11", "copy", "yes")
	h.expect(got, http.StatusOK)
	for weekday, want := range []string{"9", "9", "9", "9", "9", "10", ""} {
		if from := got.Find("#day-"+string(rune('0'+weekday))+"-0-from").AttrOr("value", ""); from != want {
			t.Errorf("weekday %d begins at %q, want %q", weekday, from, want)
		}
	}
	h.says(b.get("/profile"), "Nog 15 vragen")
	if button := got.Find("form.form button").First(); button.AttrOr("name", "") != "" {
		t.Error("the Enter key does not save")
	}
}

func TestProfileIsKeptBeforeOthers(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	for _, q := range members.Questions() {
		member.post("/profile/"+string(q), answers()[q]...)
	}
	path := "/caseload/" + h.actors[members.RoleMember].Member.String()
	before := coach.get(path + "/profile")
	h.expect(before, http.StatusForbidden)
	h.saysNothingOf(before, "Bel mij liever niet.", "06 12")
	h.expect(coach.post(path+"/skills/mopping/confirm"), http.StatusForbidden)
	h.share(member, "24", "5", "2027", "profile")
	h.says(coach.get(path+"/profile"), "Bel mij liever niet.", "06 12 34 56 78", "Ik wil leren lassen.", "Vloeren dweilen: Ik kan het goed", "Ik werk op een rustige plek. Dit moet.")
	h.says(member.get("/sharing"), "Mens coach keek naar je profiel.")
	for range 2 {
		h.expect(coach.post(path+"/skills/mopping/confirm"), http.StatusSeeOther)
	}
	h.expect(coach.post(path+"/skills/forklift/confirm"), http.StatusNotFound)
	h.expect(coach.post(path+"/skills/%00/confirm"), http.StatusNotFound)
	page := coach.get(path + "/profile")
	h.says(page, "Gezien door Mens coach")
	if n := page.Find(`form[action$="/mopping/confirm"]`).Length(); n != 0 || page.Find(`form[action$="/weeding/confirm"]`).Length() != 1 {
		t.Error("what is seen can be seen again, or nothing can")
	}
	h.says(member.get("/profile"), "Vloeren dweilen: Ik kan het goed. Gezien door Mens coach")
	far := "/caseload/" + h.far[members.RoleMember].Member.String()
	h.expect(coach.get(far+"/profile"), http.StatusNotFound)
	h.expect(coach.post(far+"/skills/window-cleaning/confirm"), http.StatusNotFound)
	member.post(member.get("/sharing").Find(`form[action$="/stop"]`).First().AttrOr("action", ""))
	after := coach.get(path + "/profile")
	h.expect(after, http.StatusForbidden)
	h.saysNothingOf(after, "Bel mij liever niet.")
	h.expect(coach.post(path+"/skills/weeding/confirm"), http.StatusForbidden)
}

func TestNotThisWeekInOneTap(t *testing.T) {
	h := newHouse(t) // Tuesday 24 November
	b := h.signedIn(members.RoleMember)
	for _, page := range []string{"/home", "/profile", "/days"} {
		form := b.get(page).Find(`form[action="/days/week"]`).First()
		got := b.post("/days/week", "from", form.Find(`[name=from]`).AttrOr("value", ""), "off", form.Find(`[name=off]`).AttrOr("value", ""), "back", page)
		if got.location != page {
			t.Errorf("from %s one comes to %s", page, got.location)
		}
		h.says(b.get("/days"), "Je kunt deze week niet.", "dinsdag 24 november 2026", "zondag 29 november 2026")
		h.saysNothingOf(b.get("/days"), "maandag 30 november")
		h.says(b.get(page), "Deze week toch wel")
		if got := b.post("/days/week", "from", "2026-11-24", "off", "no", "back", "https://evil.example"); got.location != "/days" {
			t.Errorf("one is led to %s", got.location)
		}
		h.says(b.get("/days"), "Alle dagen zijn gewoon.")
	}
	next := b.get("/days").Find(`form[action="/days/week"] [name=from]`).Last().AttrOr("value", "")
	h.expect(b.post("/days/week", "from", next, "off", "yes"), http.StatusSeeOther)
	h.says(b.get("/days"), "Je kunt volgende week niet.", "maandag 30 november 2026", "zondag 6 december 2026")
}

func TestOtherDays(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	date := func(day, month, year string, fields ...string) []string {
		return append(fields, "day-day", day, "day-month", month, "day-year", year)
	}
	h.expect(b.post("/days", date("28", "11", "2026", "kind", "extra", "from", "22", "until", "2")...), http.StatusSeeOther)
	h.expect(b.post("/days", date("1", "12", "2026", "kind", "off")...), http.StatusSeeOther)
	page := b.get("/days")
	h.says(page, "zaterdag 28 november 2026Extra: 22.00\u2060–\u206024.00 uur.", "zondag 29 november 2026Extra: 0.00\u2060–\u20602.00 uur.", "dinsdag 1 december 2026Dan kun je niet.")
	h.expect(b.post("/days/usual", "day", "2026-12-01"), http.StatusSeeOther)
	h.saysNothingOf(b.get("/days"), "1 december")
	for name, tt := range map[string]struct {
		got  answer
		says string
	}{
		"nothing chosen": {b.post("/days", date("28", "11", "2026")...), "Kies een van de antwoorden."},
		"no day":         {b.post("/days", date("", "", "2026", "kind", "off")...), "Dit is nog leeg."},
		"no such day":    {b.post("/days", date("31", "11", "2026", "kind", "off")...), "Deze dag bestaat niet."},
		"yesterday":      {b.post("/days", date("23", "11", "2026", "kind", "off")...), "Deze dag is al voorbij."},
		"too far":        {b.post("/days", date("25", "5", "2027", "kind", "off")...), "Dit is te ver weg."},
		"no time":        {b.post("/days", date("28", "11", "2026", "kind", "extra", "from", "9", "until", "x")...), "Deze tijd bestaat niet."},
		"an old page":    {b.post("/days/week", "from", "2026-11-23", "off", "yes"), "Deze dag is al voorbij."},
		"a strange tap":  {b.post("/days/week", "from", "2026-11-24", "off", "maybe"), "Kies een van de antwoorden."},
	} {
		if tt.got.status != http.StatusUnprocessableEntity || !strings.Contains(tt.got.Find(".problems").Text(), tt.says) {
			t.Errorf("%s gave %d: %q", name, tt.got.status, tt.got.Find(".problems").Text())
		}
	}
	h.expect(b.post("/days/usual", "day", "'"), http.StatusNotFound)
}

// TestOfferSaysThatTheTimeFits, to whom told when they can work.
func TestOfferSaysThatTheTimeFits(t *testing.T) {
	h := newHouse(t)
	var always members.Week
	always.Set(0, members.WeekQuarters)
	h.must(h.members.Answer(t.Context(), h.actors[members.RoleMember], always))
	b := h.signedIn(members.RoleMember)
	h.says(b.get("/offers/"+h.offer().ID.String()), "Het is op een tijd dat je kunt werken.")
}
