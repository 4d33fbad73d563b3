package demo

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// pair is a member and the coach who follows them, as long as the past lasts.
type pair struct {
	member members.Actor
	coach  members.Actor
	turn   int  // in the order of the caseload
	all    bool // the coach may read everything
	goals  []coaching.GoalID
	steps  [][]coaching.StepID // of each goal
}

// coached makes twelve weeks of what members and coaches do together. Its draws
// are its own, so that work and money stay as they are.
type coached struct {
	*past
	random *rand.Rand
	ids    io.Reader
	pairs  []*pair
}

// noteCoaching plans it for everybody who shares notes with their coach: the
// intake, a word each week or so, how the week was, and what came of a goal.
func (p *past) noteCoaching(ctx context.Context) error {
	c := &coached{past: p, random: rand.New(rand.NewChaCha8(seedBytes(p.given.Seed, "coached"))), ids: newIDs(p.given.Seed, "contacts")}
	if err := c.meet(ctx); err != nil {
		return err
	}
	for _, one := range c.pairs {
		c.noteIntake(one)
		for week := 1; week < Weeks; week++ {
			c.noteWeek(one, week)
		}
		c.noteGoals(one)
	}
	c.noteOnce()
	scenes{c}.note()
	return nil
}

// meet finds the pairs, each cooperative's in the order in which they came.
func (c *coached) meet(ctx context.Context) error {
	for turn, w := range c.workers {
		member := c.people[w.member]
		grants, err := c.members.Grants(ctx, member)
		if err != nil {
			return err
		}
		may := func(scope members.Scope) bool {
			return slices.ContainsFunc(grants, func(g members.Grant) bool { return g.Scope == scope })
		}
		if !may(members.SharedNotesScope) {
			continue
		}
		coach, ok := c.coaches[grants[0].Grantee]
		if !ok {
			return fmt.Errorf("demo: nobody is the coach %s", grants[0].Grantee)
		}
		c.pairs = append(c.pairs, &pair{member: member, coach: coach, turn: turn, all: may(members.ProfileScope)})
	}
	return nil
}

// at is a moment of the past, on a weekday (Monday is 0) of a week. The weeks
// are those of the past, the first begins on the day on which people came.
func (c *coached) at(week, day, hour, minute int) time.Time {
	monday := c.now.AddDate(0, 0, 7*week-(int(c.now.Weekday())+6)%7+7)
	zone, _ := amsterdam() // live asked before
	return time.Date(monday.Year(), monday.Month(), monday.Day()+day, hour, minute, 0, 0, zone)
}

// log writes a contact of the coach down, with a text of the list, or one drawn.
func (c *coached) log(one *pair, text row) func(context.Context) error {
	return func(ctx context.Context) error {
		n := coaching.NewContact{ID: id.New[coaching.Contact](c.ids), Member: one.member.Member, Kind: coaching.ContactKind(text["kind"]),
			Minutes: text.number("minutes"), Why: text["why"], Next: text["next"]}
		if len(one.goals) > 0 && one.turn%2 == 0 {
			n.Goal = one.goals[0]
		}
		return c.coaching.LogContact(ctx, one.coach, n)
	}
}

// noteWeek plans a contact in most weeks, and on Sunday how the week was.
func (c *coached) noteWeek(one *pair, week int) {
	silent := one.turn%7 == 3 && week > Weeks-4 // whom nobody spoke for weeks
	if !silent && c.random.IntN(4) > 0 {
		text := c.data.contacts[1+c.random.IntN(len(c.data.contacts)-2)]
		c.agenda.note(c.at(week-1, (one.turn+week)%5, 9+c.random.IntN(8), c.random.IntN(60)), c.log(one, text))
	}
	if one.turn%3 != 1 {
		c.agenda.note(c.at(week-1, 6, 19, one.turn%60), c.score(one, week))
	}
}

// score is how a member says that the week was; one has had a bad one.
func (c *coached) score(one *pair, week int) func(context.Context) error {
	answer := func() int { return min(5, 3+week/5+c.random.IntN(2)) }
	n := coaching.NewScore{Feel: answer(), Work: answer(), Next: answer()}
	if one.turn%8 == 2 && week >= Weeks-2 {
		n.Work, n.Next = 2, 2
	}
	return func(ctx context.Context) error { return c.coaching.GiveScore(ctx, one.member, n) }
}
