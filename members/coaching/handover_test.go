package coaching_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

func TestHandOverMoves(t *testing.T) {
	want := map[coaching.HandOverState][]coaching.HandOverState{
		coaching.HandOverProposed: {coaching.HandOverAgreed, coaching.HandOverRefused, coaching.HandOverWithdrawn},
		coaching.HandOverAgreed:   {coaching.HandOverRefused, coaching.HandOverWithdrawn, coaching.HandOverDone},
	}
	for _, from := range coaching.HandOverStates() {
		for _, to := range coaching.HandOverStates() {
			allowed := false
			for _, w := range want[from] {
				allowed = allowed || w == to
			}
			if is, err := from.To(to); (err == nil) != allowed || allowed && is != to || !allowed && is != from {
				t.Errorf("%s to %s gave %s, %v", from, to, is, err)
			}
		}
	}
}

func (o *office) propose(by members.Actor, to members.Actor, day members.Day) coaching.HandOverID {
	o.t.Helper()
	h, err := o.ProposeHandOver(o.t.Context(), by, o.anna.Member, coaching.NewHandOver{To: to.Role, Reason: coaching.EndElse, Words: "marker: Els verhuist.", Day: day})
	o.must(err)
	return h
}

func (o *office) due(h coaching.HandOverID) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		return o.HandOverDueTx(o.t.Context(), tx, coaching.HandOverDue{HandOver: h, Cooperative: o.c})
	}))
}

func (o *office) stands(by members.Actor) coaching.HandOverState {
	o.t.Helper()
	h, err := o.HandOver(o.t.Context(), by, o.anna.Member)
	o.must(err)
	return h.State
}

// TestHandOverOnItsDay: agreed, nothing changes before the day, and then the old
// keys are gone and the new coach has none.
func TestHandOverOnItsDay(t *testing.T) {
	o := newOffice(t)
	o.note(coaching.OfferSent, o.now, newRef())
	o.must(o.grant(members.OffersScope))
	o.ask(o.anna, "Wie wordt het?")
	if h, err := o.HandOver(t.Context(), o.anna, o.anna.Member); err != nil || !h.ID.IsZero() {
		t.Errorf("before any: %+v, %v", h, err)
	}
	h := o.propose(o.els, o.bob, "2026-12-01")
	o.must(o.TickHandOver(t.Context(), o.els, h, []coaching.Tick{coaching.TickTalk, coaching.TickNotes, coaching.TickTalk}))
	for _, by := range []members.Actor{o.anna, o.els, o.noor} {
		is, err := o.HandOver(t.Context(), by, o.anna.Member)
		if err != nil || is.Words != "marker: Els verhuist." || is.From.Name != "els" || is.To.Name != "bob" || is.By != "els" || len(is.Ticked) != 2 || !is.Has(coaching.TickNotes) {
			t.Errorf("%s reads %+v, %v", by.Name, is, err)
		}
	}
	if text := o.rows("coaching.handover"); len(text) == 0 || contains(text, "marker") {
		t.Errorf("the table holds %s", text)
	}
	o.must(o.AnswerHandOver(t.Context(), o.anna, h, true))
	o.due(h) // too early
	if got := o.sees(o.els); got != "offers offer_sent" || o.stands(o.els) != coaching.HandOverAgreed {
		t.Errorf("before the day Els sees %q, it is %s", got, o.stands(o.els))
	}
	o.at("2026-11-30", 23)
	o.due(h)
	o.due(h) // once more is no fault
	if got := o.sees(o.els); got != members.ErrNotFound.Error() {
		t.Errorf("on the day Els sees %q", got)
	}
	if got := o.sees(o.bob); got != "" || o.reads(o.bob) != "Wie wordt het?" || o.reads(o.els) != "" {
		t.Errorf("on the day Bob sees %q and reads %q, Els %q", got, o.reads(o.bob), o.reads(o.els))
	}
	if grants, err := o.people.Grants(t.Context(), o.anna); err != nil || len(grants) != 0 {
		t.Errorf("grants are left: %+v, %v", grants, err)
	}
	if o.stands(o.anna) != coaching.HandOverDone {
		t.Errorf("it is %s", o.stands(o.anna))
	}
	if _, err := o.HandOver(t.Context(), o.els, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the former coach reads it: %v", err)
	}
	people, err := o.HandOverPeople(t.Context(), coaching.HandOverTold{HandOver: h, Cooperative: o.c, State: coaching.HandOverDone})
	if err != nil || len(people) != 2 {
		t.Errorf("told are %+v, %v", people, err)
	}
}

func contains(text, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		if text[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

// TestHandOverRefused: nothing changes, the office hears of it, and another may
// be proposed. A yes for today is carried out at once.
func TestHandOverRefused(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.OffersScope))
	h := o.propose(o.noor, o.bob, "2026-12-01")
	o.must(o.AnswerHandOver(t.Context(), o.anna, h, true))
	o.must(o.AnswerHandOver(t.Context(), o.anna, h, false)) // a no after all
	told, err := o.HandOverPeople(t.Context(), coaching.HandOverTold{HandOver: h, Cooperative: o.c, State: coaching.HandOverRefused})
	if err != nil || len(told) != 3 { // els, ria and the founder
		t.Errorf("told are %+v, %v", told, err)
	}
	o.at("2026-12-01", 9)
	o.due(h)
	if _, err := o.Member(t.Context(), o.els, o.anna.Member); err != nil {
		t.Errorf("after the no Els follows not: %v", err)
	}
	if grants, err := o.people.Grants(t.Context(), o.anna); err != nil || len(grants) != 1 {
		t.Errorf("after the no: %+v, %v", grants, err)
	}
	for name, err := range map[string]error{
		"a yes after a no": o.AnswerHandOver(t.Context(), o.anna, h, true),
		"a second no":      o.AnswerHandOver(t.Context(), o.anna, h, false),
		"taken back":       o.WithdrawHandOver(t.Context(), o.els, h),
		"ticked":           o.TickHandOver(t.Context(), o.els, h, nil),
	} {
		if !errors.Is(err, coaching.ErrHandOverMoved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.now = o.now.Add(time.Minute)
	again := o.propose(o.els, o.bob, "2026-12-01")
	o.must(o.AnswerHandOver(t.Context(), o.anna, again, true))
	if _, err := o.Member(t.Context(), o.bob, o.anna.Member); err != nil || o.stands(o.bob) != coaching.HandOverDone {
		t.Errorf("at once: %v, %s", err, o.stands(o.bob))
	}
}

func TestHandOverThatIsWrong(t *testing.T) {
	o := newOffice(t)
	try := func(by members.Actor, to members.Actor, day members.Day, reason coaching.EndReason) error {
		_, err := o.ProposeHandOver(t.Context(), by, o.anna.Member, coaching.NewHandOver{To: to.Role, Reason: reason, Day: day})
		return err
	}
	const leaves, soon = coaching.EndLeaves, members.Day("2026-12-01")
	gone := o.actor(o.c, "kim", members.RoleCoach)
	o.must(o.EndStaff(t.Context(), o.noor, gone.Role, "Kim gaat weg."))
	wants(t, "the same coach", try(o.els, o.els, soon, leaves), "check: to: same_coach")
	wants(t, "one who left", try(o.els, gone, soon, leaves), "check: to: not_a_choice")
	wants(t, "one elsewhere", try(o.els, o.farCoach, soon, leaves), "check: to: not_a_choice")
	wants(t, "no coach", try(o.els, o.noor, soon, leaves), "check: to: not_a_choice")
	wants(t, "the member", try(o.els, o.both(o.anna), soon, leaves), "check: to: is_the_member")
	wants(t, "yesterday", try(o.els, o.bob, "2026-11-23", leaves), "check: day: day_is_past")
	wants(t, "far ahead", try(o.els, o.bob, "2027-02-25", leaves), "check: day: day_too_far")
	wants(t, "no day", try(o.els, o.bob, "2026-02-30", leaves), "check: day: no_such_day")
	wants(t, "no reason", try(o.els, o.bob, soon, "ill"), "check: reason: not_a_choice")
	for name, err := range map[string]error{
		"another coach": try(o.bob, o.els, soon, leaves), "a coach elsewhere": try(o.farCoach, o.farCoach, soon, leaves),
		"an office elsewhere": try(o.farOffices, o.farCoach, soon, leaves), "the member": try(o.anna, o.bob, soon, leaves),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s proposes: %v", name, err)
		}
	}
	h := o.propose(o.els, o.bob, soon)
	if err := try(o.noor, o.bob, soon, leaves); !errors.Is(err, coaching.ErrHandOverOpen) {
		t.Errorf("two at once: %v", err)
	}
	for name, by := range map[string]members.Actor{"a coach": o.els, "the new coach": o.bob, "the office": o.noor, "a member elsewhere": o.farMember} {
		if err := o.AnswerHandOver(t.Context(), by, h, true); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s answers: %v", name, err)
		}
	}
	for name, by := range map[string]members.Actor{"the member": o.anna, "the new coach": o.bob, "an office elsewhere": o.farOffices, "a coach elsewhere": o.farCoach} {
		if err := o.WithdrawHandOver(t.Context(), by, h); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s takes it back: %v", name, err)
		}
		if err := o.TickHandOver(t.Context(), by, h, nil); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s ticks: %v", name, err)
		}
		if _, err := o.HandOver(t.Context(), by, o.anna.Member); (err == nil) != (by.Role == o.anna.Role) {
			t.Errorf("%s reads it: %v", name, err)
		}
	}
	wants(t, "a strange tick", o.TickHandOver(t.Context(), o.els, h, []coaching.Tick{"diagnosis"}), "check: ticked: not_a_choice")
	o.must(o.WithdrawHandOver(t.Context(), o.noor, h))
	if _, err := o.Member(t.Context(), o.els, o.anna.Member); err != nil || o.stands(o.els) != coaching.HandOverWithdrawn {
		t.Errorf("taken back: %v, %s", err, o.stands(o.els))
	}
	o.must(o.people.MoveMember(t.Context(), o.noor, o.anna.Member, members.Alumni, "Verhuisd."))
	if err := try(o.els, o.bob, soon, leaves); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member who left: %v", err)
	}
}

// TestHandOverThatCannotBe: the new coach stopped, the member left, or the
// office gave another coach meanwhile.
func TestHandOverThatCannotBe(t *testing.T) {
	for name, meanwhile := range map[string]func(*office) error{
		"the new coach stopped": func(o *office) error { return o.EndStaff(t.Context(), o.noor, o.bob.Role, "Bob gaat weg.") },
		"the member left": func(o *office) error {
			return o.people.MoveMember(t.Context(), o.noor, o.anna.Member, members.Alumni, "Verhuisd.")
		},
		"another coach": func(o *office) error {
			return o.Reassign(t.Context(), o.noor, o.anna.Member, o.actor(o.c, "kim", members.RoleCoach).Role, "Els is ziek geworden.")
		},
		"nobody any more": func(o *office) error { return o.End(t.Context(), o.noor, o.anna.Member) },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			h := o.propose(o.els, o.bob, "2026-12-01")
			o.must(o.AnswerHandOver(t.Context(), o.anna, h, true))
			o.must(meanwhile(o))
			o.at("2026-12-01", 1)
			o.due(h)
			if _, err := o.Member(t.Context(), o.bob, o.anna.Member); !errors.Is(err, members.ErrNotFound) || o.stands(o.noor) != coaching.HandOverWithdrawn {
				t.Errorf("Bob follows: %v; it is %s", err, o.stands(o.noor))
			}
		})
	}
}

func TestReassignSaysWhy(t *testing.T) {
	o := newOffice(t)
	wants(t, "without a reason", o.Reassign(t.Context(), o.noor, o.anna.Member, o.bob.Role, " "), "check: why-coach: missing")
	if err := o.Reassign(t.Context(), o.farOffices, o.anna.Member, o.farCoach.Role, "Wij willen dat."); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("an office elsewhere: %v", err)
	}
	o.must(o.Reassign(t.Context(), o.noor, o.anna.Member, o.bob.Role, "Anna is niet te bereiken."))
	log, err := o.people.AuditLog(t.Context(), o.noor, 0)
	if err != nil || log[0].What != "coach_reassigned" || log[0].Why != "Anna is niet te bereiken." {
		t.Errorf("the deed is %+v, %v", log[0], err)
	}
	if n := o.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.coach_moved'`); n != 1 {
		t.Errorf("the member was told %d times", n)
	}
}

// TestHandOversAtOnce: of many proposals one is open, of yes and no one counts.
func TestHandOversAtOnce(t *testing.T) {
	o := newOffice(t)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			_, err := o.ProposeHandOver(t.Context(), o.els, o.anna.Member, coaching.NewHandOver{To: o.bob.Role, Reason: coaching.EndLeaves, Day: "2026-11-24"})
			if err != nil && !errors.Is(err, coaching.ErrHandOverOpen) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	h, err := o.HandOver(t.Context(), o.anna, o.anna.Member)
	o.must(err)
	if n := o.count(`SELECT count(*) FROM coaching.handover`); n != 1 {
		t.Fatalf("%d hand-overs", n)
	}
	var yes, no error
	all.Go(func() { yes = o.AnswerHandOver(t.Context(), o.anna, h.ID, true) })
	all.Go(func() { no = o.AnswerHandOver(t.Context(), o.anna, h.ID, false) })
	all.Wait()
	_, follows := o.Member(t.Context(), o.bob, o.anna.Member)
	if (yes == nil) == (no == nil) || (yes == nil) != (follows == nil) {
		t.Errorf("yes gave %v, no %v; Bob: %v", yes, no, follows)
	}
}
