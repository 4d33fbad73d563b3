package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// pressed are the fields of the clock on a page, with these instead of theirs.
func pressed(page answer, more ...string) (fields []string) {
	page.Find(`form[action$="/clock"] input[type=hidden]`).Each(func(_ int, s *goquery.Selection) {
		if name := s.AttrOr("name", ""); !slices.Contains(more, name) {
			fields = append(fields, name, s.AttrOr("value", ""))
		}
	})
	return append(fields, more...)
}

// TestClockOnThePage: on the day there is one big button, on the first page too;
// the client reads when, and the hours begin from there.
func TestClockOnThePage(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e)
	h.must(err)
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	if page := member.get("/home"); page.Find(`form[action$="/clock"]`).Length() != 0 || page.Find(`[data-names=work] span`).Length() > 1 {
		t.Error("there is a clock a day before")
	}
	h.now = w.Shift.Starts.Add(-10 * time.Minute)
	for _, page := range []string{"/home", path} {
		if got := member.get(page); got.Find(`form[action="`+path+`/clock"] button[value=in]`).Length() != 1 {
			t.Errorf("%s has no button", page)
		}
	}
	if client.get(path).Find(`form[action$="/clock"]`).Length() != 0 {
		t.Error("the client sees the button")
	}
	h.expect(client.post(path+"/clock", pressed(member.get(path), "what", "in")...), http.StatusForbidden) // the button is the member's
	h.expect(member.post(path+"/clock", pressed(member.get(path), "what", "in")...), http.StatusSeeOther)
	h.says(client.get(path), "Mens was er om "+clockText(h.now))
	h.now = w.Shift.Ends.Add(5 * time.Minute)
	page := member.get(path)
	h.says(page, "Je was er om")
	if page.Find(`form[action$="/clock"] input[name=break]`).AttrOr("value", "") != "0" {
		t.Error("the planned break is not filled in")
	}
	got := member.post(path+"/clock", pressed(page, "what", "out", "break", "500")...)
	if got.status != http.StatusUnprocessableEntity || got.Find("#break-wrong").Length() == 0 {
		t.Errorf("a break longer than the work gave %d", got.status)
	}
	h.expect(member.post(path+"/clock", pressed(member.get(path), "what", "out", "break", "20")...), http.StatusSeeOther)
	page = member.get(path)
	if page.Find("input[name=until-minute]").AttrOr("value", "") != fmt.Sprintf("%02d", h.now.In(members.Amsterdam()).Minute()) || page.Find("input[name=break]").AttrOr("value", "") != "20" {
		t.Error("the hours do not begin from the clock")
	}
	h.expect(member.post(path+"/clock", "id", h.gig.String(), "what", "out"), http.StatusConflict)
	if strings.Contains(page.body, "Later verstuurd") {
		t.Error("it was sent at once")
	}
}

func clockText(at time.Time) string {
	local := at.In(members.Amsterdam())
	return fmt.Sprintf("%d.%02d uur", local.Hour(), local.Minute())
}

// TestAPhoneSendsThePressLater: with how long ago it was; once; and only for whom
// it was kept.
func TestAPhoneSendsThePressLater(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e)
	h.must(err)
	h.now = w.Shift.Starts.Add(2 * time.Hour)
	member := h.signedIn(members.RoleMember)
	fields := pressed(member.get(path), "what", "in", "ago", "7200")
	send := func(fields []string) answer {
		body := strings.Builder{}
		for i := 0; i < len(fields); i += 2 {
			if strings.Contains(body.String(), fields[i]+"=") {
				continue
			}
			body.WriteString(fields[i] + "=" + last(fields, fields[i]) + "&")
		}
		return member.do(http.MethodPost, path+"/clock", body.String(), "Accept", "application/json")
	}
	for range 2 {
		if got := send(fields); got.status != http.StatusCreated || got.body != "" {
			t.Fatalf("sending gave %d %q", got.status, got.body)
		}
	}
	h.says(h.signedIn(members.RoleClient).get(path), "Mens was er om "+clockText(w.Shift.Starts), "Later verstuurd.")
	for name, tt := range map[string]struct {
		more   []string
		status int
	}{
		"another press":       {[]string{"id", h.gig.String()}, http.StatusConflict},
		"another role's":      {[]string{"by", h.gig.String()}, http.StatusNotFound},
		"a strange id":        {[]string{"id", "no uuid"}, http.StatusNotFound},
		"nothing pressed":     {[]string{"id", h.gig.String(), "what", ""}, http.StatusNotFound},
		"letters for a break": {[]string{"id", h.gig.String(), "what", "out", "break", "tien"}, http.StatusUnprocessableEntity},
	} {
		if got := send(append(fields, tt.more...)); got.status != tt.status {
			t.Errorf("%s: %d, want %d", name, got.status, tt.status)
		}
	}
}

// last is the last value of a field.
func last(fields []string, name string) (value string) {
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == name {
			value = fields[i+1]
		}
	}
	return strings.ReplaceAll(value, " ", "+")
}

// TestHoursByTheClock: from, until and a break make the hours.
func TestHoursByTheClock(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	h.now = h.now.Add(48 * time.Hour)
	member := h.signedIn(members.RoleMember)
	page := member.get(path)
	from := page.Find("input[name=from-hour]").AttrOr("value", "")
	for name, wrong := range map[string][]string{
		"no end":               {"from-hour", from, "until-hour", ""},
		"no such time":         {"from-hour", "25", "until-hour", "3"},
		"the end is the start": {"from-hour", from, "until-hour", from},
		"a break of letters":   {"from-hour", from, "until-hour", "23", "break", "kort"},
	} {
		if got := member.post(path+"/hours", append(wrong, "by-clock", "yes")...); got.status != http.StatusUnprocessableEntity || got.Find(".wrong").Length() == 0 {
			t.Errorf("%s gave %d", name, got.status)
		}
	}
	h.expect(member.post(path+"/hours", "by-clock", "yes", "from-hour", "9", "from-minute", "10", "until-hour", "12", "until-minute", "40", "break", "15"), http.StatusSeeOther)
	h.says(member.get(path), "3 uur 15", "15 min")
	client := h.signedIn(members.RoleClient)
	h.expect(client.post(path+"/agree", "round", "7"), http.StatusConflict)
	h.says(client.get(path), "Dan staan deze uren op")
	round := client.get(path).Find("input[name=round]").AttrOr("value", "")
	h.expect(client.post(path+"/agree", "round", round), http.StatusSeeOther)
}

// TestDisputeOnThePages: the client disputes a part, the office decides, both read
// it and the work says what was paid.
func TestDisputeOnThePages(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path, office := "/engagements/"+e.String(), "/disputes/"+e.String()
	h.now = h.now.Add(48 * time.Hour)
	member, client, coordinator := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator)
	h.expect(client.get(path+"/dispute"), http.StatusConflict)
	h.expect(coordinator.get(office), http.StatusNotFound)
	h.expect(member.post(path+"/hours", "hours", "3", "minutes", "0"), http.StatusSeeOther)
	h.expect(client.get(path+"/dispute"), http.StatusOK)
	h.expect(client.post(path+"/dispute", "hours", "2", "minutes", "0"), http.StatusUnprocessableEntity)
	h.expect(client.post(path+"/dispute", "hours", "4", "minutes", "0", "reason", "Nee."), http.StatusUnprocessableEntity)
	h.expect(client.post(path+"/dispute", "hours", "2", "minutes", "0", "reason", "Om elf uur was het klaar."), http.StatusSeeOther)
	h.expect(client.post(path+"/agree"), http.StatusConflict)
	h.says(member.get(path), "bij de coördinator", "Om elf uur was het klaar.", "2 uur", "32,00")
	h.now = h.now.Add(6 * 24 * time.Hour)
	coordinator = h.signedIn(members.RoleCoordinator)
	h.says(coordinator.get("/home"), "Bij één keer werk zijn lid en klant het niet eens over de uren.", "De oudste wacht 6 dagen")
	h.says(coordinator.get("/disputes"), "nog 1 dag", "Mens member")
	h.says(coordinator.get(office), "Om elf uur was het klaar.")
	h.expect(coordinator.post(office, "hours", "4", "minutes", "0", "reason", "x"), http.StatusUnprocessableEntity)
	h.expect(coordinator.post(office, "hours", "2", "minutes", "30", "reason", "De bel ging om half twaalf."), http.StatusSeeOther)
	h.expect(coordinator.post(office, "hours", "2", "minutes", "30", "reason", "Nog eens."), http.StatusConflict)
	member, client = h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	h.says(member.get(path), "De bel ging om half twaalf.", "2 uur 30")
	h.says(client.get(path), "De bel ging om half twaalf.", "40,00")
	if page := member.get("/pay"); page.Find(`a[href="`+path+`"]`).Length() != 2 {
		t.Errorf("%d wages lead to the work, want two", page.Find(`a[href="`+path+`"]`).Length())
	}
	h.says(coordinator.get("/deeds"), "Besliste over uren")
}

// TestSilenceOnThePages: both read that nobody decided, and hear it.
func TestSilenceOnThePages(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	h.now = h.now.Add(48 * time.Hour)
	h.must(h.jobs.ProposeHours(t.Context(), h.actors[members.RoleMember], e, jobs.Hours{Worked: 3 * time.Hour}))
	h.now = h.now.Add(jobs.SilentAfter)
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.jobs.SheetSilentTx(t.Context(), tx, jobs.SheetSilent{Engagement: e, Cooperative: h.actors[members.RoleClient].Cooperative, Round: 1, Stage: 1})
	}))
	for _, role := range []members.RoleKind{members.RoleMember, members.RoleClient} {
		h.says(h.signedIn(role).get(path), "uren staan vast, automatisch", "Geen mens besliste dit.")
	}
}

// TestCoachPressesTheClock for the member: both sides read when, the member by whom,
// and it stands in the log of deeds.
func TestCoachPressesTheClock(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	path := "/engagements/" + e.String()
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], e)
	h.must(err)
	h.helping()
	h.now = w.Shift.Starts.Add(-10 * time.Minute)
	coach := h.signedIn(members.RoleCoach)
	h.expect(coach.post(path+"/clock", "id", e.String(), "what", "in"), http.StatusForbidden) // as themselves
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	h.expect(coach.post(path+"/clock", pressed(coach.get(path), "what", "in")...), http.StatusSeeOther)
	h.now = w.Shift.Ends.Add(5 * time.Minute)
	coach = h.signedIn(members.RoleCoach)
	h.expect(coach.post(h.actPath()), http.StatusSeeOther)
	h.expect(coach.post(path+"/clock", pressed(coach.get(path), "what", "out", "break", "20")...), http.StatusSeeOther)
	member := h.signedIn(members.RoleMember)
	h.says(member.get(path), "Je was er om "+clockText(w.Shift.Starts.Add(-10*time.Minute)), "Mens coach schreef dit op, voor Mens member.")
	h.says(member.get("/account/deeds"), "Zei dat iemand er was, of klaar wasDoor Mens coach, voor jou (lid)")
	client := h.signedIn(members.RoleClient).get(path)
	h.says(client, "Mens was er om")
	h.saysNothingOf(client, "Mens coach")
}
