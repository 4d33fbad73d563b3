package engine_test

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"time"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// The rules once more, read plainly: as slow as they are short, and with nothing of
// the engine but its words.

func plainRules(m *engine.Member, w *engine.Work, now time.Time) (s engine.Rules) {
	must := func(r engine.Rule, holds bool) {
		if !holds {
			s = s.With(r)
		}
	}
	metres := 0
	if !w.Remote {
		metres = m.Home.Metres(w.Place)
	}
	level := map[uint16]uint8{}
	for _, one := range m.Skills {
		level[one.Number] = one.Level
	}
	required, missing, counts, any, learns := 0, false, 0, false, true
	for _, a := range w.Asked {
		have := level[a.Number]
		ok := have > 0 && (have >= a.Level || !a.Required && a.Level <= 2)
		if ok {
			counts++
		}
		if a.Required {
			required++
			missing = missing || !ok
		}
		if have > 0 {
			any, learns = true, learns && have == 1
		}
	}
	free := w.Free
	if w.Buddies && any && learns {
		free = w.BuddyFree
	}
	waiting := 0
	for _, until := range m.Waiting {
		if until.After(now) {
			waiting++
		}
	}
	var tie engine.Tie
	for _, t := range m.Ties {
		if t.Client == w.Client {
			tie = t
		}
	}
	tried := slices.ContainsFunc(tie.Tried, func(g jobs.GigID) bool { return g != w.Gig }) ||
		slices.ContainsFunc(tie.Gigs, func(e engine.Earlier) bool { return e.Gig != w.Gig && e.First.Before(w.Starts) })
	been := tie.Been || slices.Contains(m.PassedOn, w.Shift)
	today := members.DayOf(now)
	told := m.Week != nil || len(m.Exceptions) > 0
	must(engine.WorksRule, m.Works)
	must(engine.SkillRule, !missing && (required > 0 || len(w.Asked) == 0 || counts > 0))
	must(engine.ReachRule, metres <= m.Reach)
	must(engine.WeekRule, !told || members.Availability{Week: m.Week, Exceptions: m.Exceptions}.Covers(w.Starts, w.Ends))
	must(engine.SeatRule, w.Open && free > 0)
	must(engine.CalmRule, waiting < 3 && (m.Pace == 0 || waiting < m.Pace))
	must(engine.MayRule, !m.Restricted)
	must(engine.BlockRule, !tie.Blocked)
	must(engine.RefusedRule, tie.Refused == "" || tie.Refused < today)
	must(engine.CertificateRule, m.Certificate || !w.Certificate)
	must(engine.StepRule, m.Step == 0 || w.Step <= m.Step)
	must(engine.TrialRule, !w.Trial || !tried)
	for i, r := range []engine.Rule{engine.PhysicalRule, engine.SensoryRule, engine.MentalRule} {
		must(r, m.Bears[i] == 0 || w.Loads[i] == 0 || m.Bears[i] >= w.Loads[i])
	}
	must(engine.SupportRule, m.Support == engine.NoSupport || w.Helps || m.Support == engine.StartSupport && been)
	must(engine.AbilityRule, m.Musts&^w.Offers == 0)
	must(engine.DutchRule, m.Dutch == 0 || m.Dutch >= w.Dutch)
	must(engine.RailNightRule, !m.Rails.NoNights || !plainNight(w))
	must(engine.RailAloneRule, !m.Rails.NotAlone || w.WithOthers)
	must(engine.RailKindRule, w.Groups&m.Rails.Not == 0 && (m.Rails.Only == 0 || w.Groups != 0 && w.Groups&^m.Rails.Only == 0))
	must(engine.RailReachRule, m.Rails.Metres == 0 || metres <= m.Rails.Metres)
	must(engine.RailFirstRule, !m.Rails.First || w.Helps || been)
	return s | plainTime(m, w)
}

// plainNight looks at each quarter of an hour; nothing here begins within one.
func plainNight(w *engine.Work) bool {
	for at := w.Starts; at.Before(w.Ends); at = at.Add(15 * time.Minute) {
		if hour := at.In(members.Amsterdam()).Hour(); hour >= 23 || hour < 6 {
			return true
		}
	}
	return false
}

func plainDay(at time.Time) int {
	y, m, d := at.In(members.Amsterdam()).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func plainWeek(at time.Time) int { return (plainDay(at) + 3) / 7 } // 1970-01-01 was a Thursday

func plainTime(m *engine.Member, w *engine.Work) (s engine.Rules) {
	one := jobs.Stint{Starts: w.Starts, Ends: w.Ends, Break: w.Break}
	earned, worked := w.Pay, w.Ends.Sub(w.Starts)-w.Break
	minutesOf, weekOf := map[int]int{}, map[int]int{}
	count := func(starts, ends time.Time, only bool) {
		for at := starts; at.Before(ends); at = at.Add(15 * time.Minute) {
			day, week := plainDay(at), plainWeek(at)
			if _, has := minutesOf[day]; has || !only {
				minutesOf[day] += 15
			}
			if _, has := weekOf[week]; has || !only {
				weekOf[week] += 15
			}
		}
	}
	count(w.Starts, w.Ends, false)
	var others []jobs.Stint
	for _, b := range m.Booked {
		around := b.Starts.Sub(w.Starts).Abs() <= jobs.WorktimeReach // no work takes longer
		touches := around && b.Starts.Before(w.Ends) && w.Starts.Before(b.Ends)
		if touches {
			s = s.With(engine.FreeRule)
		}
		if b.Shift == w.Shift {
			continue
		}
		if around {
			if !touches {
				others = append(others, jobs.Stint{Starts: b.Starts, Ends: b.Ends, Break: b.Break})
			}
			count(b.Starts, b.Ends, true)
		}
		y, month, _ := b.Starts.In(members.Amsterdam()).Date()
		if wy, wm, _ := w.Starts.In(members.Amsterdam()).Date(); y == wy && month == wm {
			earned += b.Pay
		}
		if plainWeek(b.Starts) == plainWeek(w.Starts) {
			worked += b.Ends.Sub(b.Starts) - b.Break
		}
		if away := max(plainDay(b.Starts)-plainDay(w.Starts), plainDay(w.Starts)-plainDay(b.Starts)); away > 0 && away <= m.RestDays {
			s = s.With(engine.RestDaysRule)
		}
	}
	codes := map[jobs.WorktimeCode]engine.Rule{jobs.RestBetween: engine.RestRule, jobs.HoursADay: engine.HoursDayRule, jobs.HoursAWeek: engine.HoursWeekRule}
	for _, rule := range w.Worktime {
		if rule.Effect == jobs.WorktimeBlocks && rule.Breaks(one, others) {
			s = s.With(codes[rule.Code])
		}
	}
	if m.HasRoom && w.Pay > 0 && earned > m.Room {
		s = s.With(engine.RoomRule)
	}
	if m.Most != 0 && worked > m.Most {
		s = s.With(engine.HoursWantedRule)
	}
	for _, minutes := range minutesOf {
		if m.Rails.DayMinutes > 0 && minutes > m.Rails.DayMinutes {
			s = s.With(engine.RailDayRule)
		}
	}
	for _, minutes := range weekOf {
		if m.Rails.WeekMinutes > 0 && minutes > m.Rails.WeekMinutes {
			s = s.With(engine.RailWeekRule)
		}
	}
	return s
}

// plainOffer are the rules that keep an offer from being written.
func plainOffer(m *engine.Member, w *engine.Work, now time.Time) engine.Rules {
	s := plainRules(m, w, now)
	if m.Rails.CoachFirst && m.Rails.Coach != "" && m.Rails.Coach >= members.DayOf(now) {
		s &^= engine.Rules(0).With(engine.RailFirstRule)
		if m.Support == engine.StartSupport {
			s &^= engine.Rules(0).With(engine.SupportRule)
		}
	}
	return s
}

func plainFacts(m *engine.Member, w *engine.Work) engine.Facts {
	f := engine.Facts{Helps: w.Helps, Reach: m.Reach, Remote: w.Remote, Bears: m.Bears, Loads: w.Loads, Pay: w.Pay, Limited: m.HasRoom, Wanted: engine.UsualWant, Asked: []engine.AskedSkill{}}
	if m.Wanted > 0 {
		f.Wanted = 8 * m.Wanted
	}
	if !w.Remote {
		f.Metres = m.Home.Metres(w.Place)
	}
	for _, a := range w.Asked {
		one := engine.AskedSkill{Want: a.Level}
		for _, s := range m.Skills {
			if s.Number == a.Number && (s.Level >= a.Level || !a.Required && a.Level <= 2) {
				one.Have = s.Level
			}
		}
		f.Asked, f.Grows = append(f.Asked, one), f.Grows || slices.Contains(m.Goals, a.Number)
	}
	if m.HasRoom {
		f.Left = m.Room
	}
	for _, b := range m.Booked {
		y, month, _ := b.Starts.In(members.Amsterdam()).Date()
		if wy, wm, _ := w.Starts.In(members.Amsterdam()).Date(); m.HasRoom && b.Shift != w.Shift && y == wy && month == wm {
			f.Left -= b.Pay
		}
		if b.Starts.Sub(w.Starts).Abs() <= 28*24*time.Hour {
			f.Received += b.Ends.Sub(b.Starts)
		}
	}
	for _, t := range m.Ties {
		if t.Client == w.Client {
			f.Times = t.Agreed
		}
	}
	return f
}

// plainBest looks at everybody.
func plainBest(list []engine.Member, w *engine.Work, now time.Time, most int, weights *engine.Weights) (best []engine.Ranked) {
	for i := range list {
		m := &list[i]
		if plainOffer(m, w, now) != 0 || slices.Contains(m.Had, w.Shift) {
			continue
		}
		f := plainFacts(m, w)
		points := engine.Score(&f, weights)
		best = append(best, engine.Ranked{Member: m.ID, Facts: f, Points: points, Total: points.Total()})
	}
	slices.SortFunc(best, func(a, b engine.Ranked) int {
		lotA, lotB := sha256.Sum256(append(w.Shift[:], a.Member[:]...)), sha256.Sum256(append(w.Shift[:], b.Member[:]...))
		return cmp.Or(cmp.Compare(b.Total, a.Total), slices.Compare(lotA[:], lotB[:]))
	})
	return best[:min(most, len(best))]
}
