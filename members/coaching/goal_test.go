package coaching_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

func (o *office) goal(by members.Actor, text string) coaching.GoalID {
	o.t.Helper()
	goal, err := o.MakeGoal(o.t.Context(), by, o.anna.Member, coaching.NewGoal{Text: text})
	o.must(err)
	return goal
}

func (o *office) progress(by members.Actor) coaching.Progress {
	o.t.Helper()
	p, err := o.Progress(o.t.Context(), by, o.anna.Member)
	o.must(err)
	return p
}

// goals is what can be read of Anna's goals, each with its state and steps.
func (o *office) goals(by members.Actor) string {
	o.t.Helper()
	var words []string
	for _, g := range o.progress(by).Goals {
		words = append(words, g.Text+":"+string(g.State))
		for _, s := range g.Steps {
			words = append(words, "-"+s.Text)
			if !s.Done.IsZero() {
				words = append(words, "done")
			}
		}
	}
	return strings.Join(words, " ")
}

func (o *office) tasks(kind string) int {
	o.t.Helper()
	return o.number(`SELECT count(*) FROM tasks.task WHERE kind = $1`, kind)
}

func TestMemberMakesAGoalAlone(t *testing.T) {
	o := newOffice(t)
	ctx, m := t.Context(), o.anna.Member
	goal := o.goal(o.anna, "  Leren lassen ")
	first, err := o.AddStep(ctx, o.anna, m, goal, "Een cursus zoeken")
	o.must(err)
	o.now = o.now.Add(time.Minute)
	second, err := o.AddStep(ctx, o.anna, m, goal, "Inschrijven")
	o.must(err)
	o.must(o.TickStep(ctx, o.anna, m, goal, first, true))
	o.must(o.TickStep(ctx, o.anna, m, goal, first, true))
	if got := o.goals(o.anna); got != "Leren lassen:open -Een cursus zoeken done -Inschrijven" {
		t.Errorf("Anna reads %q", got)
	}
	o.must(o.TickStep(ctx, o.anna, m, goal, first, false))
	o.must(o.RemoveStep(ctx, o.anna, m, goal, second))
	if got := o.goals(o.anna); got != "Leren lassen:open -Een cursus zoeken" {
		t.Errorf("then Anna reads %q", got)
	}
	o.must(o.JudgeGoal(ctx, o.anna, m, goal, coaching.GoalNeedsMore))
	for name, err := range map[string]error{
		"judging again":     o.JudgeGoal(ctx, o.anna, m, goal, coaching.GoalMet),
		"ticking a step":    o.TickStep(ctx, o.anna, m, goal, first, true),
		"taking away":       o.RemoveGoal(ctx, o.anna, goal),
		"taking a step off": o.RemoveStep(ctx, o.anna, m, goal, first),
	} {
		if !errors.Is(err, coaching.ErrGoalMoved) {
			t.Errorf("%s gave %v", name, err)
		}
	}
	o.must(o.JudgeGoal(ctx, o.anna, m, goal, coaching.GoalOpen))
	if err := o.JudgeGoal(ctx, o.anna, m, goal, "done"); !errors.Is(err, coaching.ErrGoalMoved) {
		t.Errorf("a strange state gave %v", err)
	}
	if n := o.tasks("coaching.goal_written"); n != 0 {
		t.Errorf("%d mails about one's own goal", n)
	}
	if text := o.rows("coaching.goal") + o.rows("coaching.goal_step"); strings.Contains(text, "lassen") || strings.Contains(text, "cursus") {
		t.Error("the words can be read in the table")
	}
	if text := o.rows("members.audit") + o.rows("tasks.task"); strings.Contains(text, "lassen") {
		t.Error("the log or a task tells what")
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE for_id = $1 AND what IN ('goal_made', 'goal_judged', 'goal_opened') AND ref = $2`, o.anna.Person, "goal:"+goal.String()); n != 3 {
		t.Errorf("%d deeds", n)
	}
}

func TestGoalIsTakenAwayWithinADay(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	o.must(o.grant(members.ProgressScope))
	own, coachs := o.goal(o.anna, "Eigen"), o.goal(o.els, "Van Els")
	if err := o.RemoveGoal(ctx, o.anna, coachs); !errors.Is(err, coaching.ErrGoalStays) {
		t.Errorf("the coach's goal: %v", err)
	}
	for name, by := range map[string]members.Actor{"the coach": o.els, "a far member": o.farMember, "the office": o.noor} {
		if err := o.RemoveGoal(ctx, by, own); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s took it away: %v", name, err)
		}
	}
	old := o.goal(o.anna, "Oud")
	o.now = o.now.Add(24*time.Hour - time.Second)
	o.must(o.RemoveGoal(ctx, o.anna, own))
	o.now = o.now.Add(time.Second)
	if err := o.RemoveGoal(ctx, o.anna, old); !errors.Is(err, coaching.ErrGoalStays) {
		t.Errorf("after a day: %v", err)
	}
	o.must(o.JudgeGoal(ctx, o.anna, o.anna.Member, coachs, coaching.GoalNotMet)) // the member may always end it
}

// TestCoachNeedsAGrantForGoals, on each request, and each reading is in the log.
func TestCoachNeedsAGrantForGoals(t *testing.T) {
	o := newOffice(t)
	ctx, m := t.Context(), o.anna.Member
	goal := o.goal(o.anna, "Eigen")
	step, err := o.AddStep(ctx, o.anna, m, goal, "Bellen")
	o.must(err)
	tries := func(by members.Actor) map[string]error {
		_, made := o.MakeGoal(ctx, by, m, coaching.NewGoal{Text: "Nieuw"})
		_, added := o.AddStep(ctx, by, m, goal, "Nog iets")
		_, proposed := o.ProposeRung(ctx, by, m, 3)
		return map[string]error{
			"make": made, "add": added, "tick": o.TickStep(ctx, by, m, goal, step, true), "remove a step": o.RemoveStep(ctx, by, m, goal, step),
			"judge": o.JudgeGoal(ctx, by, m, goal, coaching.GoalMet), "propose": proposed,
		}
	}
	refused := func(who string, by members.Actor, want error) {
		t.Helper()
		for name, err := range tries(by) {
			if !errors.Is(err, want) {
				t.Errorf("%s, %s: %v", who, name, err)
			}
		}
	}
	refused("the coach without a grant", o.els, members.ErrNotGranted)
	o.must(o.grant(members.SelfScoresScope, members.HoursScope))
	refused("the coach with another grant", o.els, members.ErrNotGranted)
	if got := o.goals(o.els); got != "" || o.logged() != 3 { // one is of what was refused
		t.Errorf("read without a grant: %q, %d lines", got, o.logged())
	}
	for name, by := range map[string]members.Actor{"another coach": o.bob, "the office": o.noor, "a far coach": o.farCoach, "a far member": o.farMember, "a far office": o.farOffices} {
		refused(name, by, members.ErrNotFound)
		if _, err := o.Progress(ctx, by, m); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s read: %v", name, err)
		}
	}
	o.must(o.grant(members.ProgressScope))
	o.now = o.now.Add(time.Minute) // what was made first comes first
	o.goal(o.els, "Van Els")
	if got := o.goals(o.anna); got != "Eigen:open -Bellen Van Els:open" {
		t.Errorf("Anna reads %q", got)
	}
	if o.tasks("coaching.goal_written") != 1 || o.logged() != 4 {
		t.Errorf("%d mails, %d lines in the log", o.tasks("coaching.goal_written"), o.logged())
	}
	list, err := o.people.Grants(ctx, o.anna)
	o.must(err)
	for _, g := range list {
		o.must(o.people.Revoke(ctx, o.anna, g.ID))
	}
	refused("the coach after revoking", o.els, members.ErrNotGranted)
	if got := o.goals(o.els); got != "" {
		t.Errorf("after revoking Els reads %q", got)
	}
}

func TestGoalWrittenTellsTheMember(t *testing.T) {
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	goal := o.goal(o.els, "Van Els")
	if who, err := o.GoalOf(t.Context(), o.c, goal); err != nil || who.Name != "anna" {
		t.Errorf("told is %+v, %v", who, err)
	}
	if _, err := o.GoalOf(t.Context(), o.farMember.Cooperative, goal); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("elsewhere: %v", err)
	}
}

func TestGoalsAreChecked(t *testing.T) {
	o := newOffice(t)
	ctx, m := t.Context(), o.anna.Member
	for name, tt := range map[string]struct {
		goal  coaching.NewGoal
		field string
	}{
		"nothing":      {coaching.NewGoal{Text: "  "}, "text"},
		"too long":     {coaching.NewGoal{Text: strings.Repeat("é", coaching.MostGoal+1)}, "text"},
		"two lines":    {coaching.NewGoal{Text: "a\nb"}, "text"},
		"unreadable":   {coaching.NewGoal{Text: "a\xff"}, "text"},
		"yesterday":    {coaching.NewGoal{Text: "a", AimOn: "2026-11-23"}, "aim"},
		"too far":      {coaching.NewGoal{Text: "a", AimOn: "2029-11-25"}, "aim"},
		"no such day":  {coaching.NewGoal{Text: "a", AimOn: "2027-02-29"}, "aim"},
		"not even one": {coaching.NewGoal{Text: "a", AimOn: "'; --"}, "aim"},
	} {
		var p check.Problems
		if _, err := o.MakeGoal(ctx, o.anna, m, tt.goal); !errors.As(err, &p) || !p.At(tt.field) || len(p) != 1 {
			t.Errorf("%s gave %v", name, err)
		}
	}
	goal, err := o.MakeGoal(ctx, o.anna, m, coaching.NewGoal{Text: strings.Repeat("€", coaching.MostGoal), AimOn: "2029-11-24"})
	o.must(err)
	if g := o.progress(o.anna).Goals[0]; g.AimOn != "2029-11-24" || g.MadeBy != "anna" || !g.Removable(o.anna, o.now) || g.Removable(o.els, o.now) {
		t.Errorf("the goal is %+v", g)
	}
	var p check.Problems
	if _, err := o.AddStep(ctx, o.anna, m, goal, strings.Repeat("a", 201)); !errors.As(err, &p) || !p.At("step") {
		t.Errorf("a long step gave %v", err)
	}
	for range coaching.MostSteps {
		_, err := o.AddStep(ctx, o.anna, m, goal, "Bellen")
		o.must(err)
	}
	if _, err := o.AddStep(ctx, o.anna, m, goal, "Bellen"); !errors.Is(err, coaching.ErrManySteps) {
		t.Errorf("one step too many gave %v", err)
	}
	for range coaching.MostGoals - 1 {
		o.goal(o.anna, "Nog een")
	}
	if _, err := o.MakeGoal(ctx, o.anna, m, coaching.NewGoal{Text: "Te veel"}); !errors.Is(err, coaching.ErrManyGoals) {
		t.Errorf("one goal too many gave %v", err)
	}
	o.must(o.JudgeGoal(ctx, o.anna, m, goal, coaching.GoalMet))
	o.goal(o.anna, "Weer plaats")
	if err := o.JudgeGoal(ctx, o.anna, m, goal, coaching.GoalOpen); !errors.Is(err, coaching.ErrManyGoals) {
		t.Errorf("opening one too many gave %v", err)
	}
	for name, id := range map[string]coaching.GoalID{"nobody's": {}} {
		if err := o.JudgeGoal(ctx, o.anna, m, id, coaching.GoalMet); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
	}
}

// TestStepsBelongToTheirGoal, and a goal to its member.
func TestStepsBelongToTheirGoal(t *testing.T) {
	o := newOffice(t)
	ctx, m := t.Context(), o.anna.Member
	one, two := o.goal(o.anna, "Een"), o.goal(o.anna, "Twee")
	step, err := o.AddStep(ctx, o.anna, m, one, "Bellen")
	o.must(err)
	far, err := o.MakeGoal(ctx, o.farMember, o.farMember.Member, coaching.NewGoal{Text: "Ver"})
	o.must(err)
	for name, err := range map[string]error{
		"the step of another goal": o.TickStep(ctx, o.anna, m, two, step, true),
		"taking it off":            o.RemoveStep(ctx, o.anna, m, two, step),
		"a far goal":               o.JudgeGoal(ctx, o.anna, m, far, coaching.GoalMet),
		"a far member's":           o.JudgeGoal(ctx, o.anna, o.farMember.Member, far, coaching.GoalMet),
		"taking a far one away":    o.RemoveGoal(ctx, o.anna, far),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
	}
}

// TestTwentyGoalsAtOnce: of many at the same time no more are kept than may be.
func TestTwentyGoalsAtOnce(t *testing.T) {
	o := newOffice(t)
	for range coaching.MostGoals - 2 {
		o.goal(o.anna, "Een")
	}
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			if _, err := o.MakeGoal(t.Context(), o.anna, o.anna.Member, coaching.NewGoal{Text: "Nog een"}); err != nil && !errors.Is(err, coaching.ErrManyGoals) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(o.progress(o.anna).Goals); n != coaching.MostGoals {
		t.Errorf("%d goals", n)
	}
}
