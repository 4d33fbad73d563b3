package jobs

import (
	"time"

	"meent/members"
)

// DayPart is a part of the day in Amsterdam.
type DayPart string

// The parts.
const (
	Morning   DayPart = "morning"   // from 6.00
	Afternoon DayPart = "afternoon" // from 12.00
	Evening   DayPart = "evening"   // from 18.00
	Night     DayPart = "night"     // from 0.00
)

// DayParts lists them.
func DayParts() []DayPart { return []DayPart{Morning, Afternoon, Evening, Night} }

// Weekdays lists the days, Monday first.
func Weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// WeekPart is a day of the week and a part of it.
type WeekPart struct {
	Day  time.Weekday
	Part DayPart
}

// WeekPartOf is when something begins, by the clock in Amsterdam.
func WeekPartOf(t time.Time) WeekPart {
	local := t.In(members.Amsterdam())
	return WeekPart{Day: local.Weekday(), Part: partOf(local.Hour())}
}

func partOf(hour int) DayPart {
	switch {
	case hour < 6:
		return Night
	case hour < 12:
		return Morning
	case hour < 18:
		return Afternoon
	default:
		return Evening
	}
}
