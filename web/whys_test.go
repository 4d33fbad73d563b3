package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// TestAskAPersonWhy: a member asks about a gig, sees who looks and until when; the
// office answers; the member reads it. Nobody else finds it.
func TestAskAPersonWhy(t *testing.T) {
	h := newHouse(t)
	member, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	page := member.get("/gigs/" + h.gig.String() + "/why")
	if page.status != http.StatusOK || page.Find(`textarea[name="words"]`).Length() != 1 {
		t.Fatalf("asking: %d\n%s", page.status, page.Text())
	}
	shift, _ := page.Find(`input[name="shift"]`).Attr("value")
	if got := member.post("/gigs/"+h.gig.String()+"/why", "shift", newUUID()); got.status != http.StatusNotFound {
		t.Errorf("about a shift of nobody gave %d", got.status)
	}
	sent := member.post("/gigs/"+h.gig.String()+"/why", "shift", shift, "words", "Ik wil weten hoe dit gaat.")
	if !strings.HasPrefix(sent.location, "/reviews/why/") {
		t.Fatalf("asking gave %d, %s", sent.status, sent.location)
	}
	why := sent.location
	if got := member.get(why).Text(); !strings.Contains(got, "nog 14 dagen") || !strings.Contains(got, h.actors[members.RoleCoordinator].Name) {
		t.Errorf("the member reads\n%s", got)
	}
	if got := office.get("/whys"); got.Find(`a[href="`+why+`"]`).Length() != 1 {
		t.Errorf("the office's list:\n%s", got.Text())
	}
	if got := member.get("/whys").Find(`main li.card`); got.Length() != 1 || strings.Count(got.Text(), "Ramen lappen waal") != 1 {
		t.Errorf("the member's list says what it is about:\n%s", got.Text())
	}
	if got := office.get(why).Find("main .facts").Text(); !strings.Contains(got, "gevraagd door "+h.actors[members.RoleMember].Name) {
		t.Errorf("the office does not read who asked:\n%s", got)
	}
	h.do(`UPDATE matching.review SET rules = '{rail_day}'`)
	if got := office.get(why).Find("main"); got.Find("ul:not(:has(li))").Length() != 0 || !strings.Contains(got.Text(), "Alle regels die jij mag lezen, klopten.") {
		t.Errorf("without leave, of what is the member's alone, the office reads\n%s", got.Text())
	}
	h.do(`UPDATE matching.review SET rules = '{free}'`)
	if got := office.get(why).Find("main"); !strings.Contains(got.Text(), "Het lid heeft dan geen ander werk.") || strings.Contains(got.Text(), "mag lezen, klopten") {
		t.Errorf("of what the office knows it reads\n%s", got.Text())
	}
	if got := office.get("/home"); !strings.Contains(got.Find(`a.figure[href="/whys"]`).Text(), "1") || strings.Contains(got.Text(), "waarom is te laat") {
		t.Errorf("the first page of the office:\n%s", got.Text())
	}
	if member.get("/coach").Find(`a[href="/whys"]`).Length() != 1 {
		t.Error("a member does not find their questions")
	}
	for _, kind := range []members.RoleKind{members.RoleClient, members.RoleCoach} {
		if got := h.signedIn(kind).get(why); got.status == http.StatusOK {
			t.Errorf("a %s reads it", kind)
		}
	}
	h.now = h.now.Add(15 * 24 * time.Hour)
	office, member = h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleMember)
	if got := office.get("/whys").Text(); !strings.Contains(got, "te laat") {
		t.Errorf("after the time the office reads\n%s", got)
	}
	looks := func(kind members.RoleKind) {
		t.Helper()
		if _, err := h.db.Exec(t.Context(), `UPDATE matching.review SET looker_id = $1`, h.actors[kind].Role); err != nil {
			t.Fatal(err)
		}
	}
	if got := office.get("/home").Text(); !strings.Contains(got, "Eén vraag waarom is te laat") {
		t.Errorf("after the time the first page of the office:\n%s", got)
	}
	h.lets(members.OffersScope)
	looks(members.RoleCoach)
	if got := h.signedIn(members.RoleCoach).get("/home"); got.Find(`#whys a[href="/whys"]`).Length() != 1 || got.Find(`.actions a[href="/whys"]`).Length() != 1 {
		t.Errorf("the first page of the coach who looks:\n%s", got.Text())
	}
	looks(members.RoleCoordinator)
	if got := member.get(why).Text(); !strings.Contains(got, "De tijd is voorbij") {
		t.Errorf("after the time the member reads\n%s", got)
	}
	if got := office.post(why+"/answer", "outcome", "stands", "answer", "Nee"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without reasons gave %d", got.status)
	}
	const reasons = "Het werk past bij je. Een ander had minder uren gehad."
	if got := office.post(why+"/answer", "outcome", "stands", "answer", reasons); got.location != why {
		t.Fatalf("answering gave %d\n%s", got.status, got.Text())
	}
	if got := member.get(why).Text(); !strings.Contains(got, reasons) || !strings.Contains(got, "De uitkomst blijft") {
		t.Errorf("the member reads\n%s", got)
	}
}

// TestWhyOfAGigThatIsOver: what was mended leads back to the gig as long as it is there.
func TestWhyOfAGigThatIsOver(t *testing.T) {
	h := newHouse(t)
	member, gig := h.signedIn(members.RoleMember), "/gigs/"+h.gig.String()
	shift := member.get(gig+"/why").Find(`input[name="shift"]`).AttrOr("value", "")
	why := member.post(gig+"/why", "shift", shift, "words", "Ik mis een vaardigheid.").location
	h.do(`UPDATE matching.review SET outcome = 'mended', answered_at = now(), answer = words`)
	if got := member.get(why).Find("main"); got.Find(`a[href="`+gig+`"]`).Length() != 1 {
		t.Errorf("of an open gig the member reads\n%s", got.Text())
	}
	h.do(`UPDATE jobs.gig SET state = 'done' WHERE id = $1`, h.gig)
	if got := member.get(why).Find("main"); got.Find(`a[href="`+gig+`"]`).Length() != 0 || !strings.Contains(got.Text(), "Deze klus staat niet meer open.") {
		t.Errorf("of one that is over the member reads\n%s", got.Text())
	}
}

// TestWhyIsTakenOver: a late review is put to a coordinator who did not decide, and not to
// the one who did, while the other can look.
func TestWhyIsTakenOver(t *testing.T) {
	h := newHouse(t)
	h.lets(members.OffersScope)
	gig, err := h.jobs.Gig(t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	member, shift := h.actors[members.RoleMember], gig.Shifts[0].ID
	h.must(h.matching.OfferTo(t.Context(), h.actors[members.RoleCoordinator], shift, member.Member, "Zij wil graag bij deze klant beginnen."))
	asked := h.signedIn(members.RoleMember).post("/gigs/"+h.gig.String()+"/why", "shift", shift.String())
	if !strings.HasPrefix(asked.location, "/reviews/why/") {
		t.Fatalf("asking gave %d, %s", asked.status, asked.location)
	}
	why := asked.location
	kim := h.another(members.RoleCoordinator, "kim")
	h.now = h.now.Add(15 * 24 * time.Hour)
	decided, other := h.signedIn(members.RoleCoordinator), h.signedInAs("kim.waal@meent.example")
	takes := `form[action="` + why + `/take"]`
	if got := decided.get(why); got.status != http.StatusOK || got.Find(takes).Length() != 0 {
		t.Errorf("who decided may take it over: %d", got.status)
	}
	if got := decided.post(why + "/take"); got.status == http.StatusSeeOther {
		t.Error("who decided took it over")
	}
	if got := other.get(why); got.Find(takes).Length() != 1 {
		t.Errorf("a colleague may not take it over:\n%s", got.Text())
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE members.role SET ended_at = $1 WHERE id = $2`, h.now, kim.Role); err != nil {
		t.Fatal(err)
	}
	if got := decided.get(why); got.Find(takes).Length() != 1 {
		t.Error("nobody else is left, and who decided may not take it over")
	}
	h.expect(decided.post(why+"/take"), http.StatusSeeOther)
	if got := decided.get(why); got.Find(`form[action="`+why+`/answer"]`).Length() != 1 {
		t.Errorf("who looks alone has no form to answer:\n%s", got.Text())
	}
}

// TestWhoDecidedMeanwhileHasNoForm: who looks, and then decides what it is about, is not
// asked for an answer that would be refused; a colleague may take it over.
func TestWhoDecidedMeanwhileHasNoForm(t *testing.T) {
	h := newHouse(t)
	gig, ask := h.quiet(h.actors[members.RoleClient], "window-cleaning")
	named := strings.TrimSuffix(strings.TrimPrefix(ask, gig+"/shifts/"), "/ask")
	shift, err := id.Parse[jobs.Shift](named)
	h.must(err)
	member := h.actors[members.RoleMember]
	asked := h.signedIn(members.RoleMember).post(gig+"/why", "shift", named)
	if !strings.HasPrefix(asked.location, "/reviews/why/") {
		t.Fatalf("asking gave %d, %s", asked.status, asked.location)
	}
	why := asked.location
	form, take := `form[action="`+why+`/answer"]`, `form[action="`+why+`/take"]`
	kim := h.another(members.RoleCoordinator, "kim")
	_, err = h.db.Exec(t.Context(), `UPDATE matching.review SET looker_id = $1`, h.actors[members.RoleCoordinator].Role)
	h.must(err)
	looks, other := h.signedIn(members.RoleCoordinator), h.signedInAs("kim.waal@meent.example")
	if a, b := looks.get(why), other.get(why); a.Find(form).Length() != 1 || b.Find(form).Length()+b.Find(take).Length() != 0 {
		t.Errorf("who looks has %d forms, a colleague %d", a.Find(form).Length(), b.Find(form).Length())
	}
	h.must(h.matching.OfferTo(t.Context(), h.actors[members.RoleCoordinator], shift, member.Member, "Zij wil graag bij deze klant beginnen."))
	if got := looks.get(why); got.status != http.StatusOK || got.Find(form).Length() != 0 || !strings.Contains(got.Text(), "kan niet meer kijken") {
		t.Errorf("who decided meanwhile: %d, %d forms", got.status, got.Find(form).Length())
	}
	if got := other.get(why); got.Find(take).Length() != 1 {
		t.Errorf("a colleague may not take it over:\n%s", got.Text())
	}
	_, err = h.db.Exec(t.Context(), `UPDATE members.role SET ended_at = $1 WHERE id = $2`, h.now, kim.Role)
	h.must(err)
	if got := looks.get(why); got.Find(form).Length() != 1 {
		t.Error("nobody else is left, and who looks has no form")
	}
}
