package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
)

func TestActorFor(t *testing.T) {
	p := newPair(t)
	if _, err := p.ActorFor(t.Context(), p.els, p.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	p.must(p.grant(members.ActForMeScope))
	as, err := p.ActorFor(t.Context(), p.els, p.anna.Member)
	if err != nil || as.Person != p.anna.Person || as.Member != p.anna.Member || as.Kind != members.RoleMember || as.Helper.Person != p.els.Person || as.Helper.Role != p.els.Role {
		t.Fatalf("as %+v, %v", as, err)
	}
	c := p.els.Cooperative
	other, office := p.actor(c, "otto", members.RoleCoach), p.actor(c, "olga", members.RoleCoordinator)
	far := p.actor(p.cooperative("Noorderhand"), "fred", members.RoleCoach)
	for name, by := range map[string]members.Actor{"another coach": other, "the office": office, "elsewhere": far, "the member": p.anna, "who acts already": as} {
		if _, err := p.ActorFor(t.Context(), by, p.anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.Grant(t.Context(), as, members.NewGrant{Grantee: p.els.Role, Scopes: members.Scopes(), Until: "2027-05-24"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a helper gives themselves keys: %v", err)
	}
	restricted := p.els
	restricted.Restriction = members.RestrictionID{1}
	if _, err := p.ActorFor(t.Context(), restricted, p.anna.Member); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("a restricted coach: %v", err)
	}
	p.must(p.Reassign(t.Context(), office, p.anna.Member, other.Role, "Els verhuist naar een andere stad."))
	for name, by := range map[string]members.Actor{"the former": p.els} {
		if _, err := p.ActorFor(t.Context(), by, p.anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s coach: %v", name, err)
		}
	}
	if _, err := p.ActorFor(t.Context(), other, p.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("the new coach has the old key: %v", err)
	}
}
