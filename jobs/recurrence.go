package jobs

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"meent/internal/check"
	"meent/payments"
)

// Every is what a series counts in.
type Every string

// What it counts in.
const (
	EveryDay   Every = "day"
	EveryWeek  Every = "week"
	EveryMonth Every = "month" // on the first, second, third, fourth or last of a weekday
)

// Everies lists them.
func Everies() []Every { return []Every{EveryDay, EveryWeek, EveryMonth} }

// Recurrence is the rule by which dates come again: until a day, or so many.
type Recurrence struct {
	Every    Every
	Interval int            // each day, week or month is 1, every other one 2
	Weekdays []time.Weekday // of a week; of a month just one
	Nth      int            // of a month: 1 to 4, or LastOfMonth
	Until    payments.Day   // the last day that may be one; empty where Count says it
	Count    int            // dates; 0 where Until says it
}

// LastOfMonth is the Nth of a last Monday, or another day.
const LastOfMonth = -1

// mostInterval keeps the dates of a rule near enough to be planned.
const mostInterval = 52

func (c Recurrence) problems(p *check.Problems, from payments.Day) {
	check.OneOf(p, "series-every", c.Every, Everies()...)
	p.Between("series-interval", c.Interval, 1, mostInterval)
	if c.Every == EveryWeek && len(c.Weekdays) == 0 || c.Every == EveryMonth && len(c.Weekdays) != 1 {
		p.Add("series-weekdays", "missing", nil)
	}
	if slices.ContainsFunc(c.Weekdays, func(d time.Weekday) bool { return d < time.Sunday || d > time.Saturday }) {
		p.Add("series-weekdays", "not_a_choice", nil)
	}
	if c.Every == EveryMonth && c.Nth != LastOfMonth && (c.Nth < 1 || c.Nth > 4) {
		p.Add("series-nth", "not_a_choice", nil)
	}
	switch {
	case c.Count < 0:
		p.Add("series-count", "out_of_range", map[string]any{"Min": 1, "Max": mostShifts})
	case c.Count > mostShifts:
		p.Add("series-count", "too_many", map[string]any{"Max": mostShifts})
	case c.Count == 0 && c.Until == "":
		p.Add("series-until", "missing", nil)
	case c.Count > 0 && c.Until != "":
		p.Add("series-until", "until_or_count", nil)
	case c.Until != "" && !isDay(c.Until):
		p.Add("series-until", "no_such_day", nil)
	case c.Until != "" && c.Until < from:
		p.Add("series-until", "before_from", nil)
	}
}

// isDay reports whether work can be planned on such a day, or could once.
func isDay(day payments.Day) bool {
	at, err := time.Parse(time.DateOnly, string(day))
	return err == nil && at.Year() >= 1900 // the library takes the first day of all for none
}

// String is the rule as RFC 5545 writes it, without its beginning: dates, no times.
func (c Recurrence) String() string {
	text := c.option("").RRuleString()
	return strings.ReplaceAll(text, "T000000Z", "")
}

// option is the rule as the library has it. Days are midnights in UTC there, so
// that no clock that is changed comes into it.
func (c Recurrence) option(from payments.Day) *rrule.ROption {
	o := &rrule.ROption{Freq: map[Every]rrule.Frequency{EveryDay: rrule.DAILY, EveryWeek: rrule.WEEKLY, EveryMonth: rrule.MONTHLY}[c.Every],
		Interval: c.Interval, Count: c.Count, Dtstart: utcDay(from), Until: utcDay(c.Until)}
	if c.Every == EveryDay {
		return o
	}
	for _, d := range c.Weekdays {
		day := [...]rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}[d]
		if c.Every == EveryMonth {
			day = day.Nth(c.Nth)
		}
		o.Byweekday = append(o.Byweekday, day)
	}
	return o
}

// utcDay is the midnight of a day, or no time for what is none.
func utcDay(day payments.Day) time.Time {
	at, _ := time.Parse(time.DateOnly, string(day))
	return at
}

func dayOfUTC(at time.Time) payments.Day { return payments.Day(at.Format(time.DateOnly)) }

// dates are the first so many dates of the rule from that day on. Nobody waits
// for a rule that has thousands: the rest is never made.
func (c Recurrence) dates(from payments.Day, most int) ([]payments.Day, error) {
	rule, err := rrule.NewRRule(*c.option(from))
	if err != nil {
		return nil, err
	}
	var days []payments.Day
	next := rule.Iterator()
	for len(days) < most {
		at, ok := next()
		if !ok {
			break
		}
		days = append(days, dayOfUTC(at))
	}
	return days, nil
}
