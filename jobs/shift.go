package jobs

import (
	"fmt"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/payments"
)

// ShiftID identifies a shift.
type ShiftID = id.Of[Shift]

// A shift's bounds. Twelve hours is the longest that the law allows in one go
// (Arbeidstijdenwet, article 5:7).
const (
	LongestShift = 12 * time.Hour
	MostSeats    = 50
	MostPieces   = 100_000
)

// Shift is one dated time of a gig, with a number of seats.
type Shift struct {
	ID     ShiftID
	Starts time.Time
	Ends   time.Time
	Break  time.Duration // unpaid, whole minutes
	Seats  int           // 1 to MostSeats

	BuddySeats int // of them, for who learns the work beside somebody who can do it
	Pieces     int // of a batch of work from home, to know only; 0: not said
	InSeries   bool
}

// Worked is the paid time: the clock's, so a night in which it is set back is
// an hour longer.
func (s Shift) Worked() time.Duration { return s.Ends.Sub(s.Starts) - s.Break }

// Pay is what one member earns on the shift at this hourly rate, before tax.
func (s Shift) Pay(rate payments.Cents) payments.Cents { return rate.ForTime(s.Worked()) }

// Days are the dates that the shift touches, one or two.
func (s Shift) Days() []payments.Day {
	first, last := payments.DayOf(s.Starts), payments.DayOf(s.Ends.Add(-time.Nanosecond))
	if first == last {
		return []payments.Day{first}
	}
	return []payments.Day{first, last}
}

// ShiftField names a part of the shift at index i in problems: date, ends,
// break, seats, buddies or pieces.
func ShiftField(i int, part string) string { return fmt.Sprintf("shift-%d-%s", i+1, part) }

// problems is what is wrong with the shift at index i of a gig.
func (s Shift) problems(p *check.Problems, i int, now time.Time) {
	date, ends, pause := ShiftField(i, "date"), ShiftField(i, "ends"), ShiftField(i, "break")
	switch length := s.Ends.Sub(s.Starts); {
	case s.Starts.IsZero() || s.Ends.IsZero():
		p.Add(date, "missing", nil)
	case length <= 0:
		p.Add(ends, "ends_before_start", nil)
	case length > LongestShift:
		p.Add(ends, "too_long_shift", map[string]any{"Hours": int(LongestShift.Hours())})
	case s.Break < 0 || s.Break >= length || s.Break%time.Minute != 0:
		p.Add(pause, "wrong_break", nil)
	case !s.Starts.After(now):
		p.Add(date, "in_the_past", nil)
	}
	p.Between(ShiftField(i, "seats"), s.Seats, 1, MostSeats)
	s.seatProblems(p, i)
}

// Sound reports whether times, break and seats are possible, so that the shift
// has a price; it may be past.
func (s Shift) Sound() bool {
	var p check.Problems
	s.problems(&p, 0, time.Time{})
	return len(p) == 0
}

// Overlaps reports whether nobody could work both.
func (s Shift) Overlaps(other Shift) bool {
	return s.Starts.Before(other.Ends) && other.Starts.Before(s.Ends)
}
