package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
)

// afterHours is the path of work of Waalkracht's member whose hours both agreed.
func (h *house) afterHours() (path string) {
	h.t.Helper()
	path = "/engagements/" + h.engaged().String()
	h.now = h.now.Add(48 * time.Hour)
	h.expect(h.signedIn(members.RoleMember).post(path+"/hours", "hours", "3"), http.StatusSeeOther)
	h.expect(h.signedIn(members.RoleClient).post(path+"/agree"), http.StatusSeeOther)
	return path
}

// works does all that is due.
func (h *house) works() {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
}

// allMailTo is what was written to somebody.
func (h *house) allMailTo(who members.RoleKind) (text string) {
	h.t.Helper()
	list, err := h.mailbox.List(h.t.Context(), 200)
	h.must(err)
	for _, m := range list {
		if m.To == string(person(who, "waal").Email) {
			text += m.Subject + "\n" + m.Text + "\n"
		}
	}
	return text
}

// TestFeedbackOnPages: both sides say something, answer, and the member chooses.
func TestFeedbackOnPages(t *testing.T) {
	h := newHouse(t)
	early := "/engagements/" + h.engaged().String() + "/feedback"
	h.says(h.signedIn(members.RoleMember).get(early), "Dit kan als de uren vaststaan.")
	work := h.afterHours()
	at := work + "/feedback"
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	for _, b := range []*browser{member, client} {
		if b.get(work).Find(`a[href="`+at+`"]`).Length() != 1 || b.get("/home").Find(`a[href="/feedback"]`).Length() != 1 || b.get("/feedback").Find(`a[href="`+at+`"]`).Length() != 1 {
			t.Error("no way leads to what can be said")
		}
	}
	form := client.get(at)
	h.says(form, "Wat wilt u zeggen over Mens?", "Alleen Mens leest dit.", "Er zijn geen sterren.", "Ramen lappen")
	if form.Find(`input[name="skill-window-cleaning"]`).Length() != 3 || form.Find(`input[name^="place-"]`).Length() != 0 {
		t.Error("the client is not asked about the skills, or about more")
	}
	h.expect(client.post(at), http.StatusUnprocessableEntity)
	h.expect(client.post(at, "skill-window-cleaning", "10"), http.StatusUnprocessableEntity)
	h.expect(client.post(at, "skill-window-cleaning", "well", "sentence", "Alles glom."), http.StatusSeeOther)
	h.expect(member.post(at, "place-welcome", "good", "sentence", "Fijne plek."), http.StatusSeeOther)
	h.says(member.get(at), "De Linde waal schreef", "Lukte goed", "Alles glom.", "Deze zin is alleen voor jou.")
	h.expect(member.post(at+"/answer", "answer", "Dank u wel."), http.StatusSeeOther)
	h.expect(member.post(at+"/answer", "answer", "Nog iets."), http.StatusConflict)
	h.expect(member.post(at+"/choose", "chosen", "yes"), http.StatusSeeOther)
	h.says(member.get(at), "Deze zin staat bij je getuigschrift.", "Antwoord van het lid", "Dank u wel.")
	h.says(client.get(at), "Ik voelde me welkom", "Fijne plek.", "Dank u wel.")
	about := "/clients/" + h.actors[members.RoleClient].Client.String() + "/feedback"
	office := h.signedIn(members.RoleCoordinator)
	h.says(office.get(about), "Fijne plek.", "Mens member")
	h.saysNothingOf(office.get(about), "Alles glom.")
	h.expect(h.signedIn(members.RoleCoach).get(at), http.StatusForbidden)
	h.works()
	if text := h.allMailTo(members.RoleMember); !strings.Contains(text, "De klant schreef iets over je werk.") || strings.Contains(text, "glom") {
		t.Errorf("the member is mailed %s", text)
	}
	h.now = h.now.Add(25 * time.Hour)
	h.works()
	h.says(h.signedIn(members.RoleMember).get("/profile"), "Gezien door Mens client")
}

// TestRefusalOnPages: the client says why, the member reads it and has it looked at
// again.
func TestRefusalOnPages(t *testing.T) {
	h := newHouse(t)
	work := h.afterHours()
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "offers")
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	h.says(client.get(work+"/refuse"), "leest uw reden", "Het duurt hoogstens een jaar.")
	h.expect(client.post(work+"/refuse", "code", "contact", "why", "kort"), http.StatusUnprocessableEntity)
	h.expect(client.post(work+"/refuse", "code", "contact", "why", "Het klikte niet tussen ons.", "until-day", "1", "until-month", "3", "until-year", "2027"), http.StatusSeeOther)
	h.says(client.get("/refusals"), "Mens member", "Het klikte niet tussen ons.", "Stop dit")
	page := member.get("/refusals")
	h.says(page, "De Linde waal", "Het klikte niet tussen ons.", "Dit zegt niets over wie je bent.")
	h.says(h.signedIn(members.RoleCoordinator).get("/refusals"), "De Linde waal en Mens member")
	h.says(h.signedIn(members.RoleCoach).get("/caseload/"+h.actors[members.RoleMember].Member.String()+"/refusals"), "Het klikte niet tussen ons.")
	h.works()
	for _, who := range []members.RoleKind{members.RoleMember, members.RoleCoordinator, members.RoleCoach} {
		if text := h.allMailTo(who); !strings.Contains(text, "liever") || strings.Contains(text, "klikte") {
			t.Errorf("the %s is mailed %s", who, text)
		}
	}
	about := page.Find(`a[href^="/reviews/about/refusal:"]`).AttrOr("href", "")
	h.says(member.get(about), "Het klikte niet tussen ons.")
	asked := member.post(about, "words", "Ik herken dit niet en wil graag blijven komen.")
	h.expect(asked, http.StatusSeeOther)
	office := h.signedIn(members.RoleCoordinator)
	h.expect(office.post(asked.location+"/take"), http.StatusSeeOther)
	h.expect(office.post(asked.location+"/answer", "outcome", "overturned", "answer", "We spraken met beiden: het mag weer."), http.StatusSeeOther)
	h.says(client.get("/refusals"), "U werkt met iedereen")
	h.says(member.get("/refusals"), "Opgeheven na een tweede blik")
	h.works()
	if text := h.allMailTo(members.RoleClient); !strings.Contains(text, "Na een tweede blik mag een lid weer voor u werken.") {
		t.Errorf("the client is mailed %s", text)
	}
}

// TestFavouriteOnPages: asked, wanted by hand, ended in one tap.
func TestFavouriteOnPages(t *testing.T) {
	h := newHouse(t)
	work := h.afterHours()
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	h.expect(client.post(work+"/favourite"), http.StatusSeeOther)
	h.expect(client.post(work+"/favourite"), http.StatusConflict)
	h.says(member.get("/home"), "Een klant wil jou het eerst vragen")
	yes := member.get("/favourites").Find(`form[action$="/yes"]`).AttrOr("action", "")
	h.expect(client.post(yes), http.StatusForbidden)
	h.expect(member.post(yes), http.StatusSeeOther)
	h.says(client.get("/favourites"), "U vraagt dit lid het eerst", "Mens member")
	h.expect(member.post(yes), http.StatusConflict)
	h.expect(member.post(strings.TrimSuffix(yes, "yes")+"end"), http.StatusSeeOther)
	h.says(client.get("/favourites"), "Gestopt")
	h.works()
	if text := h.allMailTo(members.RoleClient); !strings.Contains(text, "Het eerst vragen is gestopt.") {
		t.Errorf("the client is mailed %s", text)
	}
	h.expect(h.signedIn(members.RoleCoach).get("/favourites"), http.StatusForbidden)
}

// TestJobOnPages: offered without a fee, the coach asked first, taken by both.
func TestJobOnPages(t *testing.T) {
	h := newHouse(t)
	work := h.afterHours()
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "progress")
	member, client, coach := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient), h.signedIn(members.RoleCoach)
	h.says(client.get(work+"/job"), "Dit kost niets: niet voor u, en niet voor het lid.")
	h.expect(client.post(work+"/job", "title", "Glazenwasser", "hours", "veel"), http.StatusUnprocessableEntity)
	h.expect(client.post(work+"/job", "title", "Glazenwasser", "hours", "24", "starts-day", "4", "starts-month", "1", "starts-year", "2027", "words", "Kom bij ons werken."), http.StatusSeeOther)
	h.says(member.get("/home"), "Er is een baan voor je")
	at := member.get("/jobs").Find(`main a[href^="/jobs/"]`).AttrOr("href", "")
	h.says(member.get(at), "Glazenwasser", "24 uur per week", "Kom bij ons werken.", "Jullie moeten allebei ja zeggen.", "Vraag eerst mijn coach")
	h.expect(member.post(at+"/coach"), http.StatusSeeOther)
	h.works() // what has moved on by then is not told any more
	cases := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/jobs"
	h.says(coach.get(cases), "Glazenwasser", "Het lid vraagt wat je vindt")
	advise := cases + "/" + strings.TrimPrefix(at, "/jobs/")
	h.expect(coach.post(advise, "say", "perhaps"), http.StatusUnprocessableEntity)
	h.expect(coach.post(advise, "say", "yes", "words-"+strings.TrimPrefix(at, "/jobs/"), "Dit past bij je."), http.StatusSeeOther)
	h.says(member.get(at), "Mens coach kijkt mee", "Dit past bij je.")
	h.saysNothingOf(client.get(at), "Dit past bij je.", "coach kijkt mee")
	h.expect(member.post(at+"/yes"), http.StatusSeeOther)
	h.says(client.get(at), "Het gaat door")
	h.says(h.signedIn(members.RoleCoordinator).get("/jobs"), "Glazenwasser", "2026: minder dan 5 leden vonden een baan.")
	h.expect(client.post(at+"/withdraw"), http.StatusConflict)
	h.works()
	if text := h.allMailTo(members.RoleClient); !strings.Contains(text, "Het lid neemt de baan aan.") {
		t.Errorf("the client is mailed %s", text)
	}
	if text := h.allMailTo(members.RoleCoach); !strings.Contains(text, "Een lid vraagt wat je vindt van een baan.") {
		t.Errorf("the coach is mailed %s", text)
	}
	far := h.browser()
	code, _ := far.ask(person(members.RoleClient, "noord").Email)
	h.expect(far.post("/signin/code", "code", code), http.StatusSeeOther)
	h.expect(far.get(at), http.StatusNotFound)
	h.expect(far.post(at+"/withdraw"), http.StatusNotFound)
}
