package demo

import (
	"context"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// noteOnce plans what does not happen every week: statements, a hand-over, a
// buddy, who stands in, a profile that a client may see, a question.
func (c *coached) noteOnce() {
	if len(c.pairs) < 8 {
		return
	}
	c.agenda.note(c.at(Weeks-3, 3, 11, 30), func(ctx context.Context) error { return c.state(ctx, c.pairs[0], true) })
	c.agenda.note(c.at(Weeks-2, 1, 11, 30), func(ctx context.Context) error { return c.state(ctx, c.pairs[2], false) })
	c.agenda.note(c.at(7, 0, 14, 0), func(ctx context.Context) error { return c.handOver(ctx, c.pairs[1]) })
	c.agenda.note(c.end.Add(-20*time.Hour), func(ctx context.Context) error {
		_, err := c.coaching.Ask(ctx, c.pairs[3].member, coaching.NewQuestion{Text: "Mag ik op vrijdag later beginnen?"})
		return err
	})
	c.agenda.note(c.at(4, 3, 13, 0), func(ctx context.Context) error { return c.buddies(ctx, c.pairs[0]) })
	c.agenda.note(c.end.Add(-19*time.Hour), func(ctx context.Context) error { return c.standIn(ctx, c.pairs[0]) })
	c.agenda.note(c.at(5, 2, 10, 0), func(ctx context.Context) error {
		for _, one := range c.pairs[4:] {
			if one.all {
				return c.show(ctx, one)
			}
		}
		return nil
	})
}

// state makes a statement of the first eight weeks, signed by the coach, and by
// both where it is done.
func (c *coached) state(ctx context.Context, one *pair, both bool) error {
	m := one.member.Member
	today := members.DayOf(c.clock.now())
	statement, err := c.coaching.BeginStatement(ctx, one.coach, m, coaching.NewStatement{
		Funder: coaching.Funder{Kind: coaching.FunderUWV}, From: today.AddDays(-8 * 7), Until: today.AddDays(-1)})
	if err != nil {
		return err
	}
	opinion := coaching.Opinion{Scores: coaching.Scores{Reach: 8, Clear: 7, Help: 8, Result: 7, Overall: 8}, Words: "Ik durf nu zelf te bellen."}
	if err := c.coaching.GiveOwnForm(ctx, one.member, statement, opinion); err != nil {
		return err
	}
	for i, by := range []members.Actor{one.coach, one.member} {
		if i == 1 && !both {
			return nil
		}
		page, err := c.coaching.StatementOf(ctx, by, m, statement)
		if err != nil {
			return err
		}
		if err := c.coaching.SignStatement(ctx, by, m, statement, page.Hash); err != nil {
			return err
		}
	}
	return nil
}

// handOver gives the member another coach of their cooperative on the same day,
// and the new one the keys that the old one had.
func (c *coached) handOver(ctx context.Context, one *pair) error {
	to, ok := c.colleague(one.coach)
	if !ok {
		return nil
	}
	today := members.DayOf(c.clock.now())
	h, err := c.coaching.ProposeHandOver(ctx, one.coach, one.member.Member, coaching.NewHandOver{To: to.Role, Reason: coaching.EndTooLarge, Day: today})
	if err != nil {
		return err
	}
	if err := c.coaching.TickHandOver(ctx, one.coach, h, coaching.Ticks()); err != nil {
		return err
	}
	if err := c.coaching.AnswerHandOver(ctx, one.member, h, true); err != nil {
		return err
	}
	if _, err := c.tasks.RunDue(ctx); err != nil {
		return err
	}
	one.coach = to
	return c.coaching.Grant(ctx, one.member, members.NewGrant{Grantee: to.Role, Scopes: readable(), Until: today.AddMonths(members.UsualGrantMonths)})
}

// colleague is another coach of the cooperative.
func (c *coached) colleague(of members.Actor) (members.Actor, bool) {
	for _, one := range c.pairs {
		if one.coach.Cooperative == of.Cooperative && one.coach.Role != of.Role {
			return one.coach, true
		}
	}
	return members.Actor{}, false
}

// show lets a client see who a member is, with both keys.
func (c *coached) show(ctx context.Context, one *pair) error {
	for _, poster := range c.posters {
		if poster.actor.Cooperative != one.member.Cooperative {
			continue
		}
		n := coaching.NewRelease{Client: poster.actor.Client, Until: members.DayOf(c.clock.now()).AddMonths(members.UsualGrantMonths), Sentence: "Ik werk graag buiten en kom altijd op tijd."}
		if err := c.coaching.ShowTo(ctx, one.member, n); err != nil {
			return err
		}
		list, _, err := c.coaching.ReleasesOf(ctx, one.coach, one.member.Member)
		if err != nil || len(list) == 0 {
			return err
		}
		return c.coaching.AgreeAsCoach(ctx, one.coach, one.member.Member, list[0].ID)
	}
	return nil
}

// buddies lets a coach bring two members of the caseload together; the one may
// see the other's agenda, and writes.
func (c *coached) buddies(ctx context.Context, one *pair) error {
	for _, other := range c.pairs {
		if other.coach.Role != one.coach.Role || other == one {
			continue
		}
		if err := c.coaching.ProposeBuddy(ctx, one.coach, one.member.Member, other.member.Member); err != nil {
			return err
		}
		b, err := c.coaching.BuddyFor(ctx, other.member, one.member.Member)
		if err != nil {
			return err
		}
		for _, by := range []members.Actor{other.member, one.member} {
			if err := c.coaching.AnswerBuddy(ctx, by, b.ID, true); err != nil {
				return err
			}
		}
		grant := members.NewGrant{Grantee: other.member.Role, Scopes: []members.Scope{members.AgendaScope}, Until: members.DayOf(c.clock.now()).AddMonths(5)}
		if err := c.coaching.Grant(ctx, one.member, grant); err != nil {
			return err
		}
		return c.coaching.WriteBuddy(ctx, other.member, b.ID, "Zullen we donderdag samen fietsen? Ik ken de weg.")
	}
	return nil
}

// standIn lets a colleague look after the caseload in the week after the end.
func (c *coached) standIn(ctx context.Context, one *pair) error {
	to, ok := c.colleague(one.coach)
	if !ok {
		return nil
	}
	day := members.DayOf(c.end)
	return c.coaching.NameStandIn(ctx, one.coach, coaching.NewStandIn{Colleague: to.Role, All: true, From: day.AddDays(7), Until: day.AddDays(14)})
}
