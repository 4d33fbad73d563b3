package coaching

import (
	"time"

	"meent/members"
)

// moment is now, and what day it is in the Netherlands. It has its own zone and
// table of keys, since a list looks at both so often that finding them each time
// would take longer than everything else.
type moment struct {
	now           time.Time
	today, monday members.Day
	zone          *time.Location
	needs         map[SignalKind][]members.Scope
}

func momentOf(now time.Time) moment {
	today := members.DayOf(now)
	return moment{now, today, monday(today), members.Amsterdam(), signalNeeds()}
}

func (m moment) day(t time.Time) members.Day {
	return members.Day(t.In(m.zone).Format(time.DateOnly))
}

// days is how many days lie between two; below zero where the second is before
// the first.
func days(from, until members.Day) int {
	a, _ := time.Parse(time.DateOnly, string(from))
	b, _ := time.Parse(time.DateOnly, string(until))
	return int(b.Sub(a) / (24 * time.Hour))
}

// monday is the day on which the week of a day begins.
func monday(day members.Day) members.Day { return day.AddDays(-day.Weekday()) }
