package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// share lets the member of Waalkracht give these by the form, until that day.
func (h *house) share(b *browser, day, month, year string, scopes ...string) answer {
	h.t.Helper()
	fields := []string{"coach", h.actors[members.RoleCoach].Role.String(), "until-day", day, "until-month", month, "until-year", year}
	for _, scope := range scopes {
		fields = append(fields, "scopes", scope)
	}
	return b.post("/sharing", fields...)
}

func (h *house) says(got answer, sentences ...string) {
	h.t.Helper()
	text := strings.Join(strings.Fields(got.Find("main").Text()), " ")
	for _, sentence := range sentences {
		if !strings.Contains(text, sentence) {
			h.t.Errorf("the page does not say %q:\n%s", sentence, text)
		}
	}
}

func (h *house) saysNothingOf(got answer, sentences ...string) {
	h.t.Helper()
	for _, sentence := range sentences {
		if strings.Contains(got.Find("main").Text(), sentence) {
			h.t.Errorf("the page says %q", sentence)
		}
	}
}

// TestMemberSharesAndStops: from nothing to a timeline, a line in the log, and
// nothing again on the next request.
func TestMemberSharesAndStops(t *testing.T) {
	h := newHouse(t)
	h.offer() // was sent
	timeline := "/caseload/" + h.actors[members.RoleMember].Member.String()
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	page := member.get("/sharing")
	h.says(page, "Mens coach ziet alleen je naam en je woonplaats.", "Nog niemand keek naar wat je deelt.")
	if got := page.Find("#until-day").AttrOr("value", "") + page.Find("#until-month").AttrOr("value", "") + page.Find("#until-year").AttrOr("value", ""); got != "2452027" {
		t.Errorf("the form begins with %s, want six months ahead", got)
	}
	before := coach.get(timeline)
	h.says(before, "Meer zie je pas als Mens member dat met je deelt.", "Mens member kan dit delen bij 'Wie mag wat zien'.")
	h.saysNothingOf(before, "Kreeg werk aangeboden.")
	h.says(member.get("/sharing"), "Nog niemand keek")

	if got := h.share(member, "24", "5", "2027", "offers", "hours"); got.status != http.StatusSeeOther || got.location != "/sharing" {
		t.Fatalf("sharing gave %d: %s", got.status, got.Find(".wrong").Text())
	}
	seen := coach.get(timeline)
	h.says(seen, "Kreeg werk aangeboden.Ramen lappen waal", "dinsdag 24 november, 10.00", "Aangeboden werktot en met 24 mei 2027", "Mens member deelt dit niet met jou.")
	h.says(member.get("/sharing"), "Mens coach mag dit zien:", "Mens coach keek naar je uren.",
		"Mens coach keek naar het werk dat je krijgt aangeboden.", "dinsdag 24 november, 10.00")

	for range 2 {
		stop := member.get("/sharing").Find(`form[action$="/stop"]`).First().AttrOr("action", "")
		h.expect(member.post(stop), http.StatusSeeOther)
	}
	h.now = h.now.Add(5 * time.Hour)
	after := coach.get(timeline)
	h.says(after, "Meer zie je pas als")
	h.saysNothingOf(after, "Kreeg werk aangeboden.")
	if lines := member.get("/sharing").Find("#log ~ .rows li").Length(); lines != 2 {
		t.Errorf("%d lines in the log, want the two from before", lines)
	}
}

func TestSharingThatIsWrong(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for name, tt := range map[string]struct {
		got  answer
		says string
	}{
		"nothing":         {h.share(b, "24", "5", "2027"), "Kies minstens één ding."},
		"a strange thing": {h.share(b, "24", "5", "2027", "diagnosis"), "Kies een van de antwoorden."},
		"yesterday":       {h.share(b, "23", "11", "2026", "hours"), "Deze dag is al voorbij."},
		"too far":         {h.share(b, "25", "11", "2027", "hours"), "Kies een dag tot en met 24 november 2027."},
		"no such day":     {h.share(b, "31", "2", "2027", "hours"), "Deze dag bestaat niet."},
		"no day":          {h.share(b, "", "", "2027", "hours"), "Dit is nog leeg."},
		"another coach": {b.post("/sharing", "coach", h.far[members.RoleCoach].Role.String(), "scopes", "hours", "until-day", "1", "until-month", "2",
			"until-year", "2027"), "Je coach is veranderd."},
	} {
		if tt.got.status != http.StatusUnprocessableEntity || !strings.Contains(tt.got.Find("form .wrong").Text(), tt.says) || tt.got.Find(".problems a").Length() != 1 {
			t.Errorf("%s gave %d: %q", name, tt.got.status, tt.got.Find("form .wrong").Text())
		}
	}
	kept := h.share(b, "31", "2", "2027", "hours", "pay")
	if kept.Find("#scopes input[checked]").Length() != 2 || kept.Find("#until-day").AttrOr("value", "") != "31" {
		t.Error("the form has forgotten what was chosen")
	}
	h.expect(b.post("/sharing"), http.StatusBadRequest) // no coach at all: nobody's form
	if list, err := h.members.Grants(t.Context(), h.actors[members.RoleMember]); err != nil || len(list) != 0 {
		t.Errorf("something was granted: %+v, %v", list, err)
	}
}

func TestSomebodyElsesGrantIsNotFound(t *testing.T) {
	h := newHouse(t)
	h.expect(h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "hours"), http.StatusSeeOther)
	list, err := h.members.Grants(t.Context(), h.actors[members.RoleMember])
	h.must(err)
	far := h.browser()
	code, _ := far.ask(person(members.RoleMember, "noord").Email)
	h.expect(far.post("/signin/code", "code", code), http.StatusSeeOther)
	for _, grant := range []string{list[0].ID.String(), "17", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"} {
		h.expect(far.post("/sharing/"+grant+"/stop"), http.StatusNotFound)
	}
	if again, err := h.members.Grants(t.Context(), h.actors[members.RoleMember]); err != nil || len(again) != 1 {
		t.Errorf("a stranger stopped it: %+v, %v", again, err)
	}
	if far.get("/sharing").status != http.StatusOK {
		t.Error("a member without grants has no page")
	}
}

// TestTimelineOfWork: agreed work and hours, each with its own grant.
func TestTimelineOfWork(t *testing.T) {
	h := newHouse(t)
	engagement := "/engagements/" + h.engaged().String()
	timeline := "/caseload/" + h.actors[members.RoleMember].Member.String()
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	h.expect(h.share(member, "24", "5", "2027", "agenda"), http.StatusSeeOther)
	h.says(coach.get(timeline), "Gaat werken: 3 uur.Ramen lappen waal", "woensdag 25 november")
	h.now = h.now.Add(48 * time.Hour)
	member, coach = h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	h.expect(member.post(engagement+"/hours", "hours", "2", "minutes", "30"), http.StatusSeeOther)
	before := coach.get(timeline)
	h.says(before, "Zou werken: 3 uur.")
	h.saysNothingOf(before, "2 uur 30")
	h.expect(h.share(member, "24", "5", "2027", "hours"), http.StatusSeeOther)
	h.says(coach.get(timeline), "Schreef op hoe lang het werk duurde: 2 uur 30.")
}

// TestLongTimelineHasPages, each reached by an address without a person's name.
func TestLongTimelineHasPages(t *testing.T) {
	h := newHouse(t)
	who := h.actors[members.RoleMember]
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), `
			INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
			SELECT gen_random_uuid(), $1, $2, 'offer_sent', $3::timestamptz - n * interval '1 day', 0, gen_random_uuid()::text
			FROM generate_series(1, 30) n`, who.Cooperative, who.Member, h.now)
		return err
	}))
	timeline := "/caseload/" + who.Member.String()
	h.expect(h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "offers"), http.StatusSeeOther)
	coach := h.signedIn(members.RoleCoach)
	first := coach.get(timeline)
	older := first.Find(".pages a").AttrOr("href", "")
	if first.Find("time").Length() != 25 || !strings.HasPrefix(older, timeline+"?before=") {
		t.Fatalf("%d facts, older at %q", first.Find("time").Length(), older)
	}
	second := coach.get(older)
	if second.Find("time").Length() != 6 || second.Find(".pages a").AttrOr("href", "") != timeline {
		t.Errorf("%d older facts (one is the offer itself), back to %q", second.Find("time").Length(), second.Find(".pages a").AttrOr("href", ""))
	}
	h.expect(coach.get(timeline+"?before=x"), http.StatusNotFound)
}

func TestCoordinatorSeesOpenSeats(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	page := b.get("/home")
	h.says(page, "Plekken die nog vrij zijn", "Ramen lappen waal", "2 vrije plekken in zeven dagen", "0 gestopt werk")
	h.saysNothingOf(page, "Ramen lappen noord")
	h.engaged()
	h.says(b.get("/home"), "1 vrije plekken in zeven dagen")
	h.now = h.now.Add(48 * time.Hour)
	h.says(h.signedIn(members.RoleCoordinator).get("/home"), "Alle plekken zijn bezet")
}
