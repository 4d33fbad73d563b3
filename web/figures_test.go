package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// secondOffice gives a browser of a coordinator of the other cooperative.
func (h *house) secondOffice() *browser {
	h.t.Helper()
	n := members.NewPerson{Name: "Mens twee", Email: "two.waal@meent.example", Locale: members.Dutch}
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		who, err := h.members.EnsurePersonTx(h.t.Context(), tx, n)
		if err != nil {
			return err
		}
		_, err = h.members.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who, Cooperative: h.far[members.RoleCoordinator].Cooperative, Kind: members.RoleCoordinator})
		return err
	}))
	b := h.browser()
	code, _ := b.ask(n.Email)
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		h.t.Fatalf("signing in gave %d", got.status)
	}
	return b
}

// newFigure is a form that can be sent.
func newFigure(change ...string) []string {
	fields := map[string]string{"kind": "adult_minimum_wage", "amount": "15,20", "from-day": "1", "from-month": "1", "from-year": "2027",
		"until-day": "30", "until-month": "6", "until-year": "2027", "source": "Staatscourant <1>"}
	for i := 0; i < len(change); i += 2 {
		fields[change[i]] = change[i+1]
	}
	var form []string
	for name, value := range fields {
		form = append(form, name, value)
	}
	return form
}

func TestFiguresPage(t *testing.T) {
	h := newHouse(t)
	first, second := h.signedIn(members.RoleCoordinator), h.secondOffice()
	if got := first.get("/figures"); !strings.Contains(got.Find("table").Text(), "€\u00a014,99") || !strings.Contains(got.Find("table").Text(), "staat in Meent zelf") {
		t.Errorf("the page does not list the law:\n%s", got.Find("main").Text())
	}
	if got := first.post("/figures", newFigure()...); got.location != "/figures" {
		t.Fatalf("proposing gave %d:\n%s", got.status, got.Find("main").Text())
	}
	own := first.get("/figures")
	back := own.Find(`form[action$="/back"]`).AttrOr("action", "")
	if own.Find(`form[action$="/approve"]`).Length() != 0 || back == "" || !strings.Contains(own.Find(".card").Text(), "telt nog niet") {
		t.Errorf("whoever proposed it is shown:\n%s", own.Find("main").Text())
	}
	approve := second.get("/figures").Find(`form[action$="/approve"]`).AttrOr("action", "")
	if got := first.post(approve); got.status != http.StatusConflict || !strings.Contains(got.body, "tweede mens") {
		t.Errorf("approving one's own gave %d", got.status)
	}
	if got := second.post(back); got.status != http.StatusNotFound {
		t.Errorf("taking another's back gave %d", got.status)
	}
	if got := second.post(approve); got.location != "/figures" {
		t.Errorf("approving gave %d", got.status)
	}
	if got := second.post(approve); got.status != http.StatusConflict {
		t.Errorf("approving twice gave %d", got.status)
	}
	table := first.get("/figures").Find("table").Text()
	for _, words := range []string{"€\u00a015,20", "1 januari 2027 tot en met 30 juni 2027", "Staatscourant <1>", "voorgesteld door Mens coordinator, goedgekeurd door Mens twee"} {
		if !strings.Contains(table, words) {
			t.Errorf("the table does not say %q:\n%s", words, table)
		}
	}
	if text := first.get("/deeds").Find("main").Text(); !strings.Contains(text, "Minimumloon vanaf 21 jaar: €\u00a015,20, 1 januari 2027") || !strings.Contains(text, "bedrag is voorgesteld") {
		t.Errorf("the log says:\n%s", text)
	}
	if text := second.get("/deeds").Find("main").Text(); !strings.Contains(text, "bedrag is goedgekeurd") {
		t.Errorf("the log of who approved says:\n%s", text)
	}
}

func TestFigureIsTakenBack(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	b.post("/figures", newFigure()...)
	back := b.get("/figures").Find(`form[action$="/back"]`).AttrOr("action", "")
	if got := b.post(back); got.location != "/figures" {
		t.Fatalf("taking back gave %d", got.status)
	}
	if text := b.get("/figures").Find("main").Text(); strings.Contains(text, "15,20") {
		t.Errorf("it still stands there:\n%s", text)
	}
	if got := b.post(back); got.status != http.StatusConflict {
		t.Errorf("taking back twice gave %d", got.status)
	}
	for _, path := range []string{"/figures/17/back", "/figures/" + h.gig.String() + "/approve", "/figures/%ff/approve"} {
		if got := b.post(path); got.status != http.StatusNotFound {
			t.Errorf("%s gave %d", path, got.status)
		}
	}
}

func TestFiguresPageRefuses(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator)
	for _, tt := range []struct {
		field, says string
		change      []string
	}{
		{"kind", "Kies een", []string{"kind", "tax"}},
		{"amount", "Vul het in", []string{"amount", ""}},
		{"amount", "Schrijf een bedrag", []string{"amount", "veel"}},
		{"amount", "hoogste bedrag", []string{"amount", "1520"}},
		{"from", "bestaat niet", []string{"from-day", "31", "from-month", "2"}},
		{"from", "geldt al een bedrag", []string{"from-month", "7", "from-year", "2026"}},
		{"until", "vóór de eerste dag", []string{"until-year", "2026"}},
		{"until", "te ver weg", []string{"until-year", "2050"}},
		{"source", "Vul het in", []string{"source", ""}},
	} {
		got := b.post("/figures", newFigure(tt.change...)...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#"+tt.field+"-wrong").Text(), tt.says) || got.Find(".wrong").Length() != 1 {
			t.Errorf("%q gave %d: %q", tt.change, got.status, got.Find(".wrong").Text())
		}
	}
	if text := b.get("/figures").Find("main").Text(); strings.Contains(text, "Staatscourant") {
		t.Error("a refused form proposed something")
	}
}
