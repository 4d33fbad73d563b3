package members

import (
	"strconv"
	"sync"
	"time"
)

// Day is a date in the Netherlands, as "2026-11-24": days compare as texts do.
type Day string

// DayOf is the date that it is in Amsterdam at this moment.
func DayOf(t time.Time) Day {
	return Day(t.In(Amsterdam()).Format(time.DateOnly))
}

// AddMonths is the same day so many months later, or the last of a month that
// has no such day.
func (d Day) AddMonths(months int) Day {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	later := at.AddDate(0, months, 0)
	if later.Day() != at.Day() { // beyond the end of that month
		later = later.AddDate(0, 0, -later.Day())
	}
	return Day(later.Format(time.DateOnly))
}

// AddDays is so many days later.
func (d Day) AddDays(days int) Day {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(at.AddDate(0, 0, days).Format(time.DateOnly))
}

// AgeOn is how old somebody is on a day who was born on this one. Who was born
// on 29 February is a year older on 1 March in other years.
func (d Day) AgeOn(on Day) int {
	if !d.Real() || !on.Real() || on < d {
		return 0
	}
	age := on.year() - d.year()
	if on[4:] < d[4:] {
		age--
	}
	return age
}

func (d Day) year() int {
	n, _ := strconv.Atoi(string(d[:4]))
	return n
}

// at is that hour of the day in Amsterdam.
func (d Day) at(hour int) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, Amsterdam())
}

// Real reports a date that the calendar has.
func (d Day) Real() bool {
	at, err := time.Parse(time.DateOnly, string(d))
	return err == nil && at.Year() > 0
}

// amsterdam is read once: the system keeps it in a file.
var amsterdam = sync.OnceValues(func() (*time.Location, error) { return time.LoadLocation("Europe/Amsterdam") })

// Amsterdam is the clock of the Netherlands, on which days and weeks are counted.
// It panics on a machine without time zones; the program carries its own.
func Amsterdam() *time.Location {
	zone, err := amsterdam()
	if err != nil {
		panic(err)
	}
	return zone
}

// Add is so many days later; a day that is none stays as it is.
func (d Day) Add(days int) Day {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(at.AddDate(0, 0, days).Format(time.DateOnly))
}

// Weekday counts from Monday, 0. It is for real days.
func (d Day) Weekday() int {
	at, _ := time.Parse(time.DateOnly, string(d))
	return weekdayOf(at)
}
