package coaching_test

import (
	"errors"
	"sync"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestCoachHandsOverFirst: who follows somebody cannot stop.
func TestCoachHandsOverFirst(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, els, bob := h.actor(c, "anna", members.RoleMember), h.actor(c, "els", members.RoleCoach), h.actor(c, "bob", members.RoleCoach)
	jan := h.actor(c, "jan", members.RoleCoordinator)
	const why = "Els gaat met pensioen."
	if err := h.Assign(t.Context(), jan, anna.Member, els.Role); err != nil {
		t.Fatal(err)
	}
	if err := h.EndStaff(t.Context(), jan, els.Role, why); !errors.Is(err, coaching.ErrFollows) {
		t.Errorf("a coach who follows somebody stopped: %v", err)
	}
	if err := h.Assign(t.Context(), jan, anna.Member, bob.Role); !errors.Is(err, coaching.ErrHasCoach) {
		t.Errorf("a member whom somebody follows went to another: %v", err)
	}
	if err := h.Reassign(t.Context(), jan, anna.Member, bob.Role, why); err != nil {
		t.Fatal(err)
	}
	if err := h.EndStaff(t.Context(), jan, els.Role, why); err != nil {
		t.Fatal(err)
	}
	if err := h.Reassign(t.Context(), jan, anna.Member, els.Role, why); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who stopped follows again: %v", err)
	}
	sizes, err := h.Caseloads(t.Context(), jan)
	if err != nil || len(sizes) != 1 || sizes[0].Role != bob.Role {
		t.Errorf("the caseloads are %+v, %v", sizes, err)
	}
}

// TestNobodyIsLeftBehind: a coach who stops while a member comes to them keeps
// no member, or does not stop.
func TestNobodyIsLeftBehind(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Een", "Twee", "Drie", "Vier", "Vijf"} {
		c := h.cooperative(name)
		anna, els, jan := h.actor(c, "anna"+name, members.RoleMember), h.actor(c, "els"+name, members.RoleCoach), h.actor(c, "jan"+name, members.RoleCoordinator)
		var assigned, ended error
		var both sync.WaitGroup
		both.Go(func() { assigned = h.Assign(t.Context(), jan, anna.Member, els.Role) })
		both.Go(func() { ended = h.EndStaff(t.Context(), jan, els.Role, "Els gaat weg.") })
		both.Wait()
		if (assigned == nil) == (ended == nil) {
			t.Errorf("%s: assigning gave %v, ending %v", name, assigned, ended)
		}
	}
}
