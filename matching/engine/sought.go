package engine

import (
	"slices"
	"time"

	"meent/jobs"
	"meent/members"
)

// sought is what is computed of a piece of work once, for all who are looked at.
type sought struct {
	*Work
	at       vector
	asks     uint32
	wants    []want
	required int // of those
	week     timetable
	night    bool
	alone    Rules // of working time, that it breaks beside no other work

	monthFrom, monthUntil time.Time
	weekFrom, weekUntil   time.Time
}

// want is a skill that is asked, and from which level it counts.
type want struct {
	number   uint16
	least    uint8
	required bool
}

// What the levels are called in members.SkillLevels.
const (
	learning = 1
	can      = 2
)

func soughtOf(w *Work) *sought {
	s := &sought{Work: w, at: vectorOf(w.Place), asks: w.asks(), wants: make([]want, len(w.Asked)), week: timetableOf(w.Starts, w.Ends), night: atNight(w.Starts, w.Ends)}
	for i, a := range w.Asked {
		s.wants[i] = want{a.Number, max(1, a.Level), a.Required}
		if a.Required {
			s.required++
		} else if a.Level <= can { // somebody may learn at work
			s.wants[i].least = 1
		}
	}
	local := w.Starts.In(members.Amsterdam())
	s.monthFrom, s.monthUntil = date(local, 0, 1-local.Day()), date(local, 1, 1-local.Day())
	monday := -((int(local.Weekday()) + 6) % 7)
	s.weekFrom, s.weekUntil = date(local, 0, monday), date(local, 0, monday+7)
	s.alone = s.worktime(nil)
	return s
}

// date is the midnight with which a day begins that is so much later.
func date(at time.Time, months, days int) time.Time {
	return time.Date(at.Year(), at.Month()+time.Month(months), at.Day()+days, 0, 0, 0, 0, at.Location())
}

// timetable is which quarters of a week the work takes.
type timetable struct {
	never bool // no time at all, or endless: nobody who told their week has that
	words []weekWord
	days  []members.Day
}

type weekWord struct {
	at   int
	mask uint64
}

// longest is what members.Week holds for endless.
const longest = 15 * 24 * time.Hour

func timetableOf(starts, ends time.Time) (t timetable) {
	if !starts.Before(ends) || ends.Sub(starts) > longest {
		return timetable{never: true}
	}
	var whole week
	zone, on := members.Amsterdam(), -1
	for at := starts.Truncate(15 * time.Minute); at.Before(ends); at = at.Add(15 * time.Minute) {
		local := at.In(zone)
		if day := local.YearDay(); day != on {
			on = day
			t.days = append(t.days, members.Day(local.Format(time.DateOnly)))
		}
		quarter := (int(local.Weekday())+6)%7*members.DayQuarters + local.Hour()*4 + local.Minute()/15
		whole[quarter/64] |= 1 << (quarter % 64)
	}
	for i, mask := range whole {
		if mask != 0 {
			t.words = append(t.words, weekWord{i, mask})
		}
	}
	return t
}

// When a night is, in Amsterdam.
const (
	nightFrom  = 23
	nightUntil = 6
)

func atNight(starts, ends time.Time) bool {
	for day := date(starts.In(members.Amsterdam()), 0, 0); day.Before(ends); day = date(day, 0, 1) {
		if common(starts, ends, day, clock(day, nightUntil)) > 0 || common(starts, ends, clock(day, nightFrom), date(day, 0, 1)) > 0 {
			return true
		}
	}
	return false
}

func clock(day time.Time, hour int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location())
}

// common is how long two times go together.
func common(starts, ends, from, until time.Time) time.Duration {
	if from.After(starts) {
		starts = from
	}
	if until.Before(ends) {
		ends = until
	}
	return max(0, ends.Sub(starts))
}

// near are those of what is booked that begin in the days around.
func (s *sought) near(booked []Booking, before time.Duration) []Booking {
	from, until := s.Starts.Add(-before), s.Starts.Add(before)
	first, _ := slices.BinarySearchFunc(booked, from, func(b Booking, at time.Time) int { return b.Starts.Compare(at) })
	list := booked[first:]
	if end := slices.IndexFunc(list, func(b Booking) bool { return b.Starts.After(until) }); end >= 0 {
		list = list[:end]
	}
	return list
}

func (s *sought) touches(b *Booking) bool { return b.Starts.Before(s.Ends) && s.Starts.Before(b.Ends) }

// worktime are the rules of working time that block and that it breaks.
func (s *sought) worktime(others []jobs.Stint) (broken Rules) {
	one := jobs.Stint{Starts: s.Starts, Ends: s.Ends, Break: s.Break}
	for _, rule := range s.Worktime {
		if rule.Effect == jobs.WorktimeBlocks && rule.Breaks(one, others) {
			switch rule.Code {
			case jobs.RestBetween:
				broken = broken.With(RestRule)
			case jobs.HoursADay:
				broken = broken.With(HoursDayRule)
			case jobs.HoursAWeek:
				broken = broken.With(HoursWeekRule)
			}
		}
	}
	return broken
}

// fullest is the most work in any of the days, or weeks, that the shift touches.
func (s *sought) fullest(step int, booked []Booking) (most time.Duration) {
	from := date(s.Starts.In(members.Amsterdam()), 0, 0)
	if step == 7 {
		from = s.weekFrom
	}
	for from.Before(s.Ends) {
		until := date(from, 0, step)
		work := common(s.Starts, s.Ends, from, until)
		for i := range booked {
			if b := &booked[i]; b.Shift != s.Shift {
				work += common(b.Starts, b.Ends, from, until)
			}
		}
		most, from = max(most, work), until
	}
	return most
}
