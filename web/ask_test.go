package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// quiet posts a gig in two days for which nobody is asked, and gives the paths
// of its page and of asking for its shift.
func (h *house) quiet(by members.Actor, skill string) (page, ask string) {
	h.t.Helper()
	starts := h.now.Add(48 * time.Hour)
	gig, err := h.jobs.Post(h.t.Context(), by, jobs.NewGig{
		Client: by.Client, Title: "Terras schrobben", Description: "Je schrobt het terras.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{skill},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 1}}, Asks: starts,
	})
	h.must(err)
	found, err := h.jobs.Gig(h.t.Context(), by, gig)
	h.must(err)
	page = "/gigs/" + gig.String()
	return page, page + "/shifts/" + found.Shifts[0].ID.String() + "/ask"
}

// asked lets the member ask, and gives the id of what was asked.
func (h *house) asked(b *browser) string {
	h.t.Helper()
	_, ask := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	got := b.post(ask)
	id, ok := strings.CutPrefix(got.location, "/offers/")
	if got.status != http.StatusSeeOther || !ok {
		h.t.Fatalf("asking gave %d %s\n%s", got.status, got.location, got.Find("main").Text())
	}
	return id
}

func (h *house) run() {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
}

func TestMemberAsksAndClientSaysYes(t *testing.T) {
	h := newHouse(t)
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	page, ask := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	if got := member.get(page); got.Find(`form[action="`+ask+`"] button`).Length() != 1 {
		t.Fatalf("no button to ask:\n%s", got.Find("main").Text())
	}
	sent := member.post(ask)
	if again := member.post(ask); again.location != sent.location || !strings.Contains(member.get(again.location).body, "al contact") {
		t.Errorf("asking twice led to %s and %s", sent.location, again.location)
	}
	id := strings.TrimPrefix(sent.location, "/offers/")
	if got := member.get("/home"); !strings.Contains(got.Find("main").Text(), "Waar ik om vroeg") || got.Find(`a[href="/offers/`+id+`"]`).Length() != 1 {
		t.Error("the first page does not tell what was asked")
	}
	h.run()
	h.clientMailSays("Iemand wil komen werken", "/asks/"+id)
	for _, path := range []string{"/home", page, "/asks/" + id} {
		got := client.get(path)
		if text := got.Find("main").Text(); !strings.Contains(text, "Wie wil komen") || strings.Contains(text, "Mens member") || got.Find(`[href^="/asks/`+id+`"], form[action^="/asks/`+id+`"]`).Length() == 0 {
			t.Errorf("%s does not show the question, or shows who asks:\n%s", path, text)
		}
	}
	if got := client.post("/asks/" + id + "/yes"); got.status != http.StatusSeeOther {
		t.Fatalf("yes gave %d", got.status)
	}
	if got := client.get("/asks/" + id); !strings.Contains(got.body, "Mens member") || got.Find("form[action$=yes]").Length() != 0 {
		t.Error("after the yes the client reads no name, or may answer again")
	}
	if got := client.post("/asks/"+id+"/no", "why", "gig_changed"); got.status != http.StatusConflict || !strings.Contains(got.body, "Al beslist") {
		t.Errorf("a second answer gave %d", got.status)
	}
	h.run()
	h.mailsSay("Afgesproken")
	if got := member.get("/offers/" + id); !strings.Contains(got.body, "Dit werk is van jou.") {
		t.Error("the member does not read that it is agreed")
	}
	if got := member.get(page); !strings.Contains(got.Find("main").Text(), "afgesproken") || got.Find(`form[action="`+ask+`"]`).Length() != 0 {
		t.Error("the gig's page does not tell how it stands")
	}
}

// clientMailSays looks for one mail to the client's contact, without a name.
func (h *house) clientMailSays(subject, link string) {
	h.t.Helper()
	list, err := h.mailbox.List(h.t.Context(), 50)
	h.must(err)
	found := 0
	for _, one := range list {
		if one.Subject == subject && strings.HasPrefix(one.To, "client.waal") && strings.Contains(one.Text, link) {
			found++
			if strings.Contains(one.Text, "Mens member") {
				h.t.Error("the mail tells who asks")
			}
		}
	}
	if found != 1 {
		h.t.Errorf("%d mails %q to the client, want one", found, subject)
	}
}

func TestMemberCannotAskAndReadsWhy(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	page, ask := h.quiet(h.actors[members.RoleClient], "cloakroom")
	const why = "Hiervoor moet je iets kunnen wat niet in je profiel staat."
	if got := b.get(page); !strings.Contains(got.body, why) || got.Find(`form[action="`+ask+`"]`).Length() != 0 {
		t.Error("the page does not say why not, or lets one ask")
	}
	if got := b.post(ask); got.status != http.StatusConflict || !strings.Contains(got.body, why) || !strings.Contains(got.body, "Hieronder lees je waarom") {
		t.Errorf("asking gave %d", got.status)
	}
	h.now = h.now.Add(49 * time.Hour)
	if got := b.get(page); !strings.Contains(got.body, "Dit is al begonnen.") {
		t.Error("the page does not say that it has begun")
	}
	if got := b.post(ask); got.status != http.StatusConflict {
		t.Errorf("asking for what has begun gave %d", got.status)
	}
}

func TestClientSaysNoKindly(t *testing.T) {
	h := newHouse(t)
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	id := h.asked(member)
	for name, fields := range map[string][]string{"no reason": {"why", ""}, "a strange one": {"why", "lui"}, "too much": {"why", "gig_changed", "text", strings.Repeat("x", 301)}} {
		if got := client.post("/asks/"+id+"/no", fields...); got.status != http.StatusUnprocessableEntity || got.Find(".wrong").Length() == 0 {
			t.Errorf("%s gave %d", name, got.status)
		}
	}
	if got := client.post("/asks/"+id+"/no", "why", "gig_changed", "text", "Kom <b>gerust</b> nog eens."); got.status != http.StatusSeeOther {
		t.Fatalf("no gave %d", got.status)
	}
	text := member.get("/offers/" + id).Find("main").Text()
	for _, says := range []string{"Dat zegt niets over jou.", "De klus is veranderd.", "Kom <b>gerust</b> nog eens."} {
		if !strings.Contains(text, says) {
			t.Errorf("the member does not read %q", says)
		}
	}
	h.run()
	h.mailsSay("Nieuws over je werk")
}

func TestCoordinatorAnswersAndMemberTakesBack(t *testing.T) {
	h := newHouse(t)
	member, coordinator := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	id := h.asked(member)
	if got := coordinator.get("/asks/" + id); got.status != http.StatusOK || !strings.Contains(got.body, "Mens member") {
		t.Errorf("the coordinator gets %d, or no name", got.status)
	}
	if got := member.post("/offers/" + id + "/withdraw"); got.status != http.StatusSeeOther {
		t.Fatalf("taking back gave %d", got.status)
	}
	if got := member.get("/offers/" + id); !strings.Contains(got.body, "niet meer gevraagd") {
		t.Error("the page does not say that it was taken back")
	}
	if got := coordinator.post("/asks/" + id + "/yes"); got.status != http.StatusConflict {
		t.Errorf("yes to what was taken back gave %d", got.status)
	}
}

func TestAsksOfOthersAreNotFound(t *testing.T) {
	h := newHouse(t)
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	farPage, farAsk := h.quiet(h.far[members.RoleClient], "window-cleaning")
	_, own := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	far, err := h.jobs.Gig(t.Context(), h.far[members.RoleClient], h.farGig)
	h.must(err)
	ask, asked, err := h.matching.Ask(t.Context(), h.far[members.RoleMember], far.Shifts[0].ID)
	if err != nil || !asked && ask.IsZero() {
		t.Fatal(err)
	}
	mixed := strings.TrimSuffix(farPage, "/") + own[strings.Index(own, "/shifts/"):]
	other := "/gigs/" + h.gig.String() + own[strings.Index(own, "/shifts/"):]
	for _, path := range []string{farAsk, mixed, other, "/offers/" + ask.String() + "/withdraw"} {
		if got := member.post(path); got.status != http.StatusNotFound {
			t.Errorf("a member at %s gave %d", path, got.status)
		}
	}
	for _, verb := range []string{"/yes", "/no"} {
		if got := client.post("/asks/" + ask.String() + verb); got.status != http.StatusNotFound {
			t.Errorf("a client at %s gave %d", verb, got.status)
		}
	}
	if got := client.get("/asks/" + matching.OfferID{}.String() + "17"); got.status != http.StatusNotFound {
		t.Errorf("no ask gave %d", got.status)
	}
}
