package jobs

import (
	"errors"
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// Times is a proposal by the clock: from when until when, with a break. They are
// times of day as people type them, 0:00 to 24:00.
type Times struct {
	From, Until time.Duration
	Break       time.Duration
}

// Hours are the paid hours on this shift. It begins on the day that brings it
// nearest to the planned beginning, and an end that is not later is on the day
// after. A night in which clocks change has the hours that it has; a time that it
// has twice, or not at all, is a problem, as what is longer than LongestShift is.
// The problems are at from, until and break.
func (t Times) Hours(s Shift) (h Hours, p check.Problems) {
	day, from := t.begins(s, &p)
	if len(p) > 0 {
		return h, p
	}
	clock := t.Until
	if clock <= t.From {
		clock += 24 * time.Hour
	}
	until, err := Moment(day, clock)
	timesProblem(&p, "until", err)
	switch length := until.Sub(from); {
	case len(p) > 0:
		return h, p
	case length > LongestShift && t.Until <= t.From:
		p.Add("until", "until_before_from", nil)
	case length-t.Break > LongestShift:
		p.Add("until", "wrong_hours", map[string]any{"Hours": int(LongestShift.Hours())})
	case t.Break < 0 || t.Break >= length || t.Break%time.Minute != 0:
		p.Add("break", "wrong_break", nil)
	default:
		h = Hours{Worked: length - t.Break, Break: t.Break}
	}
	return h, p
}

// begins finds the day and the moment of the beginning.
func (t Times) begins(s Shift, p *check.Problems) (payments.Day, time.Time) {
	start := s.Starts.In(members.Amsterdam())
	midnight := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	planned := time.Duration(start.Hour())*time.Hour + time.Duration(start.Minute())*time.Minute
	switch late := t.From - planned; {
	case late > 12*time.Hour:
		midnight = midnight.AddDate(0, 0, -1)
	case late < -12*time.Hour:
		midnight = midnight.AddDate(0, 0, 1)
	}
	day := payments.Day(midnight.Format(time.DateOnly))
	at, err := Moment(day, t.From)
	timesProblem(p, "from", err)
	return day, at
}

func timesProblem(p *check.Problems, field string, err error) {
	switch {
	case err == nil:
	case errors.Is(err, ErrClockSkips):
		p.Add(field, "clock_skips", nil)
	case errors.Is(err, ErrClockRepeats):
		p.Add(field, "clock_repeats", nil)
	default:
		p.Add(field, "no_such_time", nil)
	}
}

// Begin is where a member's proposal begins: the clock where both were pressed,
// or else the plan.
func (w Work) Begin() (from, until time.Time, pause time.Duration) {
	if w.Clock.Whole() {
		return w.Clock.In, w.Clock.Out, w.Clock.Break
	}
	if w.Stopped() {
		return w.Shift.Starts, w.Shift.Starts.Add(w.Planned()), 0
	}
	return w.Shift.Starts, w.Shift.Ends, w.Shift.Break
}
