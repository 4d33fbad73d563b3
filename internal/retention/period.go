package retention

import (
	"time"
	_ "time/tzdata" // the calendar is that of the Netherlands, also on a machine without time zones
)

// Period is how long something is kept, in one unit: hours pass as hours do,
// days, months and years by the calendar and the clocks in the Netherlands.
type Period struct {
	Years, Months, Days, Hours int
	YearEnd                    bool // years are counted from the end of the calendar year
}

// Before is the moment before which everything has been kept for the period.
// Where the calendar has no such day, or the clocks no such time, it is earlier:
// nothing goes too soon, and by a day too late at the most.
func (p Period) Before(now time.Time) time.Time {
	at := now.In(amsterdam())
	if p.YearEnd {
		return time.Date(at.Year()-p.Years, time.January, 1, 0, 0, 0, 0, amsterdam())
	}
	if p.Years+p.Months+p.Days > 0 {
		at = earliest(p.move(at, -1), at)
	}
	return at.Add(-time.Duration(p.Hours) * time.Hour)
}

// After is the moment at which something that began at this moment has been kept
// for the period. Where there is no such day it is the last of that month.
func (p Period) After(at time.Time) time.Time {
	at = at.In(amsterdam())
	if p.YearEnd {
		return time.Date(at.Year()+1+p.Years, time.January, 1, 0, 0, 0, 0, amsterdam())
	}
	if p.Years+p.Months+p.Days > 0 {
		day, wall := p.move(at, 1), at
		at = time.Date(day.Year(), day.Month(), day.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), amsterdam())
	}
	return at.Add(time.Duration(p.Hours) * time.Hour)
}

// Duration is the period as time that passes, for what is not counted by the
// calendar; a day has 24 hours then. Months and years are none.
func (p Period) Duration() time.Duration {
	return time.Duration(p.Days)*24*time.Hour + time.Duration(p.Hours)*time.Hour
}

// move finds the date that is so far away, at midnight UTC.
func (p Period) move(at time.Time, sign int) time.Time {
	first := time.Date(at.Year()+sign*p.Years, at.Month()+time.Month(sign*p.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(at.Day(), last)-1+sign*p.Days)
}

// earliest is the first moment of the date at which clocks show that time, or an
// hour before where they skip it.
func earliest(day, wall time.Time) time.Time {
	at := time.Date(day.Year(), day.Month(), day.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), amsterdam())
	if before := at.Add(-time.Hour); before.Hour() == at.Hour() || at.Hour() != wall.Hour() {
		return before
	}
	return at
}

// amsterdam panics on a machine without time zones; the program carries its own.
func amsterdam() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}
