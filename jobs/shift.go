package jobs

import (
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
)

// Shift is one dated time of a gig, with a number of seats.
type Shift struct {
	ID     ShiftID
	Starts time.Time
	Ends   time.Time
	Break  time.Duration // unpaid, whole minutes
	Seats  int           // 1 to MostSeats
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

func (s Shift) problems(p *check.Problems, now time.Time) {
	switch length := s.Ends.Sub(s.Starts); {
	case length <= 0:
		p.Add("shifts", "ends_before_start", nil)
	case length > LongestShift:
		p.Add("shifts", "too_long_shift", map[string]any{"Hours": int(LongestShift.Hours())})
	case s.Break < 0 || s.Break >= length || s.Break%time.Minute != 0:
		p.Add("shifts", "wrong_break", nil)
	case !s.Starts.After(now):
		p.Add("shifts", "in_the_past", nil)
	}
	p.Between("seats", s.Seats, 1, MostSeats)
}
