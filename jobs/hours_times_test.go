package jobs_test

import (
	"testing"
	"time"

	"meent/jobs"
)

// TestTimesOfAProposal: what people type, by day, by night and where clocks change.
func TestTimesOfAProposal(t *testing.T) {
	shift := func(starts, ends string) jobs.Shift {
		t.Helper()
		from, err1 := time.Parse(time.RFC3339, starts)
		until, err2 := time.Parse(time.RFC3339, ends)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		return jobs.Shift{Starts: from, Ends: until}
	}
	day, night := shift("2026-11-25T09:00:00+01:00", "2026-11-25T12:00:00+01:00"), shift("2026-11-25T22:00:00+01:00", "2026-11-26T06:00:00+01:00")
	midnight := shift("2026-11-26T00:00:00+01:00", "2026-11-26T06:00:00+01:00")
	spring, autumn := shift("2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00"), shift("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00")
	at := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
	for _, tt := range []struct {
		name        string
		shift       jobs.Shift
		from, until time.Duration
		pause       int // minutes
		worked      time.Duration
		field, rule string
	}{
		{"as planned", day, at(9, 0), at(12, 0), 0, 3 * time.Hour, "", ""},
		{"a break", day, at(8, 50), at(12, 20), 15, at(3, 15), "", ""},
		{"until midnight", day, at(12, 0), at(24, 0), 0, 12 * time.Hour, "", ""},
		{"thirteen hours, one of them a break", day, at(8, 0), at(21, 0), 60, 12 * time.Hour, "", ""},
		{"thirteen hours", day, at(8, 0), at(21, 0), 0, 0, "until", "wrong_hours"},
		{"the end before the start", day, at(12, 0), at(9, 0), 0, 0, "until", "until_before_from"},
		{"no time at all", day, at(9, 0), at(9, 0), 0, 0, "until", "until_before_from"},
		{"nothing but a break", day, at(9, 0), at(10, 0), 60, 0, "break", "wrong_break"},
		{"a break longer than the work", day, at(9, 0), at(10, 0), 600, 0, "break", "wrong_break"},
		{"a break of less than none", day, at(9, 0), at(10, 0), -1, 0, "break", "wrong_break"},
		{"over midnight", night, at(22, 0), at(6, 0), 30, at(7, 30), "", ""},
		{"after midnight only", night, at(0, 30), at(6, 0), 0, at(5, 30), "", ""},
		{"before midnight, of a shift after it", midnight, at(23, 40), at(6, 0), 0, at(6, 20), "", ""},
		{"the night that loses an hour", spring, at(22, 0), at(6, 0), 0, 7 * time.Hour, "", ""},
		{"a time that it does not have", spring, at(22, 0), at(2, 30), 0, 0, "until", "clock_skips"},
		{"a beginning that it does not have", spring, at(2, 30), at(6, 0), 0, 0, "from", "clock_skips"},
		{"the night that gains an hour", autumn, at(22, 0), at(6, 0), 0, 9 * time.Hour, "", ""},
		{"a time that it has twice", autumn, at(22, 0), at(2, 30), 0, 0, "until", "clock_repeats"},
		{"a beginning that it has twice", autumn, at(2, 30), at(6, 0), 0, 0, "from", "clock_repeats"},
	} {
		h, p := jobs.Times{From: tt.from, Until: tt.until, Break: time.Duration(tt.pause) * time.Minute}.Hours(tt.shift)
		if h.Worked != tt.worked || (tt.rule != "") != (len(p) > 0) || tt.rule != "" && !has(p, tt.field, tt.rule) {
			t.Errorf("%s: %s, %v; want %s, %s at %q", tt.name, h.Worked, p, tt.worked, tt.rule, tt.field)
		}
	}
}
