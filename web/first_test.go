package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"meent/members"
	"meent/payments"
)

// founding is the form of the first page.
func founding(code string, change ...string) []string {
	return append([]string{"code", code, "name", "Waalkracht", "person", "Noor Bakker", "email", "noor@meent.example"}, change...)
}

func TestFirstCooperative(t *testing.T) {
	h := newEmptyHouse(t)
	b := h.browser()
	if got := b.get("/"); got.location != "/first" {
		t.Fatalf("the first page of an empty house gave %d, to %q", got.status, got.location)
	}
	page := b.get("/first")
	if page.status != http.StatusOK || strings.Contains(page.body, h.firstCode) {
		t.Errorf("the page gave %d, or tells its code", page.status)
	}
	got := b.post("/first", founding(" "+strings.ToLower(strings.ReplaceAll(h.firstCode, "-", " ")))...)
	if got.status != http.StatusCreated || !strings.Contains(got.Find("h1").Text(), "Waalkracht is er") {
		t.Fatalf("making it gave %d:\n%s", got.status, got.Find("main").Text())
	}
	for _, again := range []answer{b.get("/first"), b.post("/first", founding(h.firstCode)...), b.post("/first", founding("x")...)} {
		if again.status != http.StatusNotFound {
			t.Errorf("afterwards the page gives %d", again.status)
		}
	}
	if got := b.get("/"); got.status != http.StatusOK {
		t.Errorf("/ gives %d", got.status)
	}
	list, err := h.members.Cooperatives(t.Context())
	h.must(err)
	var beforehand string
	h.must(h.db.QueryRow(t.Context(), `SELECT deposit FROM payments.policy WHERE cooperative_id = $1`, list[0].ID).Scan(&beforehand))
	if beforehand != string(payments.HouseholdsAndNew) {
		t.Errorf("it asks %q beforehand", beforehand)
	}
	code, _ := b.ask("noor@meent.example")
	if got := b.post("/signin/code", "code", code); got.location != "/home" || !strings.Contains(b.get("/home").body, "Waalkracht vandaag") {
		t.Errorf("the coordinator cannot come in: %d", got.status)
	}
}

func TestFirstRefuses(t *testing.T) {
	h := newEmptyHouse(t)
	b := h.browser()
	for _, tt := range []struct {
		field, says string
		form        []string
	}{
		{"code", "klopt niet", founding("")},
		{"code", "klopt niet", founding("AAAA-AAAA-AAAA-AAAA", "name", "")},
		{"code", "klopt niet", founding(h.firstCode + "A")},
		{"code", "klopt niet", founding("\xff\xff")},
		{"code", "klopt niet", founding(strings.Repeat("A", 60_000))},
		{"name", "Vul het in", []string{"code", h.firstCode, "person", "Noor", "email", "noor@meent.example"}},
		{"person", "Vul het in", []string{"code", h.firstCode, "name", "W", "email", "noor@meent.example"}},
		{"email", "geen e-mailadres", []string{"code", h.firstCode, "name", "W", "person", "Noor", "email", "noor"}},
	} {
		got := b.post("/first", tt.form...)
		if got.status != http.StatusUnprocessableEntity || got.Find(".wrong").Length() != 1 || !strings.Contains(got.Find("#"+tt.field+"-wrong").Text(), tt.says) {
			t.Errorf("%.60q gave %d: %s", tt.form, got.status, got.Find(".wrong").Text())
		}
	}
	if founded, err := h.members.Founded(t.Context()); err != nil || founded {
		t.Errorf("a refused form founded something: %v", err)
	}
	if strings.Contains(h.log.String(), h.firstCode) {
		t.Error("a request left the code in the log")
	}
}

// TestFirstGuesses: nobody tries codes as fast as they can.
func TestFirstGuesses(t *testing.T) {
	h := newEmptyHouse(t)
	b := h.browser()
	for range 40 {
		b.post("/first", founding("AAAA-AAAA-AAAA-AAAA")...)
	}
	if got := b.post("/first", founding(h.firstCode)...); got.status != http.StatusTooManyRequests {
		t.Errorf("after forty guesses the next gave %d", got.status)
	}
}

// TestFirstAtOnce: of several who press at the same moment one makes it.
func TestFirstAtOnce(t *testing.T) {
	h := newEmptyHouse(t)
	var all sync.WaitGroup
	statuses := make([]int, 6)
	for i := range statuses {
		b := h.browser()
		all.Go(func() {
			statuses[i] = b.post("/first", founding(h.firstCode, "name", "Waalkracht")...).status
		})
	}
	all.Wait()
	made := 0
	for _, status := range statuses {
		switch status {
		case http.StatusCreated:
			made++
		case http.StatusNotFound:
		default:
			t.Errorf("one got %d", status)
		}
	}
	list, err := h.members.Cooperatives(t.Context())
	if err != nil || made != 1 || len(list) != 1 {
		t.Errorf("%d made it, %d are there, %v", made, len(list), err)
	}
}

// TestFirstIsNotThere where there is a cooperative.
func TestFirstIsNotThere(t *testing.T) {
	h := newHouse(t)
	for _, b := range []*browser{h.browser(), h.signedIn(members.RoleCoordinator)} {
		for _, got := range []answer{b.get("/first"), b.post("/first", founding(h.firstCode, "name", "Ander")...)} {
			if got.status != http.StatusNotFound {
				t.Errorf("the page gives %d", got.status)
			}
		}
	}
	if got := h.browser().get("/"); got.status != http.StatusOK {
		t.Errorf("/ gives %d", got.status)
	}
}
