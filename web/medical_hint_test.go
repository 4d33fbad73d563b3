package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// looksAgain sends a text that looks medical: it is shown again, nothing is kept,
// and the hint's own button keeps it.
func (b *browser) looksAgain(path string, kept func() int, fields ...string) {
	b.h.t.Helper()
	before := kept()
	got := b.post(path, fields...)
	if hint := got.Find("form #medical"); got.status != http.StatusUnprocessableEntity || hint.Length() != 1 || !strings.Contains(hint.Text(), "huisarts") || kept() != before {
		b.h.t.Fatalf("%s gave %d with %d hints, %d are kept:\n%s", path, got.status, hint.Length(), kept()-before, got.Find("main").Text())
	}
	to, hidden := got.button("Zo bewaren")
	if to != path {
		b.h.t.Errorf("the button goes to %s, not %s", to, path)
	}
	// what a browser sends of that form: what is typed in it, and the button
	for i := 0; i < len(fields); i += 2 {
		if fields[i] != "do" {
			hidden = append(hidden, fields[i], fields[i+1])
		}
	}
	if got := b.post(path, hidden...); got.status != http.StatusSeeOther || kept() != before+1 {
		b.h.t.Errorf("%s the second time gave %d, %d are kept:\n%s", path, got.status, kept()-before, got.Find("main").Text())
	}
}

// counts how many rows a query gives.
func (h *house) counts(query string) func() int {
	return func() (n int) {
		h.t.Helper()
		h.must(h.db.QueryRow(h.t.Context(), query).Scan(&n))
		return n
	}
}

// TestMedicalWordsInGoalsAndAgreements: of the member and of the coach.
func TestMedicalWordsInGoalsAndAgreements(t *testing.T) {
	h := newHouse(t)
	coach, member := h.signedIn(members.RoleCoach), h.signedIn(members.RoleMember)
	h.letCoach(members.ProgressScope)
	at := "/caseload/" + h.actors[members.RoleMember].Member.String()
	goals, steps, rails := h.counts(`SELECT count(*) FROM coaching.goal`), h.counts(`SELECT count(*) FROM coaching.goal_step`), h.counts(`SELECT count(*) FROM coaching.guard_rail`)
	member.looksAgain("/progress/goals", goals, "text", "Naar de huisarts gaan")
	coach.looksAgain(at+"/progress/goals", goals, "text", "De huisarts bellen")
	_, err := h.coaching.MakeGoal(t.Context(), h.actors[members.RoleMember], h.actors[members.RoleMember].Member, coaching.NewGoal{Text: "Op tijd komen"})
	h.must(err)
	goal, _ := coach.get(at + "/progress").button("Toevoegen")
	if goal == "" {
		goal = coach.get(at+"/progress").Find(`form:has(button[value="add"])`).AttrOr("action", "")
	}
	coach.looksAgain(goal, steps, "do", "add", "text", "Vrijdag de huisarts bellen")
	review := []string{"review-day", "24", "review-month", "5", "review-year", "2027", "reason", "Dat zei de huisarts."}
	member.looksAgain("/coach/rails", rails, append(review, "kind", "no_nights")...)
	coach.looksAgain(at+"/rails", rails, append(review, "kind", "not_alone")...)
}

// TestMedicalWordsOfAHandOver, by the coach who hands over.
func TestMedicalWordsOfAHandOver(t *testing.T) {
	h := newHouse(t)
	bob := h.colleague("bob")
	coach := h.signedIn(members.RoleCoach)
	fields := proposal(bob, "1", "12", "2026")
	for i := range fields {
		if fields[i] == "Ik verhuis." {
			fields[i] = "Hij ging naar de huisarts."
		}
	}
	coach.looksAgain("/caseload/"+h.actors[members.RoleMember].Member.String()+"/handover", h.counts(`SELECT count(*) FROM coaching.handover`), fields...)
}

// TestMedicalWordsOfAStatement: those typed now, and all of them before signing.
func TestMedicalWordsOfAStatement(t *testing.T) {
	h := newHouse(t)
	coach := h.signedIn(members.RoleCoach)
	h.helped("Hij belde over zijn medicijnen.", 2)
	path := h.beginStatement(coach)
	coach.looksAgain(path+"/summary", h.counts(`SELECT count(*) FROM coaching.statement WHERE summary IS NOT NULL`), "summary", "Naar de huisarts geweest.")
	page := coach.get(path)
	if text := page.Find("main").Text(); !strings.Contains(text, "Deze woorden lijken medisch") || strings.Count(page.Find(".tags").Text(), "medicijnen") != 1 || !strings.Contains(page.Find(".tags").Text(), "huisarts") {
		t.Errorf("before signing the words are %q:\n%s", page.Find(".tags").Text(), text)
	}
	h.expect(coach.post(path+"/sign", "hash", page.Find(`input[name="hash"]`).AttrOr("value", "")), http.StatusSeeOther)
}

// TestMedicalWordsOfAnOffer that the coach holds back.
func TestMedicalWordsOfAnOffer(t *testing.T) {
	h := newHouse(t)
	path := h.coachSees()
	coach := h.signedIn(members.RoleCoach)
	_, hold, field := h.waiting(coach, path)
	coach.looksAgain(hold, h.counts(`SELECT count(*) FROM matching.offer WHERE held_why IS NOT NULL`), field, "Die dag gaat zij naar de huisarts.")
}
