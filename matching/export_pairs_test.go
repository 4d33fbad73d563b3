package matching

import (
	"fmt"
	"math/bits"
	"slices"
	"time"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
	"meent/members/coaching"
)

// Told is somebody of whom Check is told what the engine is told, in the words of the
// tables: written from what each field means, and not from how it is loaded.
type Told struct {
	*seeker
	had []jobs.ShiftID
}

// TellCheck tells it. Each rule of working time stands with the work.
func TellCheck(m engine.Member, now time.Time) Told {
	s := &seeker{}
	s.Member, s.Works, s.Restricted, s.Home, s.Reach, s.Pace = m.ID, m.Works, m.Restricted, m.Home, m.Reach, m.Pace
	for _, skill := range m.Skills {
		code := skillCode(skill.Number)
		s.Skills = append(s.Skills, code)
		if level := members.SkillLevels()[skill.Level-1]; level != members.Can {
			s.Levels = with(s.Levels, code, level)
		}
	}
	for _, until := range m.Waiting {
		if until.After(now) {
			s.Waiting++
		}
	}
	s.Bears = members.Load{Physical: m.Bears[0], Sensory: m.Bears[1], Mental: m.Bears[2]}
	s.Support = [...]members.Support{members.NoSupport, members.StartSupport, members.AlwaysSupport}[m.Support]
	s.Musts, s.Fitness.Certificate, s.Wishes.Dutch, s.Fitness.Step = codes('a', uint64(m.Musts)), m.Certificate, language(m.Dutch), step(m.Step)
	s.Most, s.Wanted, s.RestDays, s.Room, s.HasRoom = m.Most, m.Wanted, m.RestDays, m.Room, m.HasRoom
	if m.Week != nil || len(m.Exceptions) > 0 {
		s.week = &members.Availability{Week: m.Week, Exceptions: m.Exceptions}
	}
	for _, b := range m.Booked {
		s.booked = append(s.booked, booking{shift: b.Shift, span: span{b.Starts, b.Ends}, pause: b.Break, pay: b.Pay})
	}
	inOrder(s.booked)
	for _, t := range m.Ties {
		s.told(t, members.DayOf(now))
	}
	for _, shift := range m.PassedOn {
		s.passed = with(s.passed, shift, true)
	}
	r := m.Rails
	s.Rails.AgreedRails = coaching.AgreedRails{DayMinutes: r.DayMinutes, WeekMinutes: r.WeekMinutes, Metres: r.Metres, NoNights: r.NoNights, NotAlone: r.NotAlone,
		First: r.First, CoachFirst: r.CoachFirst, Only: codes('g', r.Only), Not: codes('g', r.Not), Coach: r.Coach != "" && r.Coach >= members.DayOf(now)}
	return Told{s, m.Had}
}

func (s *seeker) told(t engine.Tie, today members.Day) {
	if t.Blocked {
		s.blocked = with(s.blocked, t.Client, true)
	}
	if t.Refused >= today && t.Refused != "" {
		s.refused = with(s.refused, t.Client, true)
	}
	if t.Been {
		s.been = with(s.been, t.Client, true)
	}
	for _, gig := range t.Tried { // the tables have one at the most
		s.tried = with(s.tried, t.Client, gig)
	}
	for _, e := range t.Gigs {
		s.earlier = with(s.earlier, t.Client, append(s.earlier[t.Client], earlier{e.Gig, e.First}))
	}
}

// Check is what matching.Check lists, and what keeps an offer from being written; asked
// says that they were asked before.
func (t Told) Check(w Work, rules []jobs.WorktimeRule) (broken, forOffer []Rule, asked bool) {
	t.worktime = rules
	c := t.at(w)
	return failed(c, w), failedForOffer(c, w), slices.Contains(t.had, w.Shift)
}

// TellWork is the work in the words of the tables.
func TellWork(e engine.Work) Work {
	w := Work{Shift: e.Shift, Gig: e.Gig, Client: e.Client, Starts: e.Starts, Ends: e.Ends, Break: e.Break, Pay: e.Pay, Open: e.Open, Free: e.Free,
		Seats: Seats{Buddies: e.Buddies, BuddyFree: e.BuddyFree, Remote: e.Remote}, Place: e.Place, Groups: codes('g', e.Groups),
		Support: e.Helps, WithOthers: e.WithOthers}
	w.Loads = members.Load{Physical: e.Loads[0], Sensory: e.Loads[1], Mental: e.Loads[2]}
	w.Abilities, w.Demands.Dutch, w.Demands.Certificate, w.Demands.Step = codes('a', uint64(e.Offers)), language(e.Dutch), e.Certificate, step(e.Step)
	w.Form = members.PostedEmployee
	if e.Trial {
		w.Form = members.TrialPlacement
	}
	for _, a := range e.Asked {
		code, need := skillCode(a.Number), jobs.Useful
		if a.Required {
			need = jobs.Required
		}
		w.Skills = append(w.Skills, code)
		w.Asked = append(w.Asked, jobs.AskedSkill{Skill: members.Skill{Code: code}, Need: need, Level: members.SkillLevels()[a.Level-1]})
	}
	return w
}

func skillCode(number uint16) string { return fmt.Sprintf("skill%d", number) }

// codes names each bit.
func codes(kind byte, of uint64) (list []string) {
	for left := of; left != 0; left &= left - 1 {
		list = append(list, fmt.Sprintf("%c%d", kind, bits.TrailingZeros64(left)))
	}
	return list
}

func language(rank uint8) members.LanguageLevel {
	if rank == 0 {
		return ""
	}
	return members.LanguageLevels()[rank-1]
}

func step(rank uint8) coaching.WorkStep {
	if rank == 0 {
		return ""
	}
	return coaching.WorkSteps()[rank-1]
}
