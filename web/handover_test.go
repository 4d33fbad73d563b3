package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/members"
)

// colleague is another coach of Waalkracht.
func (h *house) colleague(name string) members.Actor {
	h.t.Helper()
	return h.another(members.RoleCoach, name)
}

// another is one more of a kind at Waalkracht.
func (h *house) another(kind members.RoleKind, name string) members.Actor {
	h.t.Helper()
	var role members.RoleID
	var who members.PersonID
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		who, err = h.members.EnsurePersonTx(h.t.Context(), tx, members.NewPerson{Name: "Mens " + name, Email: name + ".waal@meent.example", Locale: members.Dutch})
		if err != nil {
			return err
		}
		role, err = h.members.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who, Cooperative: h.actors[kind].Cooperative, Kind: kind})
		return err
	}))
	actor, err := h.members.Actor(h.t.Context(), who, role)
	h.must(err)
	return actor
}

// signedInAs gives a browser for an address.
func (h *house) signedInAs(email string) *browser {
	h.t.Helper()
	b := h.browser()
	code, _ := b.ask(email)
	h.expect(b.post("/signin/code", "code", code), http.StatusSeeOther)
	return b
}

// mailed does what is due, and says whether a mail holds the sentence.
func (h *house) mailed(sentence string) bool {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if strings.Contains(one.Text, sentence) {
			return true
		}
	}
	return false
}

func proposal(to members.Actor, day, month, year string) []string {
	return []string{"to", to.Role.String(), "reason", "something_else", "words", "Ik verhuis.", "day-day", day, "day-month", month, "day-year", year}
}

// TestHandOver: proposed by the coach, agreed by the member, done at once; the old
// coach's pages are gone, and the new one has no keys.
func TestHandOver(t *testing.T) {
	h := newHouse(t)
	other := h.colleague("tweede")
	timeline := "/caseload/" + h.actors[members.RoleMember].Member.String()
	member, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	h.says(member.get("/coach/handover"), "Er is geen voorstel")
	h.expect(h.share(member, "24", "5", "2027", "offers"), http.StatusSeeOther)
	h.says(coach.get(timeline), "Naar een andere coach")
	h.expect(coach.post(timeline+"/handover", proposal(other, "24", "11", "2026")...), http.StatusSeeOther)
	page := coach.get(timeline + "/handover")
	h.says(page, "wacht op het lid", "Mens tweede", "Ik verhuis.", "24 november 2026")
	over := page.Find(`input[name="handover"]`).First().AttrOr("value", "")
	h.expect(coach.post(timeline+"/handover", "do", "tick", "handover", over, "ticked", "talk", "ticked", "notes"), http.StatusSeeOther)
	if !h.mailed("Er is een voorstel voor een andere coach. Jij beslist.") {
		t.Error("the member was not told")
	}
	h.says(member.get("/coach/handover"), "Een laatste gesprek samenklaar", "Nee zeggen kost je niets.", "Ja, Mens tweede mag mijn coach worden")
	h.expect(member.post("/coach/handover", "handover", over, "answer", "perhaps"), http.StatusBadRequest)
	got := member.post("/coach/handover", "handover", over, "answer", "yes")
	if got.status != http.StatusSeeOther || got.location != "/sharing" {
		t.Fatalf("a yes gave %d %s", got.status, got.location)
	}
	h.says(member.get("/sharing"), "Mens tweede ziet alleen je naam en je woonplaats.")
	for _, path := range []string{timeline, timeline + "/handover", timeline + "/profile"} {
		h.expect(coach.get(path), http.StatusNotFound)
	}
	h.expect(member.post("/coach/handover", "handover", over, "answer", "no"), http.StatusConflict)
	next := h.signedInAs("tweede.waal@meent.example")
	h.says(next.get(timeline), "Meer zie je pas als Mens member dat met je deelt.")
	if !h.mailed("Je hebt een andere coach. Die ziet nog niets.") {
		t.Error("the member was not asked for keys")
	}
}

func TestHandOverRefusedOrTakenBack(t *testing.T) {
	h := newHouse(t)
	other := h.colleague("tweede")
	who := h.actors[members.RoleMember].Member.String()
	member, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	h.expect(office.post("/members/"+who+"/handover", proposal(other, "30", "11", "2026")...), http.StatusSeeOther)
	h.says(office.get("/members/"+who), "Mens tweede kan de nieuwe coach worden: wacht op het lid.")
	over := office.get("/members/"+who+"/handover").Find(`input[name="handover"]`).First().AttrOr("value", "")
	h.expect(office.post("/members/"+who+"/handover", proposal(other, "30", "11", "2026")...), http.StatusConflict)
	h.expect(office.post("/members/"+who+"/handover", "do", "tick", "handover", over, "ticked", "talk"), http.StatusNotFound)
	h.expect(member.post("/coach/handover", "handover", over, "answer", "no"), http.StatusSeeOther)
	h.says(member.get("/coach/handover"), "je zei nee")
	if !h.mailed("Een lid zei nee tegen een andere coach.") {
		t.Error("the office was not told")
	}
	h.expect(h.signedIn(members.RoleCoach).get("/caseload/"+who), http.StatusOK)
	h.now = h.now.Add(time.Minute)
	h.expect(office.post("/members/"+who+"/handover", proposal(other, "30", "11", "2026")...), http.StatusSeeOther)
	over = office.get("/members/"+who+"/handover").Find(`input[name="handover"]`).First().AttrOr("value", "")
	h.expect(office.post("/members/"+who+"/handover", "do", "withdraw", "handover", over), http.StatusSeeOther)
	h.says(office.get("/members/"+who+"/handover"), "teruggenomen", "Stel een andere coach voor")
}

func TestHandOverThatIsWrong(t *testing.T) {
	h := newHouse(t)
	other, who := h.colleague("tweede"), h.actors[members.RoleMember].Member.String()
	coach := h.signedIn(members.RoleCoach)
	for name, tt := range map[string]struct {
		fields []string
		says   string
	}{
		"nobody":        {[]string{"reason", "leaves", "day-day", "30", "day-month", "11", "day-year", "2026"}, "Kies een van de antwoorden."},
		"yesterday":     {proposal(other, "23", "11", "2026"), "Deze dag is al voorbij."},
		"oneself":       {proposal(h.actors[members.RoleCoach], "30", "11", "2026"), "Dit is de coach al."},
		"one elsewhere": {proposal(h.far[members.RoleCoach], "30", "11", "2026"), "Kies een van de antwoorden."},
	} {
		got := coach.post("/caseload/"+who+"/handover", tt.fields...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find(".wrong").Text(), tt.says) {
			t.Errorf("%s gave %d: %s", name, got.status, got.Find(".wrong").Text())
		}
	}
	h.expect(coach.post("/caseload/"+who+"/handover", "do", "withdraw", "handover", "17"), http.StatusBadRequest)
	h.expect(coach.post("/caseload/"+h.far[members.RoleMember].Member.String()+"/handover", proposal(other, "30", "11", "2026")...), http.StatusNotFound)
}

// TestOfficeGivesAnotherCoach without asking only with a reason, which the
// member hears of.
func TestOfficeGivesAnotherCoach(t *testing.T) {
	h := newHouse(t)
	other, who := h.colleague("tweede"), h.actors[members.RoleMember].Member.String()
	office := h.signedIn(members.RoleCoordinator)
	h.expect(office.post("/members/"+who+"/coach", "coach", other.Role.String()), http.StatusConflict)
	h.expect(office.post("/members/"+who+"/coach", "coach", other.Role.String(), "why-coach", ""), http.StatusUnprocessableEntity)
	h.expect(office.post("/members/"+who+"/coach", "coach", other.Role.String(), "why-coach", "Niet te bereiken."), http.StatusSeeOther)
	if !h.mailed("De coöperatie schreef op waarom.") {
		t.Error("the member was not told")
	}
	h.says(h.signedIn(members.RoleMember).get("/coach"), "Mens tweede is je coach.")
}

func TestStandIn(t *testing.T) {
	h := newHouse(t)
	other, who := h.colleague("tweede"), h.actors[members.RoleMember].Member.String()
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	h.says(coach.get("/stand-ins"), "Er is nu geen vervanging.")
	day := func(field, d string) []string {
		return []string{field + "-day", d, field + "-month", "11", field + "-year", "2026"}
	}
	fields := func(from, until string, more ...string) []string {
		return append(append(append(more, "colleague", other.Role.String()), day("from", from)...), day("until", until)...)
	}
	got := coach.post("/stand-ins", fields("24", "23", "whom", "some")...)
	if got.status != http.StatusUnprocessableEntity || got.Find(".problems a").Length() != 2 {
		t.Errorf("nobody, backwards gave %d: %s", got.status, got.Find(".wrong").Text())
	}
	h.expect(coach.post("/stand-ins", fields("24", "25", "whom", "some", "members", h.far[members.RoleMember].Member.String())...), http.StatusNotFound)
	h.expect(coach.post("/stand-ins", fields("24", "25", "whom", "some", "members", who)...), http.StatusSeeOther)
	h.says(coach.get("/stand-ins"), "Mens tweede vervangt Mens coach voor Mens member")
	if !h.mailed("Je coach is een tijdje weg.") || !h.mailed("Je vervangt een collega van") {
		t.Error("somebody was not told")
	}
	stand := h.signedInAs("tweede.waal@meent.example")
	h.says(stand.get("/caseload"), "Mens member", "Je vervangt de coach tot en met 25 november 2026.")
	h.says(stand.get("/caseload/"+who), "Meer zie je pas als Mens member dat met je deelt.")
	h.expect(stand.get("/caseload/"+who+"/handover"), http.StatusNotFound)
	h.says(member.get("/sharing"), "Geef iets vrij aan Mens tweede, die je coach vervangt")
	form := member.get("/sharing?to=" + other.Role.String())
	if form.Find("#until-day").AttrOr("value", "") != "25" || form.Find(`input[name="coach"]`).AttrOr("value", "") != other.Role.String() {
		t.Error("the form is not about the stand-in")
	}
	give := func(d string) answer {
		return member.post("/sharing", "coach", other.Role.String(), "scopes", "offers", "until-day", d, "until-month", "11", "until-year", "2026")
	}
	if late := give("26"); late.status != http.StatusUnprocessableEntity || !strings.Contains(late.Find("form .wrong").Text(), "25 november") {
		t.Errorf("longer than they stand in gave %d: %s", late.status, late.Find("form .wrong").Text())
	}
	h.expect(give("25"), http.StatusSeeOther)
	h.says(stand.get("/caseload/"+who), "Aangeboden werktot en met")
	office := h.signedIn(members.RoleCoordinator)
	h.says(office.get("/caseloads"), "Wie vervangt wie", "te weinig leden")
	end := office.get("/caseloads").Find(`form[action$="/end"]`).AttrOr("action", "")
	h.expect(office.post(end), http.StatusSeeOther)
	h.expect(stand.get("/caseload/"+who), http.StatusNotFound)
	h.says(member.get("/sharing"), "Mens coach ziet alleen je naam en je woonplaats.")
}

func TestCaseloadsInFigures(t *testing.T) {
	h := newHouse(t)
	h.colleague("tweede")
	office := h.signedIn(members.RoleCoordinator)
	page := office.get("/caseloads?sort=members")
	h.says(page, "Coaches in cijfers", "Mens coach", "Mens tweede")
	first := page.Find("tbody th a").First()
	if first.Text() != "Mens coach" || page.Find(`[aria-current="true"]`).Text() != "Meeste leden" {
		t.Errorf("first is %s", first.Text())
	}
	h.says(office.get(first.AttrOr("href", "")), "Mens member")
	h.saysNothingOf(office.get("/members?coach=none"), "Mens member")
	h.must(h.coaching.End(t.Context(), h.actors[members.RoleCoordinator], h.actors[members.RoleMember].Member))
	h.says(office.get("/caseloads"), "1 lid heeft geen coach.")
	h.says(office.get("/members?coach=none"), "Mens member")
}
