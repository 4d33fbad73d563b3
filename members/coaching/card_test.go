package coaching_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"meent/members"
)

func TestCardNeedsTheMembersYes(t *testing.T) {
	p := newPair(t)
	if _, err := p.PrintCard(t.Context(), p.els, p.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	if err := p.grant(members.ActForMeScope); err != nil {
		t.Fatal(err)
	}
	c := p.els.Cooperative
	other := p.actor(c, "otto", members.RoleCoach)
	office := p.actor(c, "olga", members.RoleCoordinator)
	far := p.actor(p.cooperative("Noorderhand"), "fred", members.RoleCoach)
	for name, by := range map[string]members.Actor{"another coach": other, "the office": office, "elsewhere": far, "the member": p.anna} {
		if _, err := p.PrintCard(t.Context(), by, p.anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.print()
	mine, err := p.people.Concerning(t.Context(), p.anna.Person)
	if err != nil || len(mine) == 0 || mine[0].What != "card_printed" || mine[0].By != p.els.Person {
		t.Errorf("Concerning = %+v, %v", mine, err)
	}
	reads, _, err := p.people.Reads(t.Context(), p.anna, time.Time{})
	if err != nil || len(reads) != 2 || reads[0].Scope != members.ActForMeScope || reads[0].Refused || !reads[1].Refused {
		t.Errorf("Reads = %+v, %v", reads, err)
	}
}

func (p *pair) print() (secret string) {
	p.t.Helper()
	secret, err := p.PrintCard(p.t.Context(), p.els, p.anna.Member)
	if err != nil {
		p.t.Fatal(err)
	}
	return secret
}

func TestCardWorksOnceAndNotForLong(t *testing.T) {
	p := newPair(t)
	if err := p.grant(members.ActForMeScope); err != nil {
		t.Fatal(err)
	}
	nobody := members.PersonID{}
	use := func(secret string, now members.PersonID) error {
		person, err := p.people.UseCard(t.Context(), secret, now)
		if err == nil && person != p.anna.Person {
			t.Errorf("%v signs in", person)
		}
		return err
	}
	older, newer := p.print(), p.print()
	if err := use(older, nobody); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("an older card gave %v", err)
	}
	if err := use(newer, p.els.Person); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("on the phone of somebody else: %v", err)
	}
	if err := use(newer, nobody); err != nil {
		t.Errorf("the card gave %v", err)
	}
	if err := use(newer, nobody); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("a second time gave %v", err)
	}
	late := p.print()
	p.now = p.now.Add(members.CardLife)
	if err := use(late, nobody); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("too late gave %v", err)
	}
	ended := p.print()
	grants, err := p.people.Grants(t.Context(), p.anna)
	if err != nil || p.people.Revoke(t.Context(), p.anna, grants[0].ID) != nil {
		t.Fatal(err)
	}
	if err := use(ended, nobody); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("after the member took it back: %v", err)
	}
	for _, secret := range []string{"", "none", late + "x"} {
		if err := use(secret, nobody); !errors.Is(err, members.ErrSignInSpent) {
			t.Errorf("%q gave %v", secret, err)
		}
	}
}

func TestCardUsedAtOnce(t *testing.T) {
	p := newPair(t)
	if err := p.grant(members.ActForMeScope); err != nil {
		t.Fatal(err)
	}
	secret := p.print()
	var all sync.WaitGroup
	errs := make([]error, 5)
	for i := range errs {
		all.Go(func() { _, errs[i] = p.people.UseCard(t.Context(), secret, members.PersonID{}) })
	}
	all.Wait()
	used := 0
	for _, err := range errs {
		if err == nil {
			used++
		}
	}
	if used != 1 {
		t.Errorf("%d signed in with one card", used)
	}
}
