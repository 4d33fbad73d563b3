package web

import (
	"errors"
	"strconv"
	"time"

	"meent/jobs"
	"meent/payments"
)

// day reads a date from the three fields of ui.Date; what is none is a problem
// at the field. A year of two digits is in this century.
func (f *form) day(field string) (payments.Day, bool) {
	day, month, year := f.text(field+"-day"), f.text(field+"-month"), f.text(field+"-year")
	if day == "" && month == "" {
		f.problems.Add(field, "missing", nil)
		return "", false
	}
	if len(year) == 2 {
		year = "20" + year
	}
	at, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	if err != nil {
		f.problems.Add(field, "no_such_day", nil)
		return "", false
	}
	return payments.Day(at.Format(time.DateOnly)), true
}

// clock reads a time of day from the two fields of ui.Time; what is none is a
// problem at the field. No minutes means the whole hour.
func (f *form) clock(field string) (time.Duration, bool) {
	hour, minute := f.text(field+"-hour"), f.text(field+"-minute")
	if hour == "" && minute == "" {
		f.problems.Add(field, "missing", nil)
		return 0, false
	}
	clock, ok := parseClock(hour, minute)
	if !ok {
		f.problems.Add(field, "no_such_time", nil)
	}
	return clock, ok
}

// parseClock reads 0:00 to 24:00.
func parseClock(hour, minute string) (time.Duration, bool) {
	if minute == "" {
		minute = "0"
	}
	h, hourErr := strconv.ParseUint(hour, 10, 8)
	m, minuteErr := strconv.ParseUint(minute, 10, 8)
	clock := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	return clock, hourErr == nil && minuteErr == nil && m < 60 && clock <= 24*time.Hour
}

// moment is when it is that late on that day; a time that a night does not
// have, or has twice, is a problem at the field.
func (f *form) moment(field string, day payments.Day, clock time.Duration) (time.Time, bool) {
	at, err := jobs.Moment(day, clock)
	switch {
	case errors.Is(err, jobs.ErrClockSkips):
		f.problems.Add(field, "clock_skips", nil)
	case errors.Is(err, jobs.ErrClockRepeats):
		f.problems.Add(field, "clock_repeats", nil)
	case err != nil:
		f.problems.Add(field, "no_such_day", nil)
	}
	return at, err == nil
}
