package members_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"meent/internal/check"
	"meent/members"
)

func TestMunicipality(t *testing.T) {
	h := newHouse(t)
	noor, far := h.noor(h.cooperative("Waalkracht")), h.noor(h.cooperative("Weidewerk"))
	anna := h.member(noor.Cooperative, email)
	add := func(by members.Actor, name string) error {
		return h.AddMunicipality(t.Context(), by, members.NewMunicipality{Name: name, ConsentFirst: true, Contact: " Loket 2 "})
	}
	for name, want := range map[string]string{"": "missing", "Atlantis": "unknown_municipality", strings.Repeat("x", 81): "too_long"} {
		var problems check.Problems
		if err := add(noor, name); !errors.As(err, &problems) || problems[0].Field != "name" || problems[0].Rule != want {
			t.Errorf("%.10q gave %v, want %s", name, err, want)
		}
	}
	if err := add(anna, "Nijmegen"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member adds one: %v", err)
	}
	var all sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		all.Go(func() { results[i] = add(noor, " nijMEGEN ") })
	}
	all.Wait()
	won := 0
	for _, err := range results {
		var problems check.Problems
		switch {
		case err == nil:
			won++
		case !errors.As(err, &problems) || problems[0].Rule != "there_already":
			t.Errorf("one of many gave %v", err)
		}
	}
	list, err := h.Municipalities(t.Context(), noor)
	if err != nil || won != 1 || len(list) != 1 || list[0].Name != "Nijmegen" || !list[0].ConsentFirst || list[0].Contact != "Loket 2" {
		t.Fatalf("%d won; the list is %+v, %v", won, list, err)
	}
	if others, err := h.Municipalities(t.Context(), anna); err != nil || len(others) > 0 {
		t.Errorf("a member reads %+v, %v", others, err)
	}
	for who, by := range map[string]members.Actor{"the far office": far, "a member": anna} {
		if err := h.EndMunicipality(t.Context(), by, list[0].ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s ends it: %v", who, err)
		}
	}
	if err := h.EndMunicipality(t.Context(), noor, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := h.EndMunicipality(t.Context(), noor, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("ending it again gave %v", err)
	}
	if err := add(noor, "Nijmegen"); err != nil {
		t.Errorf("adding it again gave %v", err)
	}
}
