package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestGigSaysWhatItAsks from the form of the first step to the page of the member.
func TestGigSaysWhatItAsks(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	first := b.beginGig(nil).location
	fields := []string{"title", "Ramen lappen", "description", "Je lapt.", "load", "light", "support", "yes", "others", "yes", "skills", "window-cleaning", "skills", "mopping"}
	more := b.post(first, append(fields, "refresh", "yes")...)
	h.expect(more, http.StatusOK)
	if more.Find(`select[name="need-window-cleaning"]`).Length() != 1 || more.Find(".problems").Length() != 0 {
		t.Fatalf("how much each is needed is not asked:\n%s", more.Find("main").Text())
	}
	asks := append(fields, "need-window-cleaning", "required well", "need-mopping", "useful", "abilities", "indoors",
		"physical", "2", "sensory", "1", "mental", "3", "dutch", "little", "ladder", "accompanied", "certificate", "yes")
	if got := b.post(first, asks...); got.status != http.StatusSeeOther {
		t.Fatalf("the step gave %d: %s", got.status, got.Find(".problems").Text())
	}
	again := b.get(first)
	if v := again.Find(`select[name="need-window-cleaning"] option[selected]`).AttrOr("value", ""); v != "required well" || again.Find(`#abilities-indoors[checked]`).Length() != 1 {
		t.Errorf("what was said is not shown again: %q", v)
	}
	for _, wrong := range [][]string{{"need-mopping", "required best"}, {"physical", "6", "sensory", "1", "mental", "1"}, {"dutch", "native"}, {"ladder", "director"}, {"abilities", "autism"}} {
		if got := b.post(first, append(fields, wrong...)...); got.status != http.StatusUnprocessableEntity || got.Find(".problems").Text() == "" {
			t.Errorf("%v gave %d", wrong, got.status)
		}
	}
	h.must(h.error(`UPDATE jobs.gig SET state = 'open', rate_cents = 1600 WHERE title = 'Ramen lappen'`))
	gig := strings.TrimSuffix(first, "/what")
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoordinator, members.RoleCoach} {
		h.says(h.signedIn(kind).get(gig), "Dit moet je kunnen", "Ramen lappen: goed", "Dit is handig", "Binnen", "Een beetje Nederlands is genoeg", "Voor deze klus is een VOG nodig", "Werk met begeleiding", "Soms nadenken")
	}
}

// TestFormIsChosenInThePriceStep among those that are on; a trial has no price.
func TestFormIsChosenInThePriceStep(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	h.must(h.error(`UPDATE members.settings SET work_forms = '{member_entrepreneur,posted_employee,trial_placement}'`))
	first := b.beginGig(nil).location
	price := strings.Replace(first, "/what", "/price", 1)
	page := b.get(price)
	if n := page.Find(`input[name="form"]`).Length(); n != 3 {
		t.Errorf("%d forms are offered, want those that are on", n)
	}
	for _, form := range []string{"client_employee", "barter", "\xff"} { // of an old page, or typed
		if got := b.post(price, "rate", "16", "form", form, "price", "yes"); got.status != http.StatusUnprocessableEntity || got.Find("#form-wrong").Text() == "" {
			t.Errorf("%q gave %d", form, got.status)
		}
	}
	h.must(h.error(`UPDATE members.settings SET work_forms = '{trial_placement}'`))
	if got := b.post(price, "rate", "16", "post", "yes"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an old page without forms gave %d", got.status)
	}
	trial := b.post(price, "rate", "", "form", "trial_placement", "price", "yes")
	h.expect(trial, http.StatusOK)
	h.says(trial, "De uitkering van het lid loopt door")
	got := b.postGig(newGigFields("form", "trial_placement", "rate", ""))
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.location, "/gigs/") || strings.Contains(got.location, "check") {
		t.Fatalf("posting gave %d %s: %s", got.status, got.location, got.Find(".problems").Text())
	}
	h.says(h.signedIn(members.RoleMember).get(got.location), "Je uitkering loopt door", "Proefplaatsing")
	if text := h.signedIn(members.RoleMember).get("/gigs").Find("main").Text(); !strings.Contains(text, "je uitkering loopt door") {
		t.Errorf("the list does not say it: %s", text)
	}
}

// TestStoppedGigSaysWhy to who runs it, and to nobody else.
func TestStoppedGigSaysWhy(t *testing.T) {
	h := newHouse(t)
	got := h.signedIn(members.RoleClient).postGig(newGigFields())
	h.must(h.error(`UPDATE payments.legal_figure SET cents = 9999`))
	h.says(h.signedIn(members.RoleCoordinator).get(got.location), "minstens € 99,99 per uur verplicht")
	if text := h.signedIn(members.RoleMember).get(got.location).Find("main").Text(); strings.Contains(text, "verplicht") {
		t.Errorf("a member reads %s", text)
	}
}

func TestAdmissionsPage(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	h.says(b.get("/admissions"), "Nog geen toelating")
	days := []string{"from-day", "1", "from-month", "1", "from-year", "2027", "until-day", "31", "until-month", "12", "until-year", "2027"}
	for _, wrong := range [][]string{{"kind", "friend", "name", "A", "number", "1"}, {"kind", "self", "name", "", "number", "1"}, {"kind", "self", "name", "A", "number", "\x00"}} {
		if got := b.post("/admissions", append(wrong, days...)...); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%q gave %d", wrong, got.status)
		}
	}
	if got := b.post("/admissions", append([]string{"kind", "partner", "name", "Buro", "number", "NAU-7"}, days...)...); got.status != http.StatusSeeOther {
		t.Fatalf("adding gave %d: %s", got.status, got.Find(".problems").Text())
	}
	page := b.get("/admissions")
	h.says(page, "Buro", "NAU-7", "31 december 2027")
	action := page.Find(`form[action$="/end"]`).AttrOr("action", "")
	if got := b.post(action); got.status != http.StatusSeeOther {
		t.Errorf("ending gave %d", got.status)
	}
	h.says(b.get("/admissions"), "Nog geen toelating")
}

// TestCoachMovesAStep, and the member reads it; a client never does.
func TestCoachMovesAStep(t *testing.T) {
	h := newHouse(t)
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "progress")
	els := h.signedIn(members.RoleCoach)
	path := "/caseload/" + h.actors[members.RoleMember].Member.String() + "/progress"
	if got := els.post(path+"/steps", "workstep", "director"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a strange step gave %d", got.status)
	}
	if got := els.post(path+"/steps", "workstep", string(coaching.WorkshopStep), "why", "Rustig beginnen."); got.status != http.StatusSeeOther {
		t.Fatalf("moving gave %d: %s", got.status, got.Find(".problems").Text())
	}
	h.says(els.get(path), "Eigen werkplaats", "Rustig beginnen.")
	h.says(h.signedIn(members.RoleMember).get("/progress"), "Eigen werkplaats", "Rustig beginnen.", "tot en met deze stap")
	member := h.signedIn(members.RoleMember)
	if n := member.get("/progress").Find(`form[action$="/steps"]`).Length(); n != 0 {
		t.Error("the member has the form of the coach")
	}
	if text := h.signedIn(members.RoleClient).get("/gigs/" + h.gig.String()).Find("main").Text(); strings.Contains(text, "werkplaats") {
		t.Errorf("the client reads %s", text)
	}
}

func (h *house) error(query string) error {
	_, err := h.db.Exec(h.t.Context(), query)
	return err
}
