package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"meent/internal/mail"
	"meent/members"
	"meent/members/coaching"
)

// button is the address of the form and what its button sends, by its words.
func (a answer) button(words string) (path string, fields []string) {
	a.Find("form button").EachWithBreak(func(_ int, b *goquery.Selection) bool {
		if strings.TrimSpace(b.Text()) != words {
			return true
		}
		form := b.Closest("form")
		path = form.AttrOr("action", "")
		form.Find("input[type=hidden]").Each(func(_ int, i *goquery.Selection) {
			fields = append(fields, i.AttrOr("name", ""), i.AttrOr("value", ""))
		})
		if name := b.AttrOr("name", ""); name != "" {
			fields = append(fields, name, b.AttrOr("value", ""))
		}
		return false
	})
	return path, fields
}

// press presses a button of a page, with these fields beside it.
func (b *browser) press(page, words string, more ...string) answer {
	b.h.t.Helper()
	path, fields := b.get(page).button(words)
	if path == "" {
		b.h.t.Fatalf("%s has no button %q", page, words)
	}
	return b.post(path, append(fields, more...)...)
}

func TestMemberWorksOnAGoal(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.says(b.get("/coach"), "Hoe ver je bent")
	h.says(b.get("/progress"), "Er is nu geen doel.", "Jullie hebben nog geen stap gekozen.", "Er is nog niets ingevuld.")
	for _, tt := range []struct {
		fields []string
		says   string
	}{
		{[]string{"text", " "}, "Dit is nog leeg."},
		{[]string{"text", "Leren", "aim-day", "31", "aim-month", "2", "aim-year", "2027"}, "Deze dag bestaat niet."},
		{[]string{"text", "Leren", "aim-day", "23", "aim-month", "11", "aim-year", "2026"}, "Deze dag is al voorbij."},
		{[]string{"text", strings.Repeat("a", 201)}, "Er passen 200 tekens in."},
	} {
		got := b.post("/progress/goals", tt.fields...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find(".problems").Text(), tt.says) || got.Find(".problems a").Length() != 1 || got.Find("details[open] #text").Length() != 1 {
			t.Errorf("%v gave %d: %s", tt.fields, got.status, got.Find(".problems").Text())
		}
	}
	if got := b.post("/progress/goals", "text", "Leren lassen", "aim-day", "1", "aim-month", "3", "aim-year", "2027"); got.location != "/progress#goals" {
		t.Fatalf("a goal gave %d %s", got.status, got.location)
	}
	h.says(b.get("/progress"), "Leren lassen", "Klaar op 1 maart 2027.", "Opgeschreven door Mens member")
	h.expect(b.press("/progress", "Zet deze stap erbij"), http.StatusUnprocessableEntity)
	h.expect(b.press("/progress", "Zet deze stap erbij", "text", "Een cursus zoeken"), http.StatusSeeOther)
	h.expect(b.press("/progress", "Klaar"), http.StatusSeeOther)
	if b.get("/progress").Find(".goal-steps .icon").Length() == 0 {
		t.Error("no picture says that the step is done")
	}
	h.expect(b.press("/progress", "Nog niet klaar"), http.StatusSeeOther)
	h.expect(b.press("/progress", "Haal weg"), http.StatusSeeOther)
	h.saysNothingOf(b.get("/progress"), "Een cursus zoeken")
	path, fields := b.get("/progress").button("Het is gelukt")
	h.expect(b.post(path, fields...), http.StatusSeeOther)
	h.expect(b.post(path, fields...), http.StatusConflict) // in a page that is old
	h.says(b.get("/progress"), "Doelen van eerder", "gelukt")
	h.expect(b.press("/progress", "Ga er weer mee door"), http.StatusSeeOther)
	for _, do := range []string{"", "strange", "done"} {
		h.expect(b.post(path, "do", do), http.StatusBadRequest)
	}
	h.expect(b.press("/progress", "Haal dit doel weg"), http.StatusSeeOther)
	h.expect(b.post(path, "do", "met"), http.StatusNotFound)
	h.expect(b.post("/progress/goals/17", "do", "met"), http.StatusNotFound)
}

// TestCoachAndMemberSetALadderTogether, and the member's key opens and closes it.
func TestCoachAndMemberSetALadderTogether(t *testing.T) {
	h := newHouse(t)
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	page := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/progress"
	h.says(coach.get(page), "Hoe ver Mens member is", "Mens member deelt dit niet met jou: Voortgang.", "Mens member deelt dit niet met jou: Uren.",
		"Mens member kan dit delen bij 'Wie mag wat zien'.")
	for _, path := range []string{"/goals", "/ladder"} {
		h.expect(coach.post(page+path, "text", "Een doel", "rung", "3"), http.StatusForbidden)
	}
	h.expect(h.share(member, "24", "5", "2027", "progress"), http.StatusSeeOther)
	h.expect(coach.post(page+"/goals", "text", "geheim doel"), http.StatusSeeOther)
	h.says(member.get("/progress"), "geheim doel", "Opgeschreven door Mens coach")
	h.saysNothingOf(member.get("/progress"), "Haal dit doel weg")
	h.must(h.runAll())
	list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
	h.must(err)
	told := 0
	for _, one := range list {
		if strings.Contains(one.Text, "Je coach schreef een doel voor je op.") {
			told++
		}
		if strings.Contains(one.Text+one.HTML+one.Subject, "geheim") {
			t.Error("a mail tells which goal")
		}
	}
	if told != 1 {
		t.Errorf("%d mails about the goal", told)
	}
	for _, rung := range []string{"0", "7", "x", ""} {
		got := coach.post(page+"/ladder", "rung", rung)
		if got.status != http.StatusUnprocessableEntity || got.Find("#rung .wrong").Length() != 1 {
			t.Errorf("step %q gave %d", rung, got.status)
		}
	}
	h.expect(coach.post(page+"/ladder", "rung", "3"), http.StatusSeeOther)
	h.expect(member.post("/progress/ladder", "rung", "4"), http.StatusConflict)
	h.saysNothingOf(coach.get(page), "Ja, dat klopt")
	h.says(member.get("/progress"), "Mens coach stelt voor: Stap 3: meedoen met iets.")
	h.expect(member.press("/progress", "Ja, dat klopt"), http.StatusSeeOther)
	h.says(coach.get(page), "Stap 3: meedoen met iets", "Gekozen door Mens coach en Mens member op 24 november 2026.", "De volgende keer kijken jullie op 24 mei 2027.")
	if got := coach.get(page).Find("svg.chart[role=img] title").First().Text(); got != "De stap aan het einde van elke maand" {
		t.Errorf("the chart is called %q", got)
	}
	stop := member.get("/sharing").Find(`form[action$="/stop"]`).First().AttrOr("action", "")
	h.expect(member.post(stop), http.StatusSeeOther)
	h.expect(coach.post(page+"/goals", "text", "Nog een"), http.StatusForbidden)
	h.saysNothingOf(coach.get(page), "geheim doel", "Stap 3")
	far := "/caseload/" + h.far[members.RoleMember].Member.String() + "/progress"
	h.expect(coach.get(far), http.StatusNotFound)
	h.expect(coach.post(far+"/goals", "text", "Een doel"), http.StatusNotFound)
}

func (h *house) runAll() error {
	_, err := h.worker.RunDue(h.t.Context())
	return err
}

func TestHalfAYearLaterAMailComes(t *testing.T) {
	h := newHouse(t)
	member, coach := h.actors[members.RoleMember], h.actors[members.RoleCoach]
	h.must(h.coaching.Grant(t.Context(), member, members.NewGrant{Grantee: coach.Role, Scopes: []members.Scope{members.ProgressScope}, Until: "2027-11-24"}))
	rung, err := h.coaching.ProposeRung(t.Context(), coach, member.Member, 5)
	h.must(err)
	h.must(h.coaching.SettleRung(t.Context(), member, member.Member, rung, coaching.RungSet))
	h.now = time.Date(2027, 5, 24, 5, 59, 59, 0, time.UTC)
	told := func() (n int) {
		for range 3 {
			h.must(h.runAll())
		}
		list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
		h.must(err)
		for _, one := range list {
			if strings.Contains(one.Text, "half jaar voorbij") {
				n++
			}
		}
		return n
	}
	if n := told(); n != 0 {
		t.Errorf("%d mails a second too early", n)
	}
	h.now = h.now.Add(time.Second)
	if n := told(); n != 2 {
		t.Errorf("%d mails", n)
	}
	h.now = h.now.Add(48 * time.Hour)
	if n := told(); n != 2 {
		t.Errorf("%d mails later", n)
	}
	h.says(h.signedIn(members.RoleMember).get("/progress"), "Er is een half jaar voorbij.")
}

func TestScoreOfTheWeek(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	page := b.get("/progress/score")
	if page.Find(".faces .face svg").Length() != 15 || page.Find(".faces input[checked]").Length() != 0 {
		t.Error("fifteen faces, none chosen")
	}
	if got := b.post("/progress/score", "feel", "4", "work", "9"); got.status != http.StatusUnprocessableEntity || got.Find(".problems a").Length() != 2 || got.Find("#feel input[checked]").Length() != 1 {
		t.Errorf("a form with faults gave %d: %s", got.status, got.Find(".problems").Text())
	}
	h.expect(b.post("/progress/score", "feel", "4", "work", "2", "next", "5"), http.StatusSeeOther)
	h.expect(b.post("/progress/score", "feel", "3", "work", "2", "next", "5"), http.StatusSeeOther)
	page = b.get("/progress/score")
	h.says(page, "Week vanaf 23 november 2026", "Gaat wel, Niet zo goed, Heel goed")
	if page.Find(".faces input[checked]").Length() != 3 || page.Find(".rows > li").Length() != 1 {
		t.Error("this week is not one week, with what was chosen")
	}
	h.says(b.get("/progress"), "In de week vanaf 23 november 2026 was het 3,3 van de 5.")
	coach := h.signedIn(members.RoleCoach)
	coachs := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/progress"
	h.expect(h.share(b, "24", "5", "2027", "progress"), http.StatusSeeOther)
	h.saysNothingOf(coach.get(coachs), "Niet zo goed")
	h.expect(h.share(b, "24", "5", "2027", "self-scores"), http.StatusSeeOther)
	h.says(coach.get(coachs), "Niet zo goed")
	h.expect(b.post("/progress/score/remove", "week", "2026-11-16"), http.StatusNotFound)
	h.expect(b.post("/progress/score/remove", "week", "x"), http.StatusNotFound)
	h.expect(b.press("/progress/score", "Haal weg"), http.StatusSeeOther)
	h.saysNothingOf(b.get("/progress/score"), "Week vanaf")
	h.expect(b.post("/progress/score", "feel", "4", "work", "2", "next", "5"), http.StatusSeeOther)
	h.expect(b.press("/progress/score", "Haal alles weg"), http.StatusSeeOther)
	h.saysNothingOf(coach.get(coachs), "Niet zo goed")
}

// TestChartsHaveATable with the same numbers.
func TestChartsHaveATable(t *testing.T) {
	h := newHouse(t)
	who := h.actors[members.RoleMember]
	_, err := h.db.Exec(t.Context(), `
		INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
		SELECT gen_random_uuid(), $1, $2, kind, $3::timestamptz - n * interval '20 days', 150, gen_random_uuid()::text
		FROM generate_series(1, 15) n, unnest(ARRAY['hours_agreed', 'shift']) kind`, who.Cooperative, who.Member, h.now)
	h.must(err)
	page := h.signedIn(members.RoleMember).get("/progress")
	h.says(page, "Het meeste was", "november 2026", "Uren per maand", "Klussen per maand")
	page.Find("svg.chart").Each(func(_ int, svg *goquery.Selection) {
		rows := svg.NextAllFiltered("details").First().Find("tbody tr")
		if bars := svg.Find("rect").Length(); bars != 10 && bars != 11 || rows.Length() != coaching.ShownMonths {
			t.Errorf("%d bars and %d rows", bars, rows.Length())
		}
	})
	if page.Find("svg.chart").Length() != 2 || strings.Contains(page.Find("svg.chart").Text(), "NaN") {
		t.Errorf("%d charts", page.Find("svg.chart").Length())
	}
}
