package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

const reason = "Wij kunnen dit werk op deze plek nu niet goed begeleiden."

// contains reports whether the text is on the page, as people read it.
func (got answer) contains(text string) bool {
	return strings.Contains(strings.Join(strings.Fields(got.Find("body").Text()), " "), text)
}

func (h *house) shows(got answer, status int, texts ...string) {
	h.t.Helper()
	if got.status != status {
		h.t.Errorf("status %d, want %d:\n%s", got.status, status, got.Find("main").Text())
	}
	for _, text := range texts {
		if !got.contains(text) {
			h.t.Errorf("%q is not on the page:\n%s", text, got.Find("main").Text())
		}
	}
}

// enters signs somebody in by code.
func (h *house) enters(email string) *browser {
	h.t.Helper()
	b := h.browser()
	code, _ := b.ask(email)
	if got := b.post("/signin/code", "code", code); got.status != http.StatusSeeOther || strings.HasPrefix(got.location, "/signin") {
		h.t.Fatalf("signing in as %s gave %d", email, got.status)
	}
	return b
}

// mailTo gives the newest mail to the address that is not about signing in.
func (h *house) mailTo(email string) mail.Stored {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if one.To == email && !strings.Contains(one.Text, "/signin/link/") {
			return one
		}
	}
	h.t.Fatalf("no mail to %s", email)
	return mail.Stored{}
}

func (h *house) registers(b *browser, email string) answer {
	h.t.Helper()
	return b.post("/register", "cooperative", h.actors[members.RoleCoordinator].Cooperative.String(), "kind", "organisation", "name", "De Eik",
		"address", "Eikstraat 1", "place", "Arnhem", "person", "Zoë Visser", "email", email)
}

// clientLink finds the page of a client in the coordinator's list.
func (b *browser) clientLink(name string) string {
	b.h.t.Helper()
	path := ""
	list := b.get("/clients")
	for _, a := range list.Find("main a").EachIter() {
		if a.Text() == name {
			path = a.AttrOr("href", "")
		}
	}
	if path == "" {
		b.h.t.Fatalf("%s is not in the list:\n%s", name, list.Find("main").Text())
	}
	return path
}

// TestFromAskingToPosting plays what a client and a coordinator do.
func TestFromAskingToPosting(t *testing.T) {
	h := newHouse(t)
	if got := h.registers(h.browser(), "zoe@eik.example"); got.location != "/register/sent" {
		t.Fatalf("registering gave %d %s\n%s", got.status, got.location, got.Find("main").Text())
	}
	zoe, office := h.enters("zoe@eik.example"), h.signedIn(members.RoleCoordinator)
	h.shows(zoe.get("/home"), http.StatusOK, "Uw aanvraag wacht op een antwoord.")
	h.shows(zoe.get("/gigs"), http.StatusOK, "Uw aanvraag wacht op een antwoord.")
	for _, got := range []answer{zoe.get("/gigs/new"), zoe.post("/gigs/new", "post", "yes"), zoe.get("/client/people"), zoe.post("/client/people")} {
		h.shows(got, http.StatusForbidden, "Nog even wachten")
	}
	first := office.get("/clients").Find("tbody tr").First()
	if !strings.Contains(first.Text(), "De Eik") || !strings.Contains(first.Text(), "wacht op antwoord") {
		t.Errorf("who waits is not on top: %s", first.Text())
	}
	if strings.Contains(office.get("/gigs/new").body, "De Eik") {
		t.Error("the office may post for a client that waits")
	}
	page := office.clientLink("De Eik")
	h.shows(office.get(page), http.StatusOK, "Zoë Visser", "zoe@eik.example", "Eikstraat 1, Arnhem", "Goedkeuren")
	if got := office.post(page + "/approve"); got.location != page {
		t.Fatalf("approving gave %d", got.status)
	}
	h.shows(office.post(page+"/approve"), http.StatusConflict, "Al beslist")
	told := h.mailTo("zoe@eik.example")
	if strings.Contains(told.Subject+told.Text, "Eik") || !strings.Contains(told.Text, "/home") {
		t.Errorf("the mail tells too much, or leads nowhere: %s\n%s", told.Subject, told.Text)
	}
	if got := zoe.get("/gigs/new"); got.status != http.StatusOK {
		t.Errorf("once approved: %d", got.status)
	}
}

// TestRefusedClientAsksForASecondLook, which lets it in.
func TestRefusedClientAsksForASecondLook(t *testing.T) {
	h := newHouse(t)
	h.registers(h.browser(), "zoe@eik.example")
	zoe, office := h.enters("zoe@eik.example"), h.signedIn(members.RoleCoordinator)
	page := office.clientLink("De Eik")
	h.shows(office.post(page+"/refuse", "why", "nee"), http.StatusUnprocessableEntity, "Dit is te kort")
	office.post(page+"/refuse", "why", reason)
	home := zoe.get("/home")
	h.shows(home, http.StatusOK, "niet goedgekeurd", reason, "Mens coordinator besliste dit")
	ask := home.Find(`main a[href^="/reviews/about/"]`).AttrOr("href", "")
	h.shows(zoe.get(ask), http.StatusOK, reason)
	h.shows(zoe.post(ask, "words", "nee"), http.StatusUnprocessableEntity, "Dit is te kort")
	review := zoe.post(ask, "words", "Wij hebben hier wel een begeleider, elke dag.").location
	h.shows(zoe.get(review), http.StatusOK, "nog 14 dagen", "elke dag")
	if got := zoe.get(ask); got.location != review {
		t.Errorf("asking again leads to %s", got.location)
	}
	h.shows(office.get("/reviews"), http.StatusOK, "Zoë Visser", "nog 14 dagen")
	h.shows(office.get(review), http.StatusOK, "Er is geen andere coördinator, dus mag je zelf kijken.")
	if got := office.post(review + "/take"); got.location != review {
		t.Fatalf("taking gave %d", got.status)
	}
	h.shows(zoe.get(review), http.StatusOK, "maar één coördinator", "Mens coordinator kijkt ernaar")
	h.shows(office.post(review+"/answer", "answer", ""), http.StatusUnprocessableEntity, "Kies een van de antwoorden")
	if got := office.post(review+"/answer", "outcome", "overturned", "answer", "Dat wisten wij niet. Jullie zijn welkom."); got.location != review {
		t.Fatalf("answering gave %d\n%s", got.status, got.Find("main").Text())
	}
	h.shows(zoe.get(review), http.StatusOK, "De beslissing is teruggedraaid", "Jullie zijn welkom.")
	if got := zoe.get("/gigs/new"); got.status != http.StatusOK {
		t.Errorf("let in: %d", got.status)
	}
}

// TestRegisteringTellsNothing about who is known here.
func TestRegisteringTellsNothing(t *testing.T) {
	h := newHouse(t)
	known, unknown := h.registers(h.browser(), person(members.RoleMember, "waal").Email), h.registers(h.browser(), "nobody@eik.example")
	if known.status != unknown.status || known.location != unknown.location || known.body != unknown.body || len(known.header) != len(unknown.header) {
		t.Errorf("known %d %s %q, unknown %d %s %q", known.status, known.location, known.header, unknown.status, unknown.location, unknown.header)
	}
	b := h.browser()
	for range 6 {
		known = h.registers(b, "often@eik.example")
	}
	if known.status != http.StatusTooManyRequests {
		t.Errorf("the sixth time gave %d", known.status)
	}
	if code, _ := b.ask("often@eik.example"); code == "" {
		t.Error("registering used up the mails for signing in")
	}
	h.redis.FlushAll()
	got := h.browser().post("/register", "kind", "bank", "email", "<script>", "cooperative", "17", "place", "Atlantis")
	if got.status != http.StatusUnprocessableEntity || got.Find("main .wrong").Length() != 7 || strings.Contains(got.body, "<script>\"") {
		t.Errorf("%d, %d fields are wrong", got.status, got.Find("main .wrong").Length())
	}
}

// TestColleagueComesByMail, signs in with the address, and is removed.
func TestColleagueComesByMail(t *testing.T) {
	h := newHouse(t)
	manager := h.signedIn(members.RoleClient)
	h.shows(manager.post("/client/people", "person", "", "email", "bo", "duty", "boss"), http.StatusUnprocessableEntity, "Dit is nog leeg", "geen e-mailadres", "Kies een van de antwoorden")
	if got := manager.post("/client/people", "person", "Bo Visser", "email", "bo@linde.example", "duty", "contact"); got.location != "/client/people" {
		t.Fatalf("inviting gave %d", got.status)
	}
	h.shows(manager.get("/client/people"), http.StatusOK, "Bo Visser", "Uitgenodigd")
	link := regexp.MustCompile(`/invited/\S+`).FindString(h.mailTo("bo@linde.example").Text)
	eve := h.signedIn(members.RoleCoach)
	h.shows(eve.post(link), http.StatusUnprocessableEntity, "voor een ander adres")
	bo := h.browser()
	h.shows(bo.get(link), http.StatusOK, "Mens client nodigt u uit", "De Linde waal")
	if strings.Contains(bo.get(link).Find(`form[action="/language"]`).Text()+bo.get(link).Find(`form[action="/language"] input`).AttrOr("value", ""), "invited") {
		t.Error("the secret stands in another form")
	}
	code, _ := bo.ask("bo@linde.example")
	if got := bo.post("/signin/code", "code", code); got.location != link {
		t.Errorf("after signing in one is led to %s", got.location)
	}
	if got := bo.post(link); got.location != "/home" {
		t.Fatalf("accepting gave %d\n%s", got.status, got.Find("main").Text())
	}
	h.shows(bo.get("/home"), http.StatusOK, "Welkom")
	h.shows(bo.post(link), http.StatusUnprocessableEntity, "werkt niet meer")
	h.shows(bo.get("/client/people"), http.StatusForbidden)
	var stop string
	for _, form := range manager.get("/client/people").Find(`main form[action^="/client/people/"]`).EachIter() {
		if strings.Contains(form.Parent().Text(), "Bo Visser") {
			stop = form.AttrOr("action", "")
		}
	}
	if got := manager.post(stop); got.location != "/client/people" {
		t.Fatalf("removing gave %d", got.status)
	}
	h.shows(bo.get("/gigs"), http.StatusForbidden)
	own := h.actors[members.RoleClient].Role.String()
	h.shows(manager.post("/client/people/"+own+"/stop"), http.StatusConflict, "De laatste beheerder")
	h.shows(manager.post("/client/people/"+h.far[members.RoleClient].Role.String()+"/stop"), http.StatusNotFound)
}

// TestRestrictedPersonReadsWhy, and everything of their own.
func TestRestrictedPersonReadsWhy(t *testing.T) {
	h := newHouse(t)
	office, member := h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleMember)
	who := h.actors[members.RoleMember]
	offer := "/offers/" + h.offer().ID.String()
	path := "/restrictions/" + who.Person.String()
	h.shows(office.post(path, "why", ""), http.StatusUnprocessableEntity, "Dit is nog leeg")
	if got := office.post(path, "why", reason); got.location != path {
		t.Fatalf("restricting gave %d", got.status)
	}
	h.shows(office.get(path), http.StatusOK, reason, "Hef de beperking op")
	h.shows(office.post(path, "why", reason), http.StatusConflict)
	told := h.mailTo(person(members.RoleMember, "waal").Email)
	for _, word := range []string{"beperk", "besloot", "begeleiden", "coördinator"} {
		if strings.Contains(told.Subject+told.Text, word) {
			t.Errorf("the mail says %q:\n%s", word, told.Text)
		}
	}
	link := regexp.MustCompile(`/restriction/\S+`).FindString(told.Text)
	h.shows(member.get(link), http.StatusOK, "Mens coordinator, op", reason, "Vraag om een tweede blik")
	h.shows(member.post(offer+"/yes"), http.StatusForbidden, "Mens coordinator, op", reason, "Er is niets veranderd", "Vraag om een tweede blik")
	h.shows(member.get("/home"), http.StatusOK, "Nieuw werk kan nu niet.")
	for _, page := range []string{"/pay", "/profile", offer, "/sharing", "/gigs", "/account"} {
		if got := member.get(page); got.status != http.StatusOK {
			t.Errorf("%s gives %d", page, got.status)
		}
	}
	for name, got := range map[string]answer{"another member": h.enters(person(members.RoleMember, "noord").Email).get(link), "the office": office.get(link)} {
		if got.status != http.StatusNotFound {
			t.Errorf("%s reads it: %d", name, got.status)
		}
	}
	if got := office.post(path+"/restore", "why", reason); got.location != path {
		t.Fatalf("restoring gave %d", got.status)
	}
	h.shows(member.get(link), http.StatusOK, "Dit is voorbij.")
	if got := member.post(offer + "/yes"); got.status != http.StatusSeeOther {
		t.Errorf("restored: %d", got.status)
	}
	h.shows(office.get("/restrictions/"+h.actors[members.RoleCoordinator].Person.String()), http.StatusOK, "Niet over jezelf")
	h.shows(office.post("/restrictions/"+h.actors[members.RoleCoordinator].Person.String(), "why", reason), http.StatusConflict, "Niet over jezelf")
}

// TestLateReviewStandsOnTheBoard in red, and all coordinators are told.
func TestLateReviewStandsOnTheBoard(t *testing.T) {
	h := newHouse(t)
	office, who := h.actors[members.RoleCoordinator], h.actors[members.RoleMember]
	h.must(h.members.Restrict(t.Context(), office, who.Person, reason))
	who, err := h.members.Actor(t.Context(), who.Person, who.Role)
	h.must(err)
	review, err := h.members.AskReview(t.Context(), who, members.Decision{Restriction: who.Restriction}, reason)
	h.must(err)
	h.now = h.now.Add(14*24*time.Hour + time.Minute)
	b := h.signedIn(members.RoleCoordinator)
	board := b.get("/home")
	h.shows(board, http.StatusOK, "Eén herziening is te laat.")
	if board.Find(`main .notice.bad`).Length() != 1 {
		t.Error("it is not in red")
	}
	if told := h.mailTo(person(members.RoleCoordinator, "waal").Email); !strings.Contains(told.Text, "/reviews/"+review.String()) || strings.Contains(told.Text, who.Name) {
		t.Errorf("told: %s", told.Text)
	}
	if late := b.get("/reviews").Find(".status.bad"); late.Length() != 1 || !strings.Contains(late.Text(), "te laat") {
		t.Errorf("the list says %q", late.Text())
	}
}

func TestOthersThingsOfTheOfficeAreNotFound(t *testing.T) {
	h := newHouse(t)
	far := h.far[members.RoleMember]
	h.must(h.members.Restrict(t.Context(), h.far[members.RoleCoordinator], far.Person, reason))
	far, err := h.members.Actor(t.Context(), far.Person, far.Role)
	h.must(err)
	review, err := h.members.AskReview(t.Context(), far, members.Decision{Restriction: far.Restriction}, reason)
	h.must(err)
	office := h.signedIn(members.RoleCoordinator)
	about := "/reviews/about/restriction:" + far.Restriction.String()
	for _, path := range []string{"/clients/" + h.far[members.RoleClient].Client.String(), "/restrictions/" + far.Person.String(), "/reviews/" + review.String(),
		"/restriction/" + far.Restriction.String(), about, "/reviews/about/client:17", "/reviews/about/%00", "/restrictions/17", "/clients/17"} {
		if got := office.get(path); got.status != http.StatusNotFound {
			t.Errorf("GET %s gives %d", path, got.status)
		}
	}
	for _, path := range []string{"/clients/" + h.far[members.RoleClient].Client.String() + "/approve", "/clients/" + h.far[members.RoleClient].Client.String() + "/refuse",
		"/restrictions/" + far.Person.String(), "/restrictions/" + far.Person.String() + "/restore", "/reviews/" + review.String() + "/take", "/reviews/" + review.String() + "/answer", about} {
		if got := office.post(path, "why", reason, "answer", reason, "words", reason, "outcome", "overturned"); got.status != http.StatusNotFound {
			t.Errorf("POST %s gives %d", path, got.status)
		}
	}
}
