package main

import (
	"testing"

	"meent/members"
	"meent/payments"
)

// officeActs lets coordinators change settings and propose legal figures: the
// first of the demo one, and somebody else another.
func (h *testHouse) officeActs(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	money := payments.New(h.db, nil, people, nil, h.now, nil)
	first := h.actor(t, members.RoleCoordinator)
	settings, err := people.Settings(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	settings.TrialDays, settings.WorkForms = 60, members.WorkForms()[:2]
	if err := people.ChangeSettings(t.Context(), first, settings, "De leden stemden daarvoor op 20 november."); err != nil {
		t.Fatal(err)
	}
	day := payments.Day("2027-01-01")
	for _, one := range h.everyone {
		if one.Role.Kind != members.RoleCoordinator {
			continue
		}
		by, err := people.Actor(t.Context(), one.Person, one.Role.ID)
		if err != nil {
			t.Fatal(err)
		}
		n := payments.NewFigure{Kind: payments.AdultMinimumWage, Amount: 1525, From: day, Until: day.AddMonths(5), Source: "Een voorbeeld van een bron"}
		if err := money.ProposeFigure(t.Context(), by, n); err != nil {
			t.Fatal(err)
		}
		day = day.AddMonths(6)
	}
}
