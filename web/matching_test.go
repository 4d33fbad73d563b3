package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"meent/matching"
	"meent/members"
	locales "meent/web/words"
)

// TestHowMeentChooses: everybody reads it, from the weights of now; a coordinator sees
// what others would change, and changes them with a reason.
func TestHowMeentChooses(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	for _, kind := range members.RoleKinds() {
		if got := h.signedIn(kind).get("/matching"); got.status != http.StatusOK || !strings.Contains(got.Text(), "150 van 300") {
			t.Errorf("a %s reads %d", kind, got.status)
		}
	}
	form := []string{"version", "2", "fit", "100", "growth", "0", "near", "150", "calm", "90", "room", "60", "known", "30", "fair", "200"}
	if got := office.post("/matching/weights", append(form, "do", "preview")...); got.status != http.StatusOK || got.Find("#preview").Length() != 1 {
		t.Errorf("the preview: %d", got.status)
	}
	for _, tt := range []struct{ name, fit, why, at string }{{"no reason", "100", "", "why"}, {"no number", "veel", "Zo besloten.", "fit"}, {"too much", "1001", "Zo besloten.", "fit"}} {
		wrong := append(slices.Clone(form), "why", tt.why)
		wrong[3] = tt.fit
		got := office.post("/matching/weights", wrong...)
		if got.status != http.StatusUnprocessableEntity || got.Find(".problems a").Length() != 1 || got.Find(`.problems a[href="#`+tt.at+`"]`).Length() != 1 {
			t.Errorf("%s: %d, %s", tt.name, got.status, got.Find(".problems").Text())
		}
	}
	if got := office.post("/matching/weights", append(form, "do", "save", "why", "De vergadering besloot het.")...); got.location != "/matching" {
		t.Errorf("saved: %d %s", got.status, got.location)
	}
	if got := office.get("/matching"); !strings.Contains(got.Text(), "50 van 100") || !strings.Contains(got.Text(), "Versie 3") {
		t.Error("the page does not follow the weights")
	}
	if got := office.get("/matching/weights"); !strings.Contains(got.Text(), "De vergadering besloot het.") {
		t.Error("the decision is not kept")
	}
}

// TestEveryRuleIsPublished: each rule that is judged has its sentence on the page, in
// both languages.
func TestEveryRuleIsPublished(t *testing.T) {
	h := newHouse(t)
	book, err := locales.Load()
	h.must(err)
	member := h.signedIn(members.RoleMember)
	for _, locale := range []members.Locale{members.Dutch, members.English} {
		member.post("/language", "language", string(locale), "back", "/matching")
		text := member.get("/matching").Text()
		say := book.In(locale)
		for _, rule := range matching.Rules() {
			key := "rule." + string(rule)
			if sentence := say.With(key, nil); sentence == key || !strings.Contains(text, sentence) {
				t.Errorf("%s: %s is not published", locale, rule)
			}
		}
	}
}
