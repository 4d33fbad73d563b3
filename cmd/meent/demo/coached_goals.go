package demo

import (
	"context"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// noteIntake plans the first talk: a step on the ladder, a goal and what to mind.
func (c *coached) noteIntake(one *pair) {
	at := c.at(-1, 1+one.turn%3, 9+one.turn%7, 5*(one.turn%11))
	c.agenda.note(at, c.log(one, c.data.contacts[0]))
	c.agenda.note(at.Add(5*time.Minute), func(ctx context.Context) error { return c.intake(ctx, one) })
}

func (c *coached) intake(ctx context.Context, one *pair) error {
	m := one.member.Member
	rung, err := c.coaching.ProposeRung(ctx, one.coach, m, 3+one.turn%3)
	if err != nil {
		return err
	}
	if err := c.coaching.SettleRung(ctx, one.member, m, rung, coaching.RungSet); err != nil {
		return err
	}
	if err := c.agree(ctx, one); err != nil {
		return err
	}
	for n := range 1 + one.turn%2 {
		if err := c.goal(ctx, one, c.data.goals[(one.turn+4*n)%len(c.data.goals)]); err != nil {
			return err
		}
	}
	return nil
}

// goal is written down by the one or the other, with its steps.
func (c *coached) goal(ctx context.Context, one *pair, text row) error {
	by := one.member
	if one.turn%2 == 0 {
		by = one.coach
	}
	goal, err := c.coaching.MakeGoal(ctx, by, one.member.Member, coaching.NewGoal{Text: text["text"]})
	if err != nil {
		return err
	}
	var steps []coaching.StepID
	for _, words := range text.list("steps") {
		step, err := c.coaching.AddStep(ctx, by, one.member.Member, goal, words)
		if err != nil {
			return err
		}
		steps = append(steps, step)
	}
	one.goals, one.steps = append(one.goals, goal), append(one.steps, steps)
	return nil
}

// agree lets the coach propose a guard rail to some, and the member say yes.
func (c *coached) agree(ctx context.Context, one *pair) error {
	rails := []coaching.NewRail{
		{Kind: coaching.HoursWeekRail, Minutes: 24 * 60}, {Kind: coaching.NightRail}, {Kind: coaching.HoursDayRail, Minutes: 8 * 60},
	}
	if one.turn%2 == 1 {
		return nil
	}
	n := rails[one.turn/2%len(rails)]
	n.Review = members.DayOf(c.clock.now()).AddMonths(members.UsualGrantMonths)
	rail, err := c.coaching.ProposeRail(ctx, one.coach, one.member.Member, n)
	if err != nil {
		return err
	}
	return c.coaching.AnswerRail(ctx, one.member, rail, true)
}

// noteGoals plans the steps of the weeks, and for some what came of the goal.
func (c *coached) noteGoals(one *pair) {
	for i := range 3 {
		c.agenda.note(c.at(2+3*i, 4, 16, one.turn%60), func(ctx context.Context) error {
			if len(one.goals) == 0 || i >= len(one.steps[0]) || one.turn%3 == 2 && i > 0 {
				return nil
			}
			return c.coaching.TickStep(ctx, one.member, one.member.Member, one.goals[0], one.steps[0][i], true)
		})
	}
	end := map[int]coaching.GoalState{0: coaching.GoalMet, 4: coaching.GoalNeedsMore}[one.turn%6]
	if end != "" {
		c.agenda.note(c.at(Weeks-3, 2, 15, one.turn%60), func(ctx context.Context) error {
			return c.coaching.JudgeGoal(ctx, one.coach, one.member.Member, one.goals[0], end)
		})
	}
}
