package jobs_test

import (
	"errors"
	"slices"
	"testing"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// TestPlaceByName finds a place by what people type.
func TestPlaceByName(t *testing.T) {
	h := newHouse(t)
	for typed, want := range map[string]string{
		"Arnhem": "Arnhem", "arnhem": "Arnhem", "ARNHEM": "Arnhem", "Beek (Montferland)": "Beek",
	} {
		gig := h.gig()
		gig.PlaceCode, gig.Place = "", typed
		found, err := h.Gig(t.Context(), h.client, h.post(h.client, gig))
		if err != nil || found.PlaceName != want {
			t.Errorf("%q became %q, %v", typed, found.PlaceName, err)
		}
	}
}

// TestOwnPlaceOfSeveral: where places share a name, the client's own is meant.
func TestOwnPlaceOfSeveral(t *testing.T) {
	h := newHouse(t)
	if _, err := h.db.Exec(t.Context(), `UPDATE members.client SET place_code = 'beek-montferland' WHERE id = $1`, h.client.Client); err != nil {
		t.Fatal(err)
	}
	gig := h.gig()
	gig.PlaceCode, gig.Place = "", "Beek"
	var code string
	err := h.db.QueryRow(t.Context(), `SELECT place_code FROM jobs.gig WHERE id = $1`, h.post(h.client, gig)).Scan(&code)
	if err != nil || code != "beek-montferland" {
		t.Errorf("the gig is in %q, %v", code, err)
	}
}

func TestPlaceNamesAreNear(t *testing.T) {
	h := newHouse(t)
	for name, by := range map[string]members.Actor{"client": h.client, "coordinator": h.coordinator} {
		names, err := h.PlaceNames(t.Context(), by)
		if err != nil || !slices.Contains(names, "Arnhem") || slices.Contains(names, "Amsterdam") || len(names) > 100 {
			t.Errorf("the %s is offered %d places, %v", name, len(names), err)
		}
	}
	for name, by := range map[string]members.Actor{"member": h.member, "coordinator elsewhere": h.otherOffices, "nobody": {}} {
		if names, err := h.PlaceNames(t.Context(), by); err != nil || len(names) != 0 {
			t.Errorf("the %s is offered %d places, %v", name, len(names), err)
		}
	}
}

func TestSkillGroupsHoldTheVocabulary(t *testing.T) {
	h := newHouse(t)
	groups, err := h.SkillGroups(t.Context())
	all, err2 := members.Skills()
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, group := range groups {
		n += len(group.Skills)
		if group.Label(members.Dutch) == "" || group.Label(members.English) == "" {
			t.Errorf("%s has no name", group.Code)
		}
	}
	if n != len(all) || len(groups) < 10 {
		t.Errorf("%d groups with %d skills, want %d", len(groups), n, len(all))
	}
}

// TestCheckSaysWhatPostWould, and writes nothing.
func TestCheckSaysWhatPostWould(t *testing.T) {
	h := newHouse(t)
	gig := h.gig()
	if err := h.Check(t.Context(), h.client, gig); err != nil {
		t.Errorf("a lawful gig gave %v", err)
	}
	gig.Client = jobs.NewGig{}.Client
	var problems check.Problems
	if err := h.Check(t.Context(), h.coordinator, gig); !errors.As(err, &problems) || !has(problems, "client", "missing") {
		t.Errorf("no client gave %v", err)
	}
	if err := h.Check(t.Context(), h.client, gig); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no client of a contact gave %v", err)
	}
	if err := h.Check(t.Context(), h.rival, h.gig()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another's client gave %v", err)
	}
	var written int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.gig`).Scan(&written); err != nil || written != 0 {
		t.Errorf("%d gigs were written, %v", written, err)
	}
}
