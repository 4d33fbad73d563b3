package coaching_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

func (o *office) standIn(colleague members.Actor, from, until members.Day) error {
	return o.NameStandIn(o.t.Context(), o.els, coaching.NewStandIn{Colleague: colleague.Role, All: true, From: from, Until: until})
}

func (o *office) at(day members.Day, hour int) {
	o.t.Helper()
	at, err := time.Parse(time.DateOnly, string(day))
	o.must(err)
	o.now = time.Date(at.Year(), at.Month(), at.Day(), hour, 0, 0, 0, time.UTC)
}

func (o *office) give(to members.Actor, until members.Day, scopes ...members.Scope) error {
	return o.Grant(o.t.Context(), o.anna, members.NewGrant{Grantee: to.Role, Scopes: scopes, Until: until})
}

// wants checks that the error is these problems.
func wants(t *testing.T, name string, err error, want string) {
	t.Helper()
	var problems check.Problems
	if !errors.As(err, &problems) || problems.Error() != want {
		t.Errorf("%s: %v, want %s", name, err, want)
	}
}

// TestStandInForSomeDays: name and place, questions and reports on those days,
// and the rest by keys that end with them.
func TestStandInForSomeDays(t *testing.T) {
	o := newOffice(t)
	o.note(coaching.OfferSent, o.now, newRef())
	question := o.ask(o.anna, "Waar is de sleutel?")
	o.must(o.standIn(o.bob, "2026-11-26", "2026-12-02"))
	if _, err := o.Member(t.Context(), o.bob, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("before the first day: %v", err)
	}
	helpers, err := o.Helpers(t.Context(), o.anna)
	if err != nil || len(helpers) != 2 || helpers[0].Name != "els" || helpers[1].Name != "bob" || helpers[1].Until != "2026-12-02" || !helpers[1].StandIn {
		t.Errorf("Anna's helpers are %+v, %v", helpers, err)
	}
	wants(t, "longer than they stand in", o.give(o.bob, "2026-12-03", members.OffersScope), "check: until: day_too_far")
	o.must(o.give(o.bob, "2026-12-02", members.OffersScope))
	if got := o.sees(o.bob); got != members.ErrNotFound.Error() {
		t.Errorf("with a key, before the first day: %q", got)
	}
	o.at("2026-11-25", 23) // midnight in Amsterdam: the first day
	list, err := o.Caseload(t.Context(), o.bob)
	if err != nil || len(list) != 1 || list[0].Until != "2026-12-02" || !list[0].StandsIn() {
		t.Errorf("Bob follows %+v, %v", list, err)
	}
	if got := o.sees(o.bob); got != "offers offer_sent" || o.logged() != 1 {
		t.Errorf("on the first day Bob sees %q, %d lines", got, o.logged())
	}
	if o.reads(o.bob) != "Waar is de sleutel?" || o.reads(o.els) != "Waar is de sleutel?" {
		t.Errorf("Bob reads %q, Els %q", o.reads(o.bob), o.reads(o.els))
	}
	told, err := o.Answerers(t.Context(), o.c, question)
	if err != nil || len(told) != 2 {
		t.Errorf("told are %+v, %v", told, err)
	}
	report, err := o.Report(t.Context(), o.anna, coaching.NewReport{Ref: newRef(), Kind: coaching.UnsafeTools, Text: "De ladder wiebelt."})
	o.must(err)
	readers, err := o.ReportReaders(t.Context(), o.c, report, true)
	if err != nil || len(readers) != 4 { // els, bob, ria, noor
		t.Errorf("readers are %+v, %v", readers, err)
	}
	o.must(o.Take(t.Context(), o.bob, report))
	o.must(o.Answer(t.Context(), o.bob, question, "Onder de mat."))
	o.at("2026-12-02", 22) // the last hour
	if got := o.sees(o.bob); got != "offers offer_sent" {
		t.Errorf("in the last hour: %q", got)
	}
	o.at("2026-12-02", 23) // over
	if got := o.sees(o.bob); got != members.ErrNotFound.Error() {
		t.Errorf("after the last day: %q", got)
	}
	wants(t, "after the last day", o.give(o.bob, "2026-12-04", members.OffersScope), "check: coach: other_coach")
	if err := o.Close(t.Context(), o.bob, report, "Een nieuwe ladder."); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after the last day Bob closes: %v", err)
	}
}

func TestStandInEndedEarlyTakesTheKeys(t *testing.T) {
	o := newOffice(t)
	o.note(coaching.OfferSent, o.now, newRef())
	for name, end := range map[string]func() error{
		"by the coach":     func() error { return o.endFirst(o.els) },
		"by the colleague": func() error { return o.endFirst(o.bob) },
		"by the office":    func() error { return o.endFirst(o.noor) },
		"by another coach": func() error { return o.Reassign(t.Context(), o.noor, o.anna.Member, o.bob.Role, "Els is lang weg.") },
	} {
		o.must(o.assign(o.c, o.anna, o.els))
		o.must(o.standIn(o.bob, "2026-11-24", "2026-11-30"))
		o.must(o.give(o.bob, "2026-11-30", members.OffersScope))
		if got := o.sees(o.bob); got != "offers offer_sent" {
			t.Fatalf("%s, before: %q", name, got)
		}
		o.must(end())
		if grants, err := o.people.Grants(t.Context(), o.anna); err != nil || len(grants) != 0 {
			t.Errorf("%s: grants are left: %+v, %v", name, grants, err)
		}
		if got := o.sees(o.bob); got != members.ErrNotFound.Error() && got != "" {
			t.Errorf("%s, after: %q", name, got)
		}
		o.now = o.now.Add(time.Second)
	}
}

// endFirst ends the first stand-in that is not over.
func (o *office) endFirst(by members.Actor) error {
	list, err := o.StandIns(o.t.Context(), by)
	if err != nil || len(list) == 0 {
		return errors.Join(err, errors.New("no stand-in"))
	}
	return o.EndStandIn(o.t.Context(), by, list[0].ID)
}

func TestStandInThatIsWrong(t *testing.T) {
	o := newOffice(t)
	bea := o.actor(o.c, "bea", members.RoleMember)
	o.must(o.assign(o.c, bea, o.bob))
	try := func(by, colleague members.Actor, from, until members.Day, list ...members.MemberID) error {
		return o.NameStandIn(t.Context(), by, coaching.NewStandIn{Colleague: colleague.Role, Members: list, From: from, Until: until})
	}
	anna := o.anna.Member
	wants(t, "nobody", try(o.els, o.bob, "2026-11-24", "2026-11-25"), "check: members: nothing_chosen")
	wants(t, "yesterday", try(o.els, o.bob, "2026-11-23", "2026-11-25", anna), "check: from: day_is_past")
	wants(t, "far", try(o.els, o.bob, "2027-11-25", "2027-11-25", anna), "check: from: day_too_far")
	wants(t, "no day", try(o.els, o.bob, "2026-11-31", "", anna), "check: from: no_such_day, until: no_such_day")
	wants(t, "backwards", try(o.els, o.bob, "2026-11-25", "2026-11-24", anna), "check: until: ends_before")
	wants(t, "seven weeks", try(o.els, o.bob, "2026-11-24", "2027-01-05", anna), "check: until: day_too_far")
	wants(t, "oneself", try(o.els, o.els, "2026-11-24", "2026-11-25", anna), "check: colleague: not_a_choice")
	wants(t, "a coordinator", try(o.els, o.noor, "2026-11-24", "2026-11-25", anna), "check: colleague: not_a_choice")
	wants(t, "a coach elsewhere", try(o.els, o.farCoach, "2026-11-24", "2026-11-25", anna), "check: colleague: not_a_choice")
	wants(t, "the member", try(o.els, o.both(o.anna), "2026-11-24", "2026-11-25", anna), "check: colleague: is_the_member")
	for name, err := range map[string]error{
		"another's member":   try(o.els, o.bob, "2026-11-24", "2026-11-25", anna, bea.Member),
		"somebody elsewhere": try(o.els, o.bob, "2026-11-24", "2026-11-25", o.farMember.Member),
		"by a coordinator":   try(o.noor, o.bob, "2026-11-24", "2026-11-25", anna),
		"by the member":      try(o.anna, o.bob, "2026-11-24", "2026-11-25", anna),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.must(try(o.els, o.bob, "2026-11-24", "2027-01-04", anna))
	wants(t, "two at once", try(o.els, o.bob, "2027-01-04", "2027-01-08", anna), "check: from: stand_in_there")
	list, err := o.StandIns(t.Context(), o.els)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	for name, by := range map[string]members.Actor{"a coach elsewhere": o.farCoach, "an office elsewhere": o.farOffices, "the member": o.anna, "another coach": o.actor(o.c, "kim", members.RoleCoach)} {
		if err := o.EndStandIn(t.Context(), by, list[0].ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s ends it: %v", name, err)
		}
		if seen, err := o.StandIns(t.Context(), by); err != nil || len(seen) != 0 {
			t.Errorf("%s sees %+v, %v", name, seen, err)
		}
	}
	if got := o.sees(o.bob); got != "" { // follows, and has no key
		t.Errorf("Bob without keys sees %q", got)
	}
	if err := o.NameStandIn(t.Context(), o.bob, coaching.NewStandIn{Colleague: o.els.Role, Members: []members.MemberID{anna}, From: "2026-11-24", Until: "2026-11-25"}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a stand-in names a stand-in: %v", err)
	}
}

// both makes a person a coach of the same cooperative, too.
func (o *office) both(who members.Actor) members.Actor {
	o.t.Helper()
	var role members.RoleID
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) (err error) {
		role, err = o.people.AddRoleTx(o.t.Context(), tx, members.NewRole{Person: who.Person, Cooperative: o.c, Kind: members.RoleCoach})
		return err
	}))
	actor, err := o.people.Actor(o.t.Context(), who.Person, role)
	o.must(err)
	return actor
}

// TestStandInOfWhoStops: a colleague who stops stands in no more, and one whose
// coach is another now does not either.
func TestStandInOfWhoStops(t *testing.T) {
	o := newOffice(t)
	o.must(o.standIn(o.bob, "2026-11-24", "2026-11-30"))
	o.must(o.EndStaff(t.Context(), o.noor, o.bob.Role, "Bob gaat weg."))
	if list, err := o.StandIns(t.Context(), o.els); err != nil || len(list) != 0 {
		t.Errorf("stands in still: %+v, %v", list, err)
	}
	if _, err := o.Member(t.Context(), o.bob, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who stopped follows: %v", err)
	}
}
