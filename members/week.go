package members

import (
	"math/bits"
	"time"
)

// What a week is made of.
const (
	DayQuarters  = 24 * 4
	WeekQuarters = 7 * DayQuarters
)

// Week is when somebody can work in an ordinary week: one bit for each quarter
// of an hour, by the clocks in the Netherlands, Monday 0.00 first. The lowest bit
// of a byte comes first, so that eight bytes are a little-endian word.
type Week [WeekQuarters / 8]byte

// Has reports whether the quarter is in it; quarters count on past Sunday.
func (w Week) Has(quarter int) bool {
	quarter = wrapped(quarter)
	return w[quarter/8]&(1<<(quarter%8)) != 0
}

// Set puts the quarters from one until another in it, past Sunday if need be.
func (w *Week) Set(from, until int) {
	for q := from; q < min(until, from+WeekQuarters); q++ {
		w[wrapped(q)/8] |= 1 << (wrapped(q) % 8)
	}
}

// Quarters counts them.
func (w Week) Quarters() (n int) {
	for _, b := range w {
		n += bits.OnesCount8(b)
	}
	return n
}

// Covers reports whether all of the time from start to end is in it. An hour
// that a night does not have is not asked for; one that comes twice is asked for
// once. No time at all is not covered.
func (w Week) Covers(start, end time.Time) bool {
	return eachQuarter(start, end, func(_ Day, weekday, quarter int) bool {
		return w.Has(weekday*DayQuarters + quarter)
	})
}

func wrapped(quarter int) int {
	return ((quarter % WeekQuarters) + WeekQuarters) % WeekQuarters
}

// longestAsked is beyond what any work lasts; it keeps the loop below finite.
const longestAsked = 15 * 24 * time.Hour

// eachQuarter asks holds about each quarter of an hour that the time touches:
// its date, weekday (Monday is 0) and place in the day. It ends at the first
// that does not hold, and holds for no time at all and for endless ones neither.
func eachQuarter(start, end time.Time, holds func(day Day, weekday, quarter int) bool) bool {
	if !start.Before(end) || end.Sub(start) > longestAsked {
		return false
	}
	zone, day, of := Amsterdam(), Day(""), 0
	// Clocks here differ from UTC by whole quarters, so a quarter begins at once
	// on both.
	for at := start.Truncate(15 * time.Minute); at.Before(end); at = at.Add(15 * time.Minute) {
		local := at.In(zone)
		if on := local.YearDay(); on != of { // a date takes longer to write than all else here
			day, of = Day(local.Format(time.DateOnly)), on
		}
		if !holds(day, weekdayOf(local), local.Hour()*4+local.Minute()/15) {
			return false
		}
	}
	return true
}

// weekdayOf counts from Monday.
func weekdayOf(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }
