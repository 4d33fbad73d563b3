package main

import (
	"testing"
	"time"

	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// progressOf fills the page of a member's progress: goals in every state, a step
// of the ladder that both set and one that waits, weeks of self-scores.
func (h *testHouse) progressOf(t *testing.T, member, coach members.Actor) {
	t.Helper()
	var now time.Time
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	coaches := coaching.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), people, func() time.Time { return now }, nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, m := t.Context(), member.Member
	must(coaches.Grant(ctx, member, members.NewGrant{Grantee: coach.Role, Until: members.DayOf(h.now()).AddMonths(6),
		Scopes: []members.Scope{members.ProgressScope, members.SelfScoresScope, members.HoursScope, members.AgendaScope}}))
	for week := range 20 {
		now = h.now().AddDate(0, 0, -7*week)
		if week%5 != 3 {
			must(coaches.GiveScore(ctx, member, coaching.NewScore{Feel: 1 + week%5, Work: 3, Next: 1 + week*3%5}))
		}
	}
	for i, step := range []int{2, 4} {
		now = h.now().AddDate(0, 5*i-7, 0)
		rung, err := coaches.ProposeRung(ctx, coach, m, step)
		must(err)
		must(coaches.SettleRung(ctx, member, m, rung, coaching.RungSet))
	}
	now = h.now()
	_, err := coaches.ProposeRung(ctx, coach, m, 5)
	must(err)
	for _, state := range coaching.GoalStates() {
		goal, err := coaches.MakeGoal(ctx, coach, m, coaching.NewGoal{Text: "Elke week op tijd op het werk zijn, ook in de winter", AimOn: members.DayOf(now).AddMonths(2)})
		must(err)
		for i := range 3 {
			step, err := coaches.AddStep(ctx, member, m, goal, "De bus van half acht nemen")
			must(err)
			must(coaches.TickStep(ctx, member, m, goal, step, i == 0))
		}
		if state != coaching.GoalOpen {
			must(coaches.JudgeGoal(ctx, member, m, goal, state))
		}
	}
}
