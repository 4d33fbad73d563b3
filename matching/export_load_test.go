package matching

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// LoadedUnlike says in what a loaded member differs from the Candidate, for each
// member and open shift, and how many pairs there were.
func (s *Service) LoadedUnlike(ctx context.Context, l *Loader) (faults []string, pairs int, err error) {
	all, err := l.All(ctx)
	if err != nil {
		return nil, 0, err
	}
	by := map[members.MemberID]engine.Member{}
	for _, m := range all.Members {
		by[m.ID] = m
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		open, err := listOpenWork(ctx, tx, l.cooperative, s.now())
		if err != nil {
			return err
		}
		for i, w := range open {
			found, err := selectCandidates(ctx, tx, w, nil, s.now())
			if err != nil {
				return err
			}
			if len(found) != len(by) {
				return fmt.Errorf("%d candidates, %d members", len(found), len(by))
			}
			for _, c := range found {
				pairs++
				m := by[c.Member]
				for _, fault := range unlike(c, w, m, all.Work[i], l, s.now()) {
					faults = append(faults, fmt.Sprintf("%s on %s: %s", c.Member, w.Shift, fault))
				}
			}
		}
		return nil
	})
	return faults, pairs, err
}

// unlike computes each fact of a Candidate from a Member, in a second way.
func unlike(c Candidate, w Work, m engine.Member, e engine.Work, l *Loader, now time.Time) (faults []string) {
	same := func(name string, from, loaded any) {
		if fmt.Sprint(from) != fmt.Sprint(loaded) {
			faults = append(faults, fmt.Sprintf("%s is %v, loaded %v", name, from, loaded))
		}
	}
	var tie engine.Tie
	if at := slices.IndexFunc(m.Ties, func(t engine.Tie) bool { return t.Client == w.Client }); at >= 0 {
		tie = m.Ties[at]
	}
	same("works", c.Works, m.Works)
	same("restricted", c.Restricted, m.Restricted)
	same("home", c.Home, m.Home)
	same("reach", c.Reach, m.Reach)
	same("pace", c.Pace, m.Pace)
	same("waiting", c.Waiting, len(m.Waiting)-len(slices.DeleteFunc(slices.Clone(m.Waiting), func(u time.Time) bool { return u.After(now) })))
	same("told", c.Told, m.Week != nil)
	same("away", c.Away, !members.Availability{Week: m.Week, Exceptions: m.Exceptions}.Covers(w.Starts, w.Ends))
	same("asked", c.Asked, slices.Contains(m.Had, w.Shift))
	helped := c.Rails.First || c.Support == members.StartSupport
	same("been", helped && c.Rails.Been, helped && tie.Been)
	same("passed on", helped && c.Rails.PassedOn, helped && slices.Contains(m.PassedOn, w.Shift))
	same("bears", [3]int{c.Bears.Physical, c.Bears.Sensory, c.Bears.Mental}, m.Bears)
	same("support", c.Support == members.AlwaysSupport, m.Support == engine.AlwaysSupport)
	same("support at first", c.Support == members.StartSupport, m.Support == engine.StartSupport)
	same("musts", !slices.ContainsFunc(c.Musts, func(code string) bool { return !slices.Contains(w.Abilities, code) }), m.Musts&^e.Offers == 0)
	same("number of musts", len(c.Musts), bits.OnesCount32(m.Musts))
	same("goals", slices.ContainsFunc(w.Skills, func(code string) bool { return slices.Contains(c.Goals, code) }),
		slices.ContainsFunc(e.Asked, func(a engine.Ask) bool { return slices.Contains(m.Goals, a.Number) }))
	same("dutch", slices.Index(members.LanguageLevels(), c.Dutch)+1, m.Dutch)
	same("hours", []any{c.Most, c.Wanted, c.RestDays}, []any{m.Most, m.Wanted, m.RestDays})
	same("room", []any{c.HasRoom, c.Room}, []any{m.HasRoom, m.Room})
	same("blocked", c.Blocked, tie.Blocked)
	same("refused", c.Refused, tie.Refused >= members.DayOf(now))
	same("known", c.Known, tie.Agreed)
	same("tried", e.Trial && c.Tried, e.Trial && triedOf(tie, w))
	same("certificate", c.Fitness.Certificate, m.Certificate)
	same("step", c.Fitness.Step.Rank(), m.Step)
	same("number of skills", len(c.Skills), len(m.Skills))
	for _, code := range c.Skills {
		at := slices.IndexFunc(m.Skills, func(s engine.Skill) bool { return s.Number == l.numbers.skills[code] })
		if at < 0 {
			faults = append(faults, code+" is not loaded")
		} else if slices.Contains(w.Skills, code) {
			same("level of "+code, c.level(code).Rank(), m.Skills[at].Level)
		}
	}
	var received time.Duration
	busy := false
	var booked []booking
	for _, b := range m.Booked {
		if !b.Starts.Before(w.Starts.Add(-engine.ShareSide)) && !b.Starts.After(w.Starts.Add(engine.ShareSide)) {
			received += b.Ends.Sub(b.Starts)
		}
		busy = busy || b.Starts.Before(w.Ends) && w.Starts.Before(b.Ends)
		booked = append(booked, booking{shift: b.Shift, span: span{b.Starts, b.Ends}, pause: b.Break, pay: b.Pay})
	}
	same("received", c.Received, received)
	same("busy", c.Busy, busy)
	var again Candidate
	again.Rails.AgreedRails = c.Rails.AgreedRails
	again.book(w, around(booked, w), e.Worktime)
	same("too much", c.TooMuch, again.TooMuch)
	same("day's work", c.Rails.DayWork, again.Rails.DayWork)
	again.RestDays = m.RestDays
	again.weigh(w, booked)
	same("month, week, days between", []any{c.MonthPay, c.WeekLong, c.NoRest}, []any{again.MonthPay, again.WeekLong, again.NoRest})
	same("pay, loads, dutch of the work", []any{w.Pay, w.Loads.Physical, w.Loads.Sensory, w.Loads.Mental, slices.Index(members.LanguageLevels(), w.Dutch) + 1},
		[]any{e.Pay, e.Loads[0], e.Loads[1], e.Loads[2], e.Dutch})
	r := m.Rails
	same("rails", []any{c.Rails.DayMinutes, c.Rails.WeekMinutes, c.Rails.Metres, c.Rails.NoNights, c.Rails.NotAlone, c.Rails.First, c.Rails.CoachFirst, c.Rails.Coach},
		[]any{r.DayMinutes, r.WeekMinutes, r.Metres, r.NoNights, r.NotAlone, r.First, r.CoachFirst, r.CoachFirst && r.Coach >= members.DayOf(now)})
	same("kinds", c.Rails.Kinds(w.Groups), r.Not&e.Groups == 0 && (r.Only == 0 || e.Groups != 0 && e.Groups&^r.Only == 0))
	same("work", fmt.Sprint(w.Shift, w.Gig, w.Client, w.Starts.Unix(), w.Ends.Unix(), w.Break, w.Open, w.Free, w.Seats, w.Place, w.Support, w.WithOthers, w.Demands.Certificate, len(w.Skills)),
		fmt.Sprint(e.Shift, e.Gig, e.Client, e.Starts.Unix(), e.Ends.Unix(), e.Break, e.Open, e.Free, Seats{e.Buddies, e.BuddyFree, e.Remote}, e.Place, e.Helps, e.WithOthers, e.Certificate, len(e.Asked)))
	return faults
}

func triedOf(t engine.Tie, w Work) bool {
	return slices.ContainsFunc(t.Tried, func(g jobs.GigID) bool { return g != w.Gig }) ||
		slices.ContainsFunc(t.Gigs, func(e engine.Earlier) bool { return e.Gig != w.Gig && e.First.Before(w.Starts) })
}

// SkillNumber is the engine's number of a skill.
func (l *Loader) SkillNumber(code string) uint16 { return l.numbers.skill(code) }

// Followed lists the tables whose changes come into the feed.
func Followed() string {
	return `SELECT n.nspname || '.' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE t.tgname = 'matching_follows'`
}

// Proposed compares what the engine alone says with the tables, for each open shift:
// who, in which order, and with which facts and points.
func (s *Service) Proposed(ctx context.Context, c id.Cooperative) (byEngine, byTables map[jobs.ShiftID][]engine.Ranked, err error) {
	byEngine, byTables = map[jobs.ShiftID][]engine.Ranked{}, map[jobs.ShiftID][]engine.Ranked{}
	loaded, _ := s.engines.of(c, s.now())
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		weights, err := findWeights(ctx, tx, c)
		if err != nil {
			return err
		}
		open, err := listOpenWork(ctx, tx, c, s.now())
		if err != nil || len(open) == 0 {
			return err
		}
		asked, err := loaded.workTx(ctx, tx, open)
		for i, w := range open {
			if err != nil {
				return err
			}
			byEngine[w.Shift] = append([]engine.Ranked{}, loaded.columns.Now().Best(&asked[i], s.now(), 1000, &weights)...)
			var ranked []Ranked
			ranked, err = plainMatcher{now: s.now}.Rank(ctx, tx, w, 1000)
			list := []engine.Ranked{}
			for _, r := range ranked {
				one := engine.Ranked{Member: r.Member, Facts: engine.Facts(*r.Explanation.Facts), Total: r.Explanation.Total}
				one.Points = engine.Score(&one.Facts, &weights)
				list = append(list, one)
			}
			byTables[w.Shift] = list
		}
		return err
	})
	return byEngine, byTables, err
}

// RankedBoth ranks for each open shift, by the engine and by the tables; fell says that
// the engine was not there.
func (s *Service) RankedBoth(ctx context.Context, c id.Cooperative, most int) (byEngine, byTables map[jobs.ShiftID][]Ranked, fell bool, err error) {
	byEngine, byTables = map[jobs.ShiftID][]Ranked{}, map[jobs.ShiftID][]Ranked{}
	_, is := s.engines.of(c, s.now())
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		open, err := listOpenWork(ctx, tx, c, s.now())
		for _, w := range open {
			if err == nil {
				byEngine[w.Shift], err = s.matcher.Rank(ctx, tx, w, most)
			}
			if err == nil {
				byTables[w.Shift], err = plainMatcher{now: s.now}.Rank(ctx, tx, w, most)
			}
		}
		return err
	})
	return byEngine, byTables, !is, err
}

// EngineShown reports whether an engine of the cooperative may be asked now.
func (s *Service) EngineShown(c id.Cooperative) bool {
	_, is := s.engines.of(c, s.now())
	return is
}
