package jobs

import (
	"slices"
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// WeekCopy takes the shifts of one week, from Monday to Sunday, to other weeks:
// the same days at the same times of the clock.
type WeekCopy struct {
	Gig   GigID        // whose shifts; zero: of the gig itself
	From  payments.Day // any day of the week
	To    payments.Day // any day of the first week that gets them
	Weeks int          // and so many weeks in all, from 1
}

// MostWeeks is how many weeks get a copy at once at the most.
const MostWeeks = 26

func (w WeekCopy) problems() check.Problems {
	var p check.Problems
	if !isDay(w.From) {
		p.Add("copy-from", "no_such_day", nil)
	}
	if !isDay(w.To) {
		p.Add("copy-to", "no_such_day", nil)
	}
	p.Between("copy-weeks", w.Weeks, 1, MostWeeks)
	if w.Gig.IsZero() && len(p) == 0 && daysBetween(monday(w.From), monday(w.To)) < 7 && daysBetween(monday(w.To), monday(w.From)) < 7*w.Weeks {
		p.Add("copy-to", "same_week", nil)
	}
	return p
}

// Shifts are the copies of those shifts that begin in the week, but for those of
// the days that are left out. Where a time does not exist on its new day, or comes
// twice, check.Problems name that day.
func (w WeekCopy) Shifts(of []Shift, without []payments.Day, now time.Time) ([]NewShift, error) {
	p := w.problems()
	if len(p) > 0 {
		return nil, p
	}
	var week []Shift
	for _, shift := range of {
		if monday(payments.DayOf(shift.Starts)) == monday(w.From) && shift.Seats > 0 {
			week = append(week, shift)
		}
	}
	switch {
	case len(week) == 0:
		p.Add("copy-from", "empty_week", nil)
		return nil, p
	case len(week)*w.Weeks > mostShifts:
		p.Add("copy-weeks", "too_many", map[string]any{"Max": mostShifts})
		return nil, p
	}
	var shifts []NewShift
	for later := range w.Weeks {
		days := daysBetween(monday(w.From), monday(w.To)) + 7*later
		for _, shift := range week {
			day := laterDay(payments.DayOf(shift.Starts), days)
			if !slices.Contains(without, day) {
				shifts = append(shifts, shift.later(&p, days, now))
			}
		}
	}
	return shifts, p.Err()
}

// later is the same shift so many days later, by the clock on the wall.
func (s Shift) later(p *check.Problems, days int, now time.Time) NewShift {
	n := NewShift{Break: s.Break, Seats: s.Seats, BuddySeats: s.BuddySeats, Pieces: s.Pieces}
	var wrongStart, wrongEnd error
	n.Starts, wrongStart = laterMoment(s.Starts, days)
	n.Ends, wrongEnd = laterMoment(s.Ends, days)
	day := laterDay(payments.DayOf(s.Starts), days)
	clockProblem(p, "copy-to", day, wrongStart)
	clockProblem(p, "copy-to", day, wrongEnd)
	if own := (check.Problems)(nil); wrongStart == nil && wrongEnd == nil {
		n.Shift().problems(&own, 0, now)
		switch on := map[string]any{"Day": string(day), "Hours": int(LongestShift.Hours())}; {
		case p.At("copy-to"):
		case own.At(ShiftField(0, "date")):
			p.Add("copy-to", "past_on", on)
		case own.At(ShiftField(0, "ends")):
			p.Add("copy-to", "too_long_on", on)
		case len(own) > 0:
			p.Add("copy-to", "wrong_break", nil)
		}
	}
	return n
}

func laterMoment(at time.Time, days int) (time.Time, error) {
	wall := at.In(members.Amsterdam())
	return Moment(laterDay(payments.DayOf(at), days), time.Duration(wall.Hour())*time.Hour+time.Duration(wall.Minute())*time.Minute)
}

func laterDay(day payments.Day, days int) payments.Day {
	return dayOfUTC(utcDay(day).AddDate(0, 0, days))
}

// monday is the first day of the week of a day.
func monday(day payments.Day) payments.Day {
	at := utcDay(day)
	return dayOfUTC(at.AddDate(0, 0, -(int(at.Weekday())+6)%7))
}

func daysBetween(from, until payments.Day) int {
	return int((utcDay(until).Unix() - utcDay(from).Unix()) / (24 * 60 * 60)) // a Duration ends after 292 years
}
