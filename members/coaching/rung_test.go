package coaching_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

func (o *office) proposeRung(by members.Actor, step int) coaching.RungID {
	o.t.Helper()
	rung, err := o.ProposeRung(o.t.Context(), by, o.anna.Member, step)
	o.must(err)
	return rung
}

func (o *office) settle(by members.Actor, rung coaching.RungID, to coaching.RungState) error {
	return o.SettleRung(o.t.Context(), by, o.anna.Member, rung, to)
}

// both lets the coach propose a step and the member set it.
func (o *office) rungOfBoth(step int) coaching.RungID {
	o.t.Helper()
	rung := o.proposeRung(o.els, step)
	o.must(o.settle(o.anna, rung, coaching.RungSet))
	return rung
}

func TestLadderIsSetByBoth(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	rung := o.proposeRung(o.els, 3)
	for name, by := range map[string]members.Actor{"the member": o.anna, "the coach": o.els} {
		if _, err := o.ProposeRung(t.Context(), by, o.anna.Member, 4); !errors.Is(err, coaching.ErrRungWaits) {
			t.Errorf("%s proposed a second: %v", name, err)
		}
	}
	if err := o.settle(o.els, rung, coaching.RungSet); !errors.Is(err, coaching.ErrOwnRung) {
		t.Errorf("the coach set their own: %v", err)
	}
	if r, waits := o.progress(o.anna).Proposed(); !waits || r.Step != 3 || r.Occasion != coaching.AtIntake || r.ByName != "els" {
		t.Errorf("Anna sees %+v, %v", r, waits)
	}
	for name, by := range map[string]members.Actor{"another coach": o.bob, "the office": o.noor, "a far member": o.farMember, "a far coach": o.farCoach} {
		if err := o.settle(by, rung, coaching.RungSet); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s set it: %v", name, err)
		}
	}
	o.must(o.settle(o.anna, rung, coaching.RungSet))
	for _, by := range []members.Actor{o.anna, o.els} {
		if err := o.settle(by, rung, coaching.RungDropped); !errors.Is(err, coaching.ErrRungMoved) {
			t.Errorf("what was set moved: %v", err)
		}
	}
	p := o.progress(o.els)
	if r := p.Set(); len(r) != 1 || r[0].Step != 3 || r[0].SettledWho != "anna" || p.Due != "2027-05-24" {
		t.Errorf("Els sees %+v, due %s", r, p.Due)
	}
	if err := o.settle(o.anna, o.proposeRung(o.anna, 2), coaching.RungSet); !errors.Is(err, coaching.ErrOwnRung) {
		t.Errorf("the member set their own: %v", err)
	}
	waiting, _ := o.progress(o.anna).Proposed()
	o.must(o.settle(o.anna, waiting.ID, coaching.RungDropped)) // taken back
	o.now = o.now.Add(time.Minute)                             // the newest comes first
	change := o.proposeRung(o.anna, 4)
	o.must(o.settle(o.els, change, coaching.RungSet))
	if p := o.progress(o.anna); p.Set()[0].Occasion != coaching.AtChange || p.Due != "2027-05-24" {
		t.Errorf("a change: %+v, due %s", p.Set()[0], p.Due)
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE for_id = $1 AND what IN ('rung_proposed', 'rung_set', 'rung_dropped')`, o.anna.Person); n != 6 {
		t.Errorf("%d deeds", n)
	}
}

func TestLadderIsChecked(t *testing.T) {
	o := newOffice(t)
	for _, step := range []int{-1, 0, 7, 1 << 40} {
		var p check.Problems
		if _, err := o.ProposeRung(t.Context(), o.anna, o.anna.Member, step); !errors.As(err, &p) || !p.At("rung") {
			t.Errorf("step %d gave %v", step, err)
		}
	}
	rung := o.proposeRung(o.anna, 2)
	if err := o.settle(o.els, rung, coaching.RungSet); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	o.must(o.grant(members.ProgressScope))
	if err := o.settle(o.els, rung, "strange"); !errors.Is(err, coaching.ErrRungMoved) {
		t.Errorf("a strange state gave %v", err)
	}
	if err := o.SettleRung(t.Context(), o.farMember, o.farMember.Member, rung, coaching.RungDropped); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("as one's own, far away: %v", err)
	}
}

// TestNewCoachIsTheSameSide: who takes over does not set what the one before
// proposed.
func TestNewCoachIsTheSameSide(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	rung := o.proposeRung(o.els, 3)
	o.must(o.assign(o.c, o.anna, o.bob))
	o.must(o.Grant(t.Context(), o.anna, members.NewGrant{Grantee: o.bob.Role, Scopes: []members.Scope{members.ProgressScope}, Until: "2027-05-24"}))
	if err := o.settle(o.els, rung, coaching.RungDropped); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who was coach moved it: %v", err)
	}
	if err := o.settle(o.bob, rung, coaching.RungSet); !errors.Is(err, coaching.ErrOwnRung) {
		t.Errorf("the new coach set it: %v", err)
	}
	o.must(o.settle(o.bob, rung, coaching.RungDropped))
}

func TestBothProposeAtOnce(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	var wait sync.WaitGroup
	results := make(chan error, 6)
	for i := range 6 {
		wait.Go(func() {
			_, err := o.ProposeRung(t.Context(), []members.Actor{o.anna, o.els}[i%2], o.anna.Member, 1+i)
			results <- err
		})
	}
	wait.Wait()
	close(results)
	fine := 0
	for err := range results {
		if err == nil {
			fine++
		} else if !errors.Is(err, coaching.ErrRungWaits) {
			t.Error(err)
		}
	}
	if fine != 1 {
		t.Errorf("%d were proposed", fine)
	}
}

func (o *office) rungDue(rung coaching.RungID) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		return o.RungDueTx(o.t.Context(), tx, coaching.RungDue{Rung: rung, Member: o.anna.Member, Cooperative: o.c})
	}))
}

func (o *office) toldOfRung(rung coaching.RungID, coach bool) (names string) {
	o.t.Helper()
	list, err := o.RungPeople(o.t.Context(), coaching.RungTold{Rung: rung, Member: o.anna.Member, Cooperative: o.c, Coach: coach})
	o.must(err)
	for _, p := range list {
		names += p.Name
	}
	return names
}

func TestHalfAYearLaterBothAreTold(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	rung := o.rungOfBoth(3)
	var due time.Time
	o.must(o.db.QueryRow(t.Context(), `SELECT due_at FROM tasks.task WHERE kind = 'coaching.rung_due'`).Scan(&due))
	if want := time.Date(2027, 5, 24, 6, 0, 0, 0, time.UTC); !due.Equal(want) { // eight in summer
		t.Errorf("due at %v, want %v", due, want)
	}
	o.rungDue(rung) // too early: it comes again
	if o.tasks("coaching.rung_told") != 0 || o.tasks("coaching.rung_due") != 2 {
		t.Errorf("%d told, %d wait", o.tasks("coaching.rung_told"), o.tasks("coaching.rung_due"))
	}
	o.now = due
	o.rungDue(rung)
	if n := o.tasks("coaching.rung_told"); n != 2 {
		t.Errorf("%d are told", n)
	}
	if got := o.toldOfRung(rung, false) + " " + o.toldOfRung(rung, true); got != "anna els" {
		t.Errorf("told are %q", got)
	}
	o.now = o.now.Add(24 * time.Hour) // the grant is over
	if got := o.toldOfRung(rung, true); got != "" {
		t.Errorf("without a grant %q is told", got)
	}
	o.must(o.Grant(t.Context(), o.anna, members.NewGrant{Grantee: o.els.Role, Scopes: []members.Scope{members.ProgressScope}, Until: "2027-11-24"}))
	next := o.rungOfBoth(4)
	if r := o.progress(o.anna).Set()[0]; r.ID != next || r.Occasion != coaching.AtHalfYear {
		t.Errorf("the next is %+v", r)
	}
	o.rungDue(rung)
	if o.tasks("coaching.rung_told") != 2 || o.toldOfRung(rung, false) != "" {
		t.Error("told of a look that was taken")
	}
}
