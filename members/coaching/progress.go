package coaching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ShownMonths is how many months the charts of a member's progress have.
const ShownMonths = 12

// hintMonths is how long ago paid work may be that points to a step of the ladder.
const hintMonths = 3

// Month counts what happened in a month of the Netherlands.
type Month struct {
	First members.Day // its first day
	N     int
}

// Progress is how far a member is, as far as who looks may see it.
type Progress struct {
	Parts  []Part // a coach's, granted or not; none for the member themselves
	Goals  []Goal
	Rungs  []Rung      // the one that is proposed first, then the newest
	Due    members.Day // when the ladder is looked at again; empty: it never was
	Hint   Hint
	Scores []SelfScore    // the newest first
	Steps  []WorkStepMove // of the ladder of work, the newest first
	Hours  []Month        // agreed minutes, by the month in which they were agreed
	Gigs   []Month        // agreed work that is over
	Skills []Month        // seen by others, all until the end of that month
}

// Sees reports whether who looks may see this part.
func (p Progress) Sees(scope members.Scope) bool {
	return p.Parts == nil || slices.ContainsFunc(p.Parts, func(part Part) bool { return part.Scope == scope && part.Granted() })
}

// Proposed is the step of the ladder that waits for a decision, if any.
func (p Progress) Proposed() (Rung, bool) {
	if len(p.Rungs) > 0 && p.Rungs[0].State == RungProposed {
		return p.Rungs[0], true
	}
	return Rung{}, false
}

// Set are the steps that both agreed on, the newest first.
func (p Progress) Set() []Rung {
	return slices.DeleteFunc(slices.Clone(p.Rungs), func(r Rung) bool { return r.State != RungSet })
}

// progressScopes are what a page of progress is made of.
func progressScopes() []members.Scope {
	return []members.Scope{members.ProgressScope, members.SelfScoresScope, members.HoursScope, members.AgendaScope, members.ProfileScope}
}

// Progress reads how far a member is: for themselves, or for the coach who
// follows them, each part with its own grant and its line in the member's access
// log. It returns members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) Progress(ctx context.Context, by members.Actor, m members.MemberID) (p Progress, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if !isOwn(by, m) {
			if _, err := findFollow(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
				return err
			}
			if p.Parts, err = s.partsTx(ctx, tx, by, m, progressScopes()); err != nil {
				return err
			}
		}
		if err := s.readGoalsTx(ctx, tx, by, m, &p); err != nil {
			return err
		}
		if p.Sees(members.SelfScoresScope) {
			if p.Scores, err = listScores(ctx, tx, by.Cooperative, m, MostScores); err != nil {
				return err
			}
		}
		return s.countTx(ctx, tx, by, m, &p)
	})
	return p, err
}

// readGoalsTx reads the goals and the ladder.
func (s *Service) readGoalsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, p *Progress) error {
	if !p.Sees(members.ProgressScope) {
		return nil
	}
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	kept, err := listGoals(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	if p.Goals, err = s.openGoals(ctx, tx, person, kept); err != nil {
		return err
	}
	p.Rungs, err = listRungs(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	p.Due = Due(p.Rungs)
	p.Steps, err = s.readWorkStepsTx(ctx, tx, by.Cooperative, m, person)
	return err
}

// countTx counts by month what may be seen, and what it points to.
func (s *Service) countTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, p *Progress) (err error) {
	now := s.now()
	from := firstOf(members.DayOf(now)).AddMonths(1 - ShownMonths)
	since := midnight(from)
	if p.Sees(members.HoursScope) {
		facts, err := listPastFacts(ctx, tx, by.Cooperative, m, HoursAgreed, since, now)
		if err != nil {
			return err
		}
		p.Hours = byMonth(from, facts, func(f Fact) int { return f.Minutes })
	}
	if p.Sees(members.AgendaScope) {
		facts, err := listPastFacts(ctx, tx, by.Cooperative, m, Shift, since, now)
		if err != nil {
			return err
		}
		p.Gigs = byMonth(from, facts, func(Fact) int { return 1 })
	}
	if p.Sees(members.ProfileScope) {
		seen, err := listSkillsSeen(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		p.Skills = untilMonth(from, seen)
	}
	if !p.Sees(members.ProgressScope) {
		return nil
	}
	coached, err := hasCoach(ctx, tx, by.Cooperative, m)
	p.Hint = SuggestStep(Participation{Paid: lately(p.Hours) || lately(p.Gigs), Coached: coached})
	return err
}

func firstOf(day members.Day) members.Day {
	if len(day) < 8 {
		return day
	}
	return day[:8] + "01"
}

// midnight is when the day begins in the Netherlands.
func midnight(day members.Day) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, string(day), members.Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return at
}

// months are those of a chart, from this first day on.
func months(from members.Day) []Month {
	list := make([]Month, ShownMonths)
	for i := range list {
		list[i].First = from.AddMonths(i)
	}
	return list
}

// byMonth adds facts up.
func byMonth(from members.Day, facts []Fact, worth func(Fact) int) []Month {
	list := months(from)
	for _, f := range facts {
		first := firstOf(members.DayOf(f.At))
		for i := range list {
			if list[i].First == first {
				list[i].N += worth(f)
			}
		}
	}
	return list
}

// untilMonth counts what there was at the end of each month.
func untilMonth(from members.Day, seen []time.Time) []Month {
	list := months(from)
	for _, at := range seen {
		first := firstOf(members.DayOf(at))
		for i := range list {
			if first <= list[i].First {
				list[i].N++
			}
		}
	}
	return list
}

// lately reports something in this month or the two before.
func lately(list []Month) bool {
	return slices.ContainsFunc(list[max(0, len(list)-hintMonths):], func(m Month) bool { return m.N > 0 })
}
