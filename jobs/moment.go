package jobs

import (
	"errors"
	"time"

	"meent/members"
	"meent/payments"
)

// Errors of a time that somebody typed; see Moment.
var (
	ErrClockSkips   = errors.New("jobs: the clock goes forward over this time")
	ErrClockRepeats = errors.New("jobs: the clock goes back, this time comes twice")
)

// Moment is when clocks in the Netherlands show a time on a day; a time of 24
// hours or more is on the days after. It returns ErrClockSkips and
// ErrClockRepeats for a time that a night does not have, or has twice, and
// never guesses.
func Moment(day payments.Day, clock time.Duration) (time.Time, error) {
	midnight, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return time.Time{}, err
	}
	wall, zone := midnight.Add(clock), members.Amsterdam()
	at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, zone)
	switch {
	case !shows(at, wall):
		return time.Time{}, ErrClockSkips
	case shows(at.Add(time.Hour), wall), shows(at.Add(-time.Hour), wall):
		return time.Time{}, ErrClockRepeats
	}
	return at.UTC(), nil
}

// shows reports whether a clock on the wall looks like wall at this moment.
func shows(at, wall time.Time) bool {
	return at.In(members.Amsterdam()).Format(time.DateTime) == wall.Format(time.DateTime)
}
