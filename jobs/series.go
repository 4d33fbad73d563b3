package jobs

import (
	"errors"
	"slices"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/payments"
)

// SeriesID identifies a series.
type SeriesID = id.Of[Series]

// Series is shifts that come again, at a time of the clocks in the Netherlands:
// a shift of 9.00 begins at 9.00 in winter and in summer.
type Series struct {
	Recurrence
	From       payments.Day
	Starts     time.Duration // of the day, on the clock
	Length     time.Duration // on the clock; over midnight it ends on the next day
	Break      time.Duration
	Seats      int
	BuddySeats int
	Pieces     int
	Without    []payments.Day // dates left out
	With       []payments.Day // and added
}

// problems is what is wrong before any date is made.
func (s Series) problems() check.Problems {
	var p check.Problems
	if !isDay(s.From) {
		p.Add("series-from", "no_such_day", nil)
		return p
	}
	s.Recurrence.problems(&p, s.From)
	if s.Starts < 0 || s.Starts >= 24*time.Hour || s.Starts%time.Minute != 0 {
		p.Add("series-starts", "no_such_time", nil)
	}
	switch {
	case s.Length <= 0 || s.Length%time.Minute != 0:
		p.Add("series-ends", "ends_before_start", nil)
	case s.Length > LongestShift+time.Hour: // where a night has an hour less, the wall shows one more
		p.Add("series-ends", "too_long_shift", map[string]any{"Hours": int(LongestShift.Hours())})
	case s.Break < 0 || s.Break >= s.Length || s.Break%time.Minute != 0:
		p.Add("series-break", "wrong_break", nil)
	}
	p.Between("series-seats", s.Seats, 1, MostSeats)
	if s.BuddySeats < 0 || s.BuddySeats > 0 && s.BuddySeats >= s.Seats {
		p.Add("series-buddies", "too_many_buddies", nil)
	}
	if s.Pieces < 0 || s.Pieces > MostPieces {
		p.Add("series-pieces", "out_of_range", map[string]any{"Min": 1, "Max": MostPieces})
	}
	if len(s.Without) > mostShifts || len(s.With) > mostShifts {
		p.Add("series", "too_many", map[string]any{"Max": mostShifts})
	}
	for _, day := range slices.Concat(s.Without, s.With) {
		if !isDay(day) && !p.At("series") {
			p.Add("series", "no_such_day", nil)
		}
	}
	return p
}

// Dates are the days of the series, in order, each once. It returns
// check.Problems, also for more dates than one gig may have: those are not made.
func (s Series) Dates() ([]payments.Day, error) {
	p := s.problems()
	if len(p) > 0 {
		return nil, p
	}
	days, err := s.dates(s.From, mostShifts+len(s.Without)+1)
	if err != nil {
		return nil, err
	}
	days = append(slices.DeleteFunc(days, func(d payments.Day) bool { return slices.Contains(s.Without, d) }), s.With...)
	slices.Sort(days)
	days = slices.Compact(days)
	switch {
	case len(days) > mostShifts:
		p.Add("series", "too_many", map[string]any{"Max": mostShifts})
	case len(days) == 0:
		p.Add("series", "no_dates", nil)
	}
	return days, p.Err()
}

// Shifts are the shifts of the series: one a date, each at its time on the wall.
// It returns check.Problems; one of them names the date at which the clock is
// changed just then, or that is past.
func (s Series) Shifts(now time.Time) ([]NewShift, error) {
	days, err := s.Dates()
	if err != nil {
		return nil, err
	}
	shifts, p := make([]NewShift, 0, len(days)), check.Problems(nil)
	for _, day := range days {
		shift := NewShift{Break: s.Break, Seats: s.Seats, BuddySeats: s.BuddySeats, Pieces: s.Pieces}
		var wrongStart, wrongEnd error
		shift.Starts, wrongStart = Moment(day, s.Starts)
		shift.Ends, wrongEnd = Moment(day, s.Starts+s.Length)
		clockProblem(&p, "series-starts", day, wrongStart)
		clockProblem(&p, "series-ends", day, wrongEnd)
		if wrongStart == nil && wrongEnd == nil {
			s.shiftProblems(&p, day, shift.Shift(), now)
		}
		shifts = append(shifts, shift)
	}
	return shifts, p.Err()
}

// clockProblem names the first date whose night does not have the time, or has
// it twice.
func clockProblem(p *check.Problems, field string, day payments.Day, err error) {
	rule := ""
	switch {
	case errors.Is(err, ErrClockSkips):
		rule = "clock_skips_on"
	case errors.Is(err, ErrClockRepeats):
		rule = "clock_repeats_on"
	case err != nil:
		rule = "no_such_day"
	}
	if rule != "" && !p.At(field) {
		p.Add(field, rule, map[string]any{"Day": string(day)})
	}
}

// shiftProblems is what is wrong on one date only: it is past, or its night has
// an hour more than others.
func (s Series) shiftProblems(p *check.Problems, day payments.Day, shift Shift, now time.Time) {
	var own check.Problems
	shift.problems(&own, 0, now)
	on := map[string]any{"Day": string(day), "Hours": int(LongestShift.Hours())}
	switch {
	case own.At(ShiftField(0, "ends")) && !p.At("series-ends"):
		p.Add("series-ends", "too_long_on", on)
	case own.At(ShiftField(0, "break")) && !p.At("series-break"):
		p.Add("series-break", "wrong_break", nil)
	case own.At(ShiftField(0, "date")) && !p.At("series-from"):
		p.Add("series-from", "past_on", on)
	}
}
