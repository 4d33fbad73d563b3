package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestNobodyReadsAFormerMember: keys end with the membership, and who comes back
// gives them again. What is theirs stays theirs to read.
func TestNobodyReadsAFormerMember(t *testing.T) {
	o, bea := buddies(t)
	o.on(bea)
	o.must(o.grant(members.Scopes()...))
	o.must(o.give(bea, "2027-05-24", members.AgendaScope))
	o.goal(o.anna, "Op tijd komen")
	o.must(o.people.MoveMember(t.Context(), o.noor, o.anna.Member, members.Alumni, "Verhuisd."))
	closed := func(when string) {
		t.Helper()
		_, contacts := o.Contacts(t.Context(), o.els, o.anna.Member, coaching.ContactID{})
		_, _, profile := o.Profile(t.Context(), o.els, o.anna.Member)
		_, rails := o.Rails(t.Context(), o.els, o.anna.Member)
		for name, err := range map[string]error{"contacts": contacts, "profile": profile, "rails": rails} {
			if !errors.Is(err, members.ErrNotGranted) {
				t.Errorf("%s, %s: %v", when, name, err)
			}
		}
		if p := o.progress(o.els); len(p.Goals) != 0 {
			t.Errorf("%s the coach reads %+v", when, p.Goals)
		}
		if got := o.sees(o.els); got != "" {
			t.Errorf("%s the coach reads %s", when, got)
		}
	}
	closed("gone")
	if _, _, err := o.BuddyAgenda(t.Context(), bea, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the buddy reads on: %v", err)
	}
	if list, err := o.Buddies(t.Context(), bea); err != nil || len(list) != 0 {
		t.Errorf("the buddy has %+v, %v", list, err)
	}
	if list, err := o.people.Grants(t.Context(), o.anna); err != nil || len(list) != 0 {
		t.Errorf("grants that go on: %+v, %v", list, err)
	}
	if err := o.grant(members.ProgressScope); !errors.Is(err, members.ErrAlumni) {
		t.Errorf("a key of a former member: %v", err)
	}
	if p := o.progress(o.anna); len(p.Goals) != 1 {
		t.Errorf("their own goals: %+v", p.Goals)
	}
	o.must(o.people.MoveMember(t.Context(), o.noor, o.anna.Member, members.OnTrial, ""))
	closed("back")
	o.must(o.grant(members.ProgressScope))
	if p := o.progress(o.els); len(p.Goals) != 1 {
		t.Errorf("with a new key: %+v", p.Goals)
	}
}

// TestStateAloneCloses: a grant that somebody left in the database opens nothing
// of a former member.
func TestStateAloneCloses(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.Scopes()...))
	if _, err := o.db.Exec(t.Context(), `UPDATE members.member SET state = 'alumni', alumni_at = $2, trial_at = NULL, trial_until = NULL WHERE id = $1`, o.anna.Member, o.now); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Contacts(t.Context(), o.els, o.anna.Member, coaching.ContactID{}); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("one: %v", err)
	}
	if got := o.sees(o.els); got != "" {
		t.Errorf("several: %s", got)
	}
	if list, err := o.people.Grants(t.Context(), o.anna); err != nil || len(list) != 0 {
		t.Errorf("listed: %+v, %v", list, err)
	}
}
