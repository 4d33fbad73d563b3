package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// TestClientReadsWhatAGigWaitsFor from people until the bill, in the list and on
// its own page, with the way to do it.
func TestClientReadsWhatAGigWaitsFor(t *testing.T) {
	h := newHouse(t)
	client, office := h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator)
	own := "/gigs/" + h.gig.String()
	is := func(when, want, path string) {
		t.Helper()
		card := client.get("/home").Find("#gig-" + h.gig.String())
		if !strings.Contains(plain(card.Text()), want) || card.Find(".wait-line").Length() != 1 {
			t.Errorf("%s the list says: %s", when, card.Text())
		}
		if path != "" && card.Find(`a[href="`+path+`"]`).Length() != 1 || (path != "") != card.HasClass("waits") {
			t.Errorf("%s the list does not lead to %q: %s", when, path, card.Text())
		}
		for name, b := range map[string]*browser{"client": client, "coordinator": office} {
			if got := b.get(own).Find("main").Text(); !strings.Contains(plain(got), want) {
				t.Errorf("%s the page of the gig says to the %s: %s", when, name, got)
			}
		}
	}
	offer := h.offer().ID
	is("with an offer out,", "0 van 2 plekken bezet. Wij hebben mensen gevraagd. Wij kijken verder op", "")
	h.do(`UPDATE matching.offer SET state = 'asked', asked = true WHERE id = $1`, offer)
	is("asked,", "Eén persoon wil graag komen en wacht op antwoord.", "/asks/"+offer.String())
	h.do(`UPDATE matching.offer SET state = 'withdrawn', asked = false, decided_at = $2 WHERE id = $1`, offer, h.now)
	work := h.engaged()
	is("with one,", "1 van 2 plekken bezet. Er is nu niemand gevraagd.", "")
	h.do(`UPDATE jobs.shift SET seats = 1 WHERE gig_id = $1`, h.gig)
	is("full,", "Alle plekken zijn bezet. Het werk begint", "")
	h.now = h.now.Add(22 * time.Hour)
	is("on the day,", "Vandaag werkt hier één persoon.", "")
	h.now = h.now.Add(24 * time.Hour)
	is("when it is over,", "Eén lid kijkt nog naar de uren.", "")
	h.must(h.jobs.ProposeHours(t.Context(), h.actors[members.RoleMember], work, jobs.Hours{Worked: 3 * time.Hour}))
	is("with hours,", "Eén keer staan er uren klaar", "/engagements/"+work.String())
	h.expect(client.post("/hours/agree", "engagement", work.String()), http.StatusSeeOther)
	bills := h.billPath()
	is("billed,", "Er is een rekening van", bills)
	h.do(`UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = billed_at`)
	is("paid,", "Alles is klaar. Er is niets meer te doen.", "")
	if got := h.signedIn(members.RoleMember).get(own); got.Find(".wait-line").Length() != 0 {
		t.Error("a member reads what it waits for")
	}
}

// billPath is the page of the only bill.
func (h *house) billPath() string {
	h.t.Helper()
	var bill string
	h.must(h.db.QueryRow(h.t.Context(), `SELECT id::text FROM payments.bill`).Scan(&bill))
	return "/bills/" + bill
}

// TestHoursInOneTap: those as planned together, the others one by one; what was
// answered meanwhile, or is somebody else's, is left alone.
func TestHoursInOneTap(t *testing.T) {
	h := newHouse(t)
	ctx, client := t.Context(), h.actors[members.RoleClient]
	first := h.engaged()
	gig, err := h.jobs.Gig(ctx, client, h.post(client, "Ramen nog eens"))
	h.must(err)
	h.do(`UPDATE jobs.shift SET starts_at = starts_at + interval '5 hours', ends_at = ends_at + interval '5 hours' WHERE gig_id = $1`, gig.ID)
	var second jobs.EngagementID
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) (err error) {
		second, err = h.jobs.ConfirmTx(ctx, tx, client.Cooperative, gig.Shifts[0].ID, h.actors[members.RoleMember].Member)
		return err
	}))
	h.now = h.now.Add(72 * time.Hour)
	member := h.actors[members.RoleMember]
	h.must(h.jobs.ProposeHours(ctx, member, first, jobs.Hours{Worked: 3 * time.Hour}))
	h.must(h.jobs.ProposeHours(ctx, member, second, jobs.Hours{Worked: 4 * time.Hour}))
	b := h.signedIn(members.RoleClient)
	page := b.get("/home")
	form := page.Find(`form[action="/hours/agree"]`)
	if form.Find(`input[name=engagement]`).Length() != 1 || form.Find(`input[value="`+first.String()+`"]`).Length() != 1 {
		t.Fatalf("in one tap: %s", page.Find("#approve").Parent().Text())
	}
	if text := plain(page.Find("main").Text()); !strings.Contains(text, "Afgesproken was 3 uur.") || !strings.Contains(text, "Mens member werkte 4 uur") {
		t.Errorf("the others: %s", text)
	}
	if page.Find(`section[aria-labelledby=works] a[href="/engagements/`+first.String()+`"]`).Length() != 0 {
		t.Error("what is to be approved stands twice")
	}
	h.expect(b.post("/hours/agree"), http.StatusBadRequest)
	h.expect(b.post("/hours/agree", "engagement", "17"), http.StatusBadRequest)
	far := h.farWork()
	h.expect(b.post("/hours/agree", "engagement", far.String()), http.StatusNotFound)
	h.expect(h.signedIn(members.RoleMember).post("/hours/agree", "engagement", first.String()), http.StatusForbidden)
	if got := b.post("/hours/agree", "engagement", first.String()); got.location != "/home" {
		t.Errorf("approving gave %d %s", got.status, got.location)
	}
	h.reads(b.get("/home").body, "de rekeningen staan klaar")
	some := b.post("/hours/agree", "engagement", first.String(), "engagement", second.String())
	h.shows(some, http.StatusConflict, "Bij deze 2 keren kwam al een antwoord, of de tijd is anders dan afgesproken.")
	for _, e := range []jobs.EngagementID{first, second} { // one is answered, the other never was as planned
		if some.Find(`main a[href="/engagements/`+e.String()+`"]`).Length() != 1 {
			t.Errorf("which could not be agreed is not said: %s", some.Find("main").Text())
		}
	}
	h.must(h.jobs.AgreeHours(ctx, client, second))
	for _, e := range []jobs.EngagementID{first, second} {
		if w, err := h.jobs.Work(ctx, client, e); err != nil || w.State != jobs.Billed {
			t.Errorf("the work is %s, %v", w.State, err)
		}
	}
}

// farWork is an engagement of the other cooperative.
func (h *house) farWork() (e jobs.EngagementID) {
	h.t.Helper()
	ctx, client := h.t.Context(), h.far[members.RoleClient]
	gig, err := h.jobs.Gig(ctx, client, h.post(client, "Elders"))
	h.must(err)
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) (err error) {
		e, err = h.jobs.ConfirmTx(ctx, tx, client.Cooperative, gig.Shifts[0].ID, h.far[members.RoleMember].Member)
		return err
	}))
	return e
}
