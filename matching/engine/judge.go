package engine

import (
	"time"

	"meent/jobs"
	"meent/members"
)

// moment is when somebody asks.
type moment struct {
	time.Time
	day members.Day
}

func momentOf(now time.Time) moment { return moment{now, members.DayOf(now)} }

// judge gives the rules that do not hold for a row, or some of them as soon as there
// are so many. have is how the row holds each skill that is wanted; 0: not.
func (s *sought) judge(p *page, r int, have []holder, now moment, enough int) Rules {
	broken := s.plain(p, r)
	if broken.Len() >= enough {
		return broken
	}
	if !s.Remote && !s.reaches(p, r) {
		broken = broken.With(ReachRule)
	}
	broken |= s.skilled(have)
	if broken.Len() >= enough {
		return broken
	}
	if !s.fits(p, r) {
		broken = broken.With(WeekRule)
	}
	side := p.side[r]
	if side == nil {
		return broken | s.free(p, r)
	}
	broken |= s.tied(side, now) | s.calm(&p.cold[r], side, now) | s.railed(p, r, side)
	if broken.Len() >= enough {
		return broken
	}
	return broken | s.helped(p, r, side) | s.booked(p, r, side)
}

// plain are the rules of one number or a few bits.
func (s *sought) plain(p *page, r int) (broken Rules) {
	f := p.flags[r]
	if f&works == 0 {
		broken = broken.With(WorksRule)
	}
	if f&restricted != 0 {
		broken = broken.With(MayRule)
	}
	if !s.Open {
		broken = broken.With(SeatRule)
	}
	if lacks := lacking(p.lim[r], s.asks); lacks&^(0xff<<supportAt) != 0 {
		for i, rule := range [3]Rule{PhysicalRule, SensoryRule, MentalRule} {
			if lacks>>(8*i)&0xff != 0 {
				broken = broken.With(rule)
			}
		}
	}
	if p.musts[r]&^s.Offers != 0 {
		broken = broken.With(AbilityRule)
	}
	if d := f.dutch(); d != 0 && d < s.Dutch {
		broken = broken.With(DutchRule)
	}
	if step := f.step(); step != 0 && step < s.Step {
		broken = broken.With(StepRule)
	}
	if s.Certificate && f&certificate == 0 {
		broken = broken.With(CertificateRule)
	}
	return broken
}

func (s *sought) metres(p *page, r int) int {
	if s.Remote {
		return 0
	}
	return p.cold[r].home.Metres(s.Place)
}

func (s *sought) reaches(p *page, r int) bool {
	if p.at[r].beyond(s.at, float32(p.reach[r])) {
		return false
	}
	return s.metres(p, r) <= int(p.reach[r])
}

// skilled says whether somebody can do the work, and has a seat there.
func (s *sought) skilled(have []holder) (broken Rules) {
	counts, missing, any, learns := 0, false, false, true
	for i := range s.wants {
		level := have[i].level()
		if level >= s.wants[i].least {
			counts++
		} else if s.wants[i].required {
			missing = true
		}
		if level > 0 {
			any, learns = true, learns && level == learning
		}
	}
	if missing || s.required == 0 && len(s.wants) > 0 && counts == 0 {
		broken = broken.With(SkillRule)
	}
	seats := s.Free
	if s.Buddies && any && learns {
		seats = s.BuddyFree
	}
	if !s.Open || seats <= 0 {
		broken = broken.With(SeatRule)
	}
	return broken
}

// fits says whether it is when the member can work.
func (s *sought) fits(p *page, r int) bool {
	has := p.flags[r]&told != 0
	if side := p.side[r]; side != nil && len(side.exceptions) > 0 {
		a := members.Availability{Exceptions: side.exceptions}
		if has {
			a.Week = p.week[r].of()
		}
		for _, day := range s.week.days {
			if _, other := side.exceptions[day]; other {
				return a.Covers(s.Starts, s.Ends)
			}
		}
		has = has || s.week.never
	}
	if !has {
		return true
	}
	for _, w := range s.week.words {
		if p.week[r][w.at]&w.mask != w.mask {
			return false
		}
	}
	return !s.week.never
}

// free are the rules about time and money of who has nothing agreed, and no ties.
func (s *sought) free(p *page, r int) (broken Rules) {
	if lacking(p.lim[r], s.asks)>>supportAt != 0 {
		broken = broken.With(SupportRule)
	}
	return broken | s.alone | s.means(p, r, 0, 0)
}

// means are what the member wants to earn in a month, and to work in a week.
func (s *sought) means(p *page, r, earned int, worked time.Duration) (broken Rules) {
	c := &p.cold[r]
	if p.flags[r]&roomTold != 0 && s.Pay > 0 && earned+s.Pay > c.room {
		broken = broken.With(RoomRule)
	}
	if c.most != 0 && worked+s.Ends.Sub(s.Starts)-s.Break > c.most {
		broken = broken.With(HoursWantedRule)
	}
	return broken
}

// tie may be nil.
func (d *side) tie(client members.ClientID) *Tie {
	for i := range d.ties {
		if d.ties[i].Client == client {
			return &d.ties[i]
		}
	}
	return nil
}

func (s *sought) tied(side *side, now moment) (broken Rules) {
	t := side.tie(s.Client)
	if t == nil {
		return 0
	}
	if t.Blocked {
		broken = broken.With(BlockRule)
	}
	if t.Refused != "" && t.Refused >= now.day {
		broken = broken.With(RefusedRule)
	}
	if s.Trial && t.tried(s.Work) {
		broken = broken.With(TrialRule)
	}
	return broken
}

// tried reports another trial there, or other work before this.
func (t *Tie) tried(w *Work) bool {
	for _, gig := range t.Tried {
		if gig != w.Gig {
			return true
		}
	}
	for _, e := range t.Gigs {
		if e.Gig != w.Gig && e.First.Before(w.Starts) {
			return true
		}
	}
	return false
}

// mostWaiting is how many offers may wait for somebody, unless they want fewer.
const mostWaiting = 3

func (s *sought) calm(c *cold, side *side, now moment) (broken Rules) {
	waiting := 0
	for _, until := range side.waiting {
		if until.After(now.Time) {
			waiting++
		}
	}
	if waiting >= mostWaiting || c.pace > 0 && waiting >= int(c.pace) {
		broken = broken.With(CalmRule)
	}
	return broken
}

// been reports that they know the place, or that their coach passed this work on.
func (s *sought) been(side *side) bool {
	t := side.tie(s.Client)
	return t != nil && t.Been || within(side.passed, s.Shift)
}

// helped is the rule about who needs somebody at work.
func (s *sought) helped(p *page, r int, side *side) (broken Rules) {
	if lacking(p.lim[r], s.asks)>>supportAt != 0 && !(p.cold[r].support == StartSupport && s.been(side)) {
		broken = broken.With(SupportRule)
	}
	return broken
}

// railed are the guard rails.
func (s *sought) railed(p *page, r int, side *side) (broken Rules) {
	rails := &side.rails
	if *rails == (Rails{}) {
		return 0
	}
	near := s.near(side.booked, jobs.WorktimeReach)
	for _, one := range [...]struct {
		rule   Rule
		broken bool
	}{
		{RailDayRule, rails.DayMinutes != 0 && s.fullest(1, near) > time.Duration(rails.DayMinutes)*time.Minute},
		{RailWeekRule, rails.WeekMinutes != 0 && s.fullest(7, near) > time.Duration(rails.WeekMinutes)*time.Minute},
		{RailNightRule, rails.NoNights && s.night},
		{RailAloneRule, rails.NotAlone && !s.WithOthers},
		{RailKindRule, s.Groups&rails.Not != 0 || rails.Only != 0 && (s.Groups == 0 || s.Groups&^rails.Only != 0)},
		{RailReachRule, rails.Metres != 0 && s.metres(p, r) > rails.Metres},
		{RailFirstRule, rails.First && !s.Helps && !s.been(side)},
	} {
		if one.broken {
			broken = broken.With(one.rule)
		}
	}
	return broken
}

// coached reports whether the member's coach sees an offer first.
func (d *side) coached(now moment) bool {
	return d != nil && d.rails.CoachFirst && d.rails.Coach != "" && d.rails.Coach >= now.day
}

// booked holds the work against what is agreed already.
func (s *sought) booked(p *page, r int, side *side) (broken Rules) {
	near := s.near(side.booked, jobs.WorktimeReach)
	var room [16]jobs.Stint
	stints := room[:0]
	for i := range near {
		b := &near[i]
		if s.touches(b) {
			broken = broken.With(FreeRule)
		} else if b.Shift != s.Shift {
			stints = append(stints, jobs.Stint{Starts: b.Starts, Ends: b.Ends, Break: b.Break})
		}
	}
	if len(stints) == 0 {
		broken |= s.alone
	} else {
		broken |= s.worktime(stints)
	}
	if s.crowded(side.booked, int(p.cold[r].rest)) {
		broken = broken.With(RestDaysRule)
	}
	return broken | s.means(p, r, s.earned(side.booked), s.worked(side.booked))
}

// earned is the pay of other work that begins in the month.
func (s *sought) earned(booked []Booking) (cents int) {
	for i := range booked {
		if b := &booked[i]; b.Shift != s.Shift && !b.Starts.Before(s.monthFrom) && b.Starts.Before(s.monthUntil) {
			cents += b.Pay
		}
	}
	return cents
}

// worked is other work that begins in the week.
func (s *sought) worked(booked []Booking) (sum time.Duration) {
	for i := range booked {
		if b := &booked[i]; b.Shift != s.Shift && !b.Starts.Before(s.weekFrom) && b.Starts.Before(s.weekUntil) {
			sum += b.Ends.Sub(b.Starts) - b.Break
		}
	}
	return sum
}

// crowded reports other work on another day, with fewer days between than so many.
func (s *sought) crowded(booked []Booking, days int) bool {
	if days == 0 || len(booked) == 0 {
		return false
	}
	local := s.Starts.In(members.Amsterdam())
	from, today, tomorrow, until := date(local, 0, -days), date(local, 0, 0), date(local, 0, 1), date(local, 0, days+1)
	for i := range booked {
		b := &booked[i]
		if b.Shift == s.Shift || b.Starts.Before(from) || !b.Starts.Before(until) {
			continue
		}
		if b.Starts.Before(today) || !b.Starts.Before(tomorrow) {
			return true
		}
	}
	return false
}
