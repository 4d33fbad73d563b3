package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// settingsForm is the form as it stands in the page, with some fields changed.
func settingsForm(got answer, change ...string) (fields []string) {
	changed := map[string]bool{}
	for i := 0; i < len(change); i += 2 {
		changed[change[i]] = true
	}
	for _, name := range []string{"version", "name", "contribution", "rate", "notice", "late", "trial"} {
		if !changed[name] {
			fields = append(fields, name, got.Find(`[name="`+name+`"]`).AttrOr("value", ""))
		}
	}
	for _, box := range got.Find(`input[name="forms"][checked]`).EachIter() {
		if !changed["forms"] {
			fields = append(fields, "forms", box.AttrOr("value", ""))
		}
	}
	if !changed["public"] && got.Find(`#public-yes[checked]`).Length() == 1 {
		fields = append(fields, "public", "yes")
	}
	return append(fields, change...)
}

func TestSettingsPage(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	got := b.get("/settings")
	if got.Find("#contribution").AttrOr("value", "") != "10" || got.Find(`input[name="forms"][checked]`).Length() != 5 {
		t.Fatalf("the form is not filled:\n%s", got.Find("main").Text())
	}
	sent := b.post("/settings", settingsForm(got, "contribution", "12,5", "trial", "1", "forms", "posted_employee", "why", "De leden stemden <b>zo</b>.")...)
	if sent.status != http.StatusSeeOther || sent.location != "/settings" {
		t.Fatalf("sending it gave %d:\n%s", sent.status, sent.Find("main").Text())
	}
	got = b.get("/settings")
	for _, words := range []string{"Bewaard", "Bijdrage van de klant: was 10 procent, is nu 12,5 procent", "Proeftijd: was 90 dagen, is nu 1 dag",
		"Uitgezet: Lid als ondernemer, In dienst van een partner, In dienst van de klant, Proefplaatsing", "Waarom: De leden stemden <b>zo</b>.", "Door jou (coördinator)", "24 november 2026, 10.00\u00a0uur"} {
		if !strings.Contains(got.Find("main").Text(), words) {
			t.Errorf("the page does not say %q:\n%s", words, got.Find("main").Text())
		}
	}
	if strings.Contains(got.Find("#history").Parent().Text(), "Naam: was") {
		t.Error("the page tells of a change that nobody made")
	}
	fields := newGigFields("price", "yes")
	delete(fields, "post")
	price := h.signedIn(members.RoleClient).postGig(fields)
	if !strings.Contains(price.Find("main").Text(), "Bijdrage aan de coöperatie, 12,5 procent") {
		t.Errorf("a client reads:\n%s", price.Find("table.price").Text())
	}
}

func TestSettingsPageRefuses(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	page := b.get("/settings")
	for _, tt := range []struct {
		field, says string
		change      []string
	}{
		{"name", "Vul het in", []string{"name", ""}},
		{"name", "al in gebruik", []string{"name", "Noorderhand"}},
		{"rate", "Schrijf een bedrag", []string{"rate", "veel"}},
		{"rate", "Het hoogste bedrag is", []string{"rate", "200,01"}},
		{"contribution", "van 0 tot en met 50", []string{"contribution", "veel"}},
		{"contribution", "van 0 tot en met 50", []string{"contribution", "-1"}},
		{"contribution", "van 0 tot en met 50", []string{"contribution", "€ 5"}},
		{"contribution", "van 0 tot en met 50", []string{"contribution", "50,01"}},
		{"notice", "heel getal", []string{"notice", "1,5"}},
		{"notice", "van 24 tot en met 336", []string{"notice", "337"}},
		{"late", "van 50 tot en met 100", []string{"late", "49,99"}},
		{"late", "van 50 tot en met 100", []string{"late", "100,01"}},
		{"late", "van 50 tot en met 100", []string{"late", "veel"}},
		{"late", "van 50 tot en met 100", []string{"late", ""}},
		{"trial", "Vul het in", []string{"trial", ""}},
		{"trial", "van 1 tot en met 366", []string{"trial", "0"}},
		{"trial", "heel getal", []string{"trial", "99999999999999999999"}},
		{"forms", "Kies een van de antwoorden", []string{"forms", "x"}},
		{"why", "Vul het in", []string{"why", " "}},
		{"why", "passen 500 tekens", []string{"why", strings.Repeat("é", 501)}},
	} {
		change := tt.change
		if tt.field != "why" {
			change = append(change, "why", "Daarom.")
		}
		got := b.post("/settings", settingsForm(page, change...)...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#"+tt.field+"-wrong").Text(), tt.says) {
			t.Errorf("%.20q gave %d: %q, want %q", change, got.status, got.Find("#"+tt.field+"-wrong").Text(), tt.says)
		}
		if got.Find(".wrong").Length() != 1 {
			t.Errorf("%.20q is wrong at %d fields", change, got.Find(".wrong").Length())
		}
	}
	all := b.post("/settings", "version", "1", "name", "", "contribution", "veel", "rate", "0", "notice", "24", "late", "50", "trial", "90")
	if all.Find(".wrong").Length() != 4 || !strings.Contains(all.Find("#forms-wrong").Text(), "minstens één") {
		t.Errorf("of four faults it names %d: %s", all.Find(".wrong").Length(), all.Find(".wrong").Text())
	}
	if again := b.get("/settings"); !strings.Contains(again.Find("main").Text(), "Er is nog niets veranderd") {
		t.Error("a refused form changed something")
	}
}

// TestSettingsChangedMeanwhile: nobody undoes unseen what another just did.
func TestSettingsChangedMeanwhile(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	seen := b.get("/settings")
	for i, want := range []int{http.StatusSeeOther, http.StatusConflict} {
		got := b.post("/settings", settingsForm(seen, "trial", []string{"30", "60"}[i], "why", "Daarom.")...)
		if got.status != want {
			t.Errorf("the %d. gave %d: %s", i+1, got.status, got.Find("h1").Text())
		}
	}
	if got := b.post("/settings", "version", "x"); got.status != http.StatusBadRequest {
		t.Errorf("no version gave %d", got.status)
	}
}
