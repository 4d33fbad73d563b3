package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/matching"
	"meent/members"
)

// offer is what the member of Waalkracht was offered: window cleaning in Arnhem.
func (h *house) offer() matching.Offer {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.matching.Offers(h.t.Context(), h.actors[members.RoleMember])
	h.must(err)
	if len(list) != 1 {
		h.t.Fatalf("%d offers, want one", len(list))
	}
	return list[0]
}

func TestMemberReadsWhyAndSaysYes(t *testing.T) {
	h := newHouse(t)
	path, b := "/offers/"+h.offer().ID.String(), h.signedIn(members.RoleMember)
	if home := b.get("/home"); home.Find(`a[href="`+path+`"]`).Length() != 1 || !strings.Contains(home.body, "wacht op jou") {
		t.Error("the first page does not show the offer")
	}
	page := b.get(path)
	for _, says := range []string{"Ramen lappen waal", "Je kunt alles wat hiervoor nodig is.", "bij je vandaan", "nog geen werk via ons", "48,00 voor deze keer", "Nee zeggen mag altijd."} {
		if !strings.Contains(page.Find("main").Text(), says) {
			t.Errorf("the offer does not say %q", says)
		}
	}
	if strings.Contains(page.body, "Lindenlaan") {
		t.Error("the address is shown before anything is agreed")
	}
	if got := b.post(path + "/yes"); got.status != http.StatusSeeOther || got.location != path {
		t.Fatalf("yes gave %d %s", got.status, got.location)
	}
	if page = b.get(path); !strings.Contains(page.body, "je zei ja") || page.Find(`form[action$="/yes"]`).Length() != 0 {
		t.Error("after a yes the page asks again, or does not say so")
	}
	if again := b.post(path + "/no"); again.status != http.StatusConflict || !strings.Contains(again.body, "De tijd is om") {
		t.Errorf("a second answer gave %d", again.status)
	}
	h.now = h.now.Add(13 * time.Hour)
	if got := h.offer(); got.State != matching.Confirmed {
		t.Fatalf("after the window the offer is %s", got.State)
	}
	if page = h.signedIn(members.RoleMember).get(path); !strings.Contains(page.body, "Dit werk is van jou.") {
		t.Error("the page does not say that it is agreed")
	}
	h.mailsSay("Er is werk voor je", "Afgesproken")
}

// mailsSay looks for subjects among the mails to the member.
func (h *house) mailsSay(subjects ...string) {
	h.t.Helper()
	list, err := h.mailbox.List(h.t.Context(), 50)
	h.must(err)
	for _, subject := range subjects {
		found := 0
		for _, one := range list {
			if one.Subject == subject && one.To == memberMail {
				found++
			}
		}
		if found != 1 {
			h.t.Errorf("%d mails %q, want one", found, subject)
		}
	}
}

func TestMemberSaysNo(t *testing.T) {
	h := newHouse(t)
	path, b := "/offers/"+h.offer().ID.String(), h.signedIn(members.RoleMember)
	if got := b.post(path+"/no", "reason", "lui"); got.status != http.StatusUnprocessableEntity || got.Find("#reason-wrong").Length() != 1 {
		t.Errorf("a strange reason gave %d", got.status)
	}
	if got := h.offer(); got.State != matching.Sent {
		t.Errorf("a strange reason has answered the offer: %s", got.State)
	}
	if got := b.post(path+"/no", "reason", ""); got.status != http.StatusSeeOther {
		t.Errorf("no without a reason gave %d", got.status)
	}
	if page := b.get(path); !strings.Contains(page.body, "Je zei nee. Dat is goed.") {
		t.Error("the page does not say that a no is fine")
	}
}

func TestOfferThatIsOver(t *testing.T) {
	h := newHouse(t)
	path := "/offers/" + h.offer().ID.String()
	h.now = h.now.Add(12*time.Hour + time.Minute) // half of the day that was left
	b := h.signedIn(members.RoleMember)           // and no worker has come by yet: see signedIn
	if page := b.get(path); !strings.Contains(page.body, "De tijd om te antwoorden is om.") || page.Find("form[action$=yes]").Length() > 0 {
		t.Error("an offer that is over can still be answered")
	}
	if got := b.post(path + "/yes"); got.status != http.StatusConflict {
		t.Errorf("yes after the window gave %d", got.status)
	}
}

func TestSomebodyElsesOfferIsNotFound(t *testing.T) {
	h := newHouse(t)
	h.offer()
	far, err := h.matching.Offers(t.Context(), h.far[members.RoleMember])
	if err != nil || len(far) != 1 {
		t.Fatalf("%d offers, %v", len(far), err)
	}
	b := h.signedIn(members.RoleMember)
	for _, path := range []string{"/offers/" + far[0].ID.String(), "/offers/17", "/offers/6ba7b810-9dad-41d1-80b4-00c04fd430c8"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s gave %d", path, got.status)
		}
		if got := b.post(path + "/yes"); got.status != http.StatusNotFound {
			t.Errorf("yes to %s gave %d", path, got.status)
		}
	}
}

// TestOfferOutlivesItsGig: who asked, or was asked, still reads what became of it when the
// gig rests or is over, and can ask a person why; nobody else reads that gig.
func TestOfferOutlivesItsGig(t *testing.T) {
	h := newHouse(t)
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	offer := "/offers/" + h.asked(member)
	sent, err := h.matching.Offer(t.Context(), h.actors[members.RoleMember], h.offerOf(offer))
	h.must(err)
	gig := "/gigs/" + sent.Gig.String()
	other, _ := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	for _, path := range []string{gig, other} {
		if got := client.post(path + "/pause"); got.status != http.StatusSeeOther {
			t.Fatalf("pausing gave %d", got.status)
		}
		if got := member.get(path); got.status != http.StatusNotFound {
			t.Errorf("a gig that rests gave the member %d", got.status)
		}
	}
	page := member.get(offer)
	if text := page.Find("main").Text(); page.status != http.StatusOK || !strings.Contains(text, "Terras schrobben") || strings.Contains(text, "Lindenlaan") {
		t.Errorf("while the gig rests its offer gave %d:\n%s", page.status, text)
	}
	why := page.Find(`a[href^="`+gig+`/why"]`).AttrOr("href", "")
	if got := member.get(why); got.status != http.StatusOK || got.Find(`a.back[href="/home"]`).Length() != 1 {
		t.Errorf("%q gave %d", why, got.status)
	}
	if got := member.post(gig+"/why", "shift", sent.Shift.ID.String()); got.status != http.StatusSeeOther {
		t.Errorf("asking why gave %d", got.status)
	}
	if got := member.get(other + "/why"); got.status != http.StatusNotFound {
		t.Errorf("of work for which nobody asked why gave %d", got.status)
	}
	if got := client.post(gig+"/cancel", "seen", "0"); got.status != http.StatusSeeOther {
		t.Fatalf("cancelling gave %d", got.status)
	}
	h.run()
	if page = member.get(offer); page.status != http.StatusOK || page.Find(`a[href^="`+gig+`"]`).Length() != 0 {
		t.Errorf("when the gig is off its offer gave %d:\n%s", page.status, page.Find("main").Text())
	}
}

func (h *house) offerOf(path string) matching.OfferID {
	h.t.Helper()
	offer, err := id.Parse[matching.Offer](strings.TrimPrefix(path, "/offers/"))
	h.must(err)
	return offer
}

// TestOfferWhereOneLives: distances are between places, so that of one's own is no number.
func TestOfferWhereOneLives(t *testing.T) {
	h := newHouse(t)
	h.do(`UPDATE members.member SET place_code = 'arnhem' WHERE id = $1`, h.actors[members.RoleMember].Member)
	member := h.signedIn(members.RoleMember)
	if text := member.get("/offers/" + h.asked(member)).Find("main").Text(); !strings.Contains(text, "Het is in je eigen woonplaats.") || strings.Contains(text, "0\u00a0m") {
		t.Errorf("of work in their own place the member reads:\n%s", text)
	}
}
