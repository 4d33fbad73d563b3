package engine

import "meent/jobs"

// railed are the guard rails.
func (l *look) railed(been bool) (broken Rules) {
	rails := l.side.railed()
	if rails == nil {
		return 0
	}
	s := l.sought
	near := s.near(l.table.bookedOf(l.row), jobs.WorktimeReach)
	for _, one := range [...]struct {
		rule   Rule
		broken bool
	}{
		{RailDayRule, rails.DayMinutes != 0 && s.fullest(1, near) > int64(rails.DayMinutes)*60e6},
		{RailWeekRule, rails.WeekMinutes != 0 && s.fullest(7, near) > int64(rails.WeekMinutes)*60e6},
		{RailNightRule, rails.NoNights && s.night},
		{RailAloneRule, rails.NotAlone && !s.WithOthers},
		{RailKindRule, s.Groups&rails.Not != 0 || rails.Only != 0 && (s.Groups == 0 || s.Groups&^rails.Only != 0)},
		{RailReachRule, rails.Metres != 0 && l.way() > rails.Metres},
		{RailFirstRule, rails.First && !s.Helps && !been},
	} {
		if one.broken {
			broken = broken.With(one.rule)
		}
	}
	return broken
}

// railed may be nil.
func (d *side) railed() *Rails {
	if d == nil || d.rest == nil {
		return nil
	}
	return d.rest.rails
}

// coached reports whether the member's coach sees an offer first.
func (d *side) coached(now moment) bool {
	rails := d.railed()
	return rails != nil && rails.CoachFirst && rails.Coach != "" && rails.Coach >= now.day
}
