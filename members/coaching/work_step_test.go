package coaching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

func (o *office) workStep(by members.Actor, to coaching.WorkStep, why string) error {
	return o.MoveWorkStep(o.t.Context(), by, o.anna.Member, to, why)
}

// TestWorkStepReaches compares each step with each.
func TestWorkStepReaches(t *testing.T) {
	for i, on := range coaching.WorkSteps() {
		for k, work := range coaching.WorkSteps() {
			if got := on.Reaches(work); got != (k <= i) {
				t.Errorf("who is on %s is asked for %s: %v", on, work, got)
			}
			if !coaching.WorkStep("").Reaches(work) {
				t.Errorf("who is on no step is not asked for %s", work)
			}
		}
	}
}

func TestWorkStepsAreTheCoaches(t *testing.T) {
	o := newOffice(t)
	if err := o.workStep(o.els, coaching.WorkshopStep, ""); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant: %v", err)
	}
	o.must(o.grant(members.ProgressScope))
	o.must(o.workStep(o.els, coaching.WorkshopStep, "Rustig beginnen."))
	o.must(o.workStep(o.els, coaching.SoloStep, "")) // at the same moment
	o.must(o.workStep(o.els, coaching.SoloStep, "")) // changes nothing
	o.now = o.now.Add(time.Hour)
	o.must(o.workStep(o.els, coaching.AccompaniedStep, ""))
	for name, by := range map[string]members.Actor{"the member": o.anna, "another coach": o.bob, "the office": o.noor, "a far coach": o.farCoach} {
		if err := o.workStep(by, coaching.JobStep, ""); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, by := range []members.Actor{o.anna, o.els} {
		moves := o.progress(by).Steps
		if len(moves) != 3 || moves[0].Step != coaching.AccompaniedStep || moves[0].Up() || moves[1].Step != coaching.SoloStep || !moves[1].Up() ||
			moves[2].Why != "Rustig beginnen." || moves[2].Up() || moves[0].ByName != "els" {
			t.Errorf("the moves are %+v", moves)
		}
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE what = 'work_step_moved' AND for_id = $1`, o.anna.Person); n != 3 {
		t.Errorf("%d deeds", n)
	}
	if n := o.number(`SELECT count(*) FROM coaching.work_step WHERE why IS NOT NULL AND position('Rustig' IN encode(why, 'escape')) > 0`); n != 0 {
		t.Error("the reason is not sealed")
	}
}

func TestWorkStepsAreRefused(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	for _, tt := range []struct {
		name, field string
		to          coaching.WorkStep
		why         string
	}{
		{"no step", "step", "", ""}, {"a strange one", "step", "director", ""},
		{"a long reason", "why", coaching.SoloStep, strings.Repeat("é", coaching.MostStepWhy+1)}, {"an unreadable one", "why", coaching.SoloStep, "\xff"},
	} {
		var problems check.Problems
		if err := o.workStep(o.els, tt.to, tt.why); !errors.As(err, &problems) || problems[0].Field != tt.field {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestStepsUpAreCountedFromFive members up, as other figures are.
func TestStepsUpAreCountedFromFive(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	o.must(o.workStep(o.els, coaching.WorkshopStep, ""))
	o.must(o.workStep(o.els, coaching.AccompaniedStep, ""))
	team, err := o.Team(t.Context(), o.noor, coaching.TeamByName)
	if err != nil || team.OnSteps != 0 || team.StepsUp != 0 {
		t.Errorf("of one member: %d on steps, %d up, %v", team.OnSteps, team.StepsUp, err)
	}
	for i := range 4 {
		m := o.actor(o.noor.Cooperative, strings.Repeat("x", i+1), members.RoleMember)
		if _, err := o.db.Exec(t.Context(), `
			INSERT INTO coaching.work_step (id, cooperative_id, member_id, step, was, by_role_id, at)
			VALUES (gen_random_uuid(), $1, $2, 'solo', 'trial', $3, $4), (gen_random_uuid(), $1, $2, 'solo', 'workshop', $3, $5)`,
			o.noor.Cooperative, m.Member, o.els.Role, o.now, o.now.AddDate(-2, 0, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if team, err = o.Team(t.Context(), o.noor, coaching.TeamByName); err != nil || team.OnSteps != 5 || team.StepsUp != 1 {
		t.Errorf("of five members: %d on steps, %d up, %v; down and long ago do not count", team.OnSteps, team.StepsUp, err)
	}
}
