package web_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"meent/internal/retention"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
	"meent/web"
	locales "meent/web/words"
)

// TestAlgorithmEntry: everybody reads it; the file has the fields of the standard, in Dutch
// whoever asks, no longer than they may be, and what is the cooperative's to say is empty.
// It follows the weights.
func TestAlgorithmEntry(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	for _, kind := range members.RoleKinds() {
		b := h.signedIn(kind)
		if got := b.get("/matching/register"); got.status != http.StatusOK || got.Find("#document section").Length() < 20 || (got.Find(`a[href="/matching/dpia"]`).Length() > 0) != (kind == members.RoleCoordinator) {
			t.Errorf("a %s reads %d with %d parts", kind, got.status, got.Find("#document section").Length())
		}
	}
	office.post("/language", "language", string(members.English), "back", "/matching")
	h.must(h.matching.ChangeWeights(t.Context(), h.actors[members.RoleCoordinator], engine.Weights{Version: 2, Of: [7]int{300, 80, 150, 90, 60, 30, 999}}, "Zo besloten."))
	got, file := office.get("/matching/register/json"), map[string]any{}
	h.must(json.Unmarshal([]byte(got.body), &file))
	want := []string{"category", "contact_email", "description_short", "goal", "human_intervention", "impacttoetsen", "lang", "methods_and_models", "name", "organization",
		"proportionality", "provider", "publication_category", "risks", "source_data", "standard_version", "status", "tags"}
	if keys := slices.Sorted(maps.Keys(file)); !slices.Equal(keys, want) {
		t.Errorf("fields %v", keys)
	}
	for field, text := range map[string]any{"contact_email": "", "publication_category": "", "organization": "Waalkracht", "lang": "nld", "standard_version": "1.0", "status": "In gebruik", "name": "Leden vragen voor werk"} {
		if file[field] != text {
			t.Errorf("%s is %q, want %q", field, file[field], text)
		}
	}
	if category, ok := file["category"].([]any); !ok || len(category) != 1 || category[0] != "Werk" {
		t.Errorf("category %v", file["category"])
	}
	for _, f := range web.AlgorithmFields() {
		if text, ok := file[f.Name].(string); ok && utf8.RuneCountInString(text) > f.Most || ok && text == "" && !f.Open {
			t.Errorf("%s has %d characters, of %d", f.Name, utf8.RuneCountInString(text), f.Most)
		}
	}
	if text := file["methods_and_models"].(string); !strings.Contains(text, "hoogstens 999 punten") || !strings.Contains(text, "versie 3") || !strings.Contains(text, "geen lerend systeem") {
		t.Errorf("how it works:\n%s", text)
	}
	if got := office.get("/matching/register/md"); got.status != http.StatusOK || !strings.HasPrefix(got.body, "# Text for the algorithm register\n") || !strings.Contains(got.body, "| 999 |") {
		t.Errorf("the text: %d\n%s", got.status, got.body)
	}
}

// TestEverythingThatCountsIsPublished: each rule, weight, datum and period has its words in
// the entry and in the text to begin a DPIA with, in both languages.
func TestEverythingThatCountsIsPublished(t *testing.T) {
	h := newHouse(t)
	book, err := locales.Load()
	h.must(err)
	office := h.signedIn(members.RoleCoordinator)
	for _, locale := range []members.Locale{members.Dutch, members.English} {
		office.post("/language", "language", string(locale), "back", "/matching")
		say := book.In(locale)
		for _, path := range []string{"/matching/register", "/matching/dpia"} {
			text := office.get(path).Find("#document").Text()
			for _, key := range countingKeys() {
				if sentence := say.With(key, nil); sentence == key || !strings.Contains(text, sentence) {
					t.Errorf("%s %s: %s is not there", locale, path, key)
				}
			}
		}
	}
}

// countingKeys are the words of all that counts.
func countingKeys() (keys []string) {
	for _, rule := range matching.Rules() {
		keys = append(keys, "rule."+string(rule))
	}
	for _, kind := range matching.PointKinds() {
		keys = append(keys, "matching.kind."+string(kind), "matching.how."+string(kind))
	}
	for _, s := range matching.Sources() {
		keys = append(keys, "algorithm.datum."+string(s.Datum))
		for _, name := range s.Kept() {
			keys = append(keys, "kept.what."+string(name))
		}
	}
	return append(keys, "kept.what."+string(retention.Offers), "kept.what."+string(retention.Whys), "algorithm.class.personal", "algorithm.class.sensitive")
}

// TestDPIAIsABegin: for the office alone; it says that it is a start, asks what only the
// cooperative can answer, and beside every risk something is left to fill in.
func TestDPIAIsABegin(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	got := office.get("/matching/dpia")
	text := got.Find("main").Text()
	if got.status != http.StatusOK || !strings.Contains(text, "nog geen DPIA") || strings.Count(text, "Nog in te vullen.") < 6+8 {
		t.Errorf("%d, %d times to fill in", got.status, strings.Count(text, "Nog in te vullen."))
	}
	for _, want := range []string{"Dan leest een coördinator hoeveel leden elke regel tegenhoudt.", "één verandering die minstens vijf leden helpt"} {
		if !strings.Contains(text, want) {
			t.Errorf("who reads what does not say %q", want)
		}
	}
	if got := office.get("/matching/dpia/md"); got.status != http.StatusOK || !strings.Contains(got.body, "## Risico's en maatregelen\n") || !strings.Contains(got.header.Get("Content-Disposition"), "dpia.md") {
		t.Errorf("%d\n%s", got.status, got.body)
	}
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoach} {
		for _, path := range []string{"/matching/dpia", "/matching/dpia/md"} {
			if got := h.signedIn(kind).get(path); got.status != http.StatusForbidden {
				t.Errorf("a %s reads %s: %d", kind, path, got.status)
			}
		}
	}
}
