package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/jobs"
	"meent/payments"
)

func TestMoment(t *testing.T) {
	tests := []struct {
		name  string
		day   payments.Day
		clock time.Duration
		want  string
		err   error
	}{
		{"winter", "2026-11-24", 9 * time.Hour, "2026-11-24T08:00:00Z", nil},
		{"summer", "2026-07-01", 9*time.Hour + 30*time.Minute, "2026-07-01T07:30:00Z", nil},
		{"midnight at the end", "2026-11-24", 24 * time.Hour, "2026-11-24T23:00:00Z", nil},
		{"the next morning", "2026-12-31", 33 * time.Hour, "2027-01-01T08:00:00Z", nil},
		{"before the clock goes forward", "2026-03-29", 119 * time.Minute, "2026-03-29T00:59:00Z", nil},
		{"while it goes forward", "2026-03-29", 150 * time.Minute, "", jobs.ErrClockSkips},
		{"and the night before", "2026-03-28", 26*time.Hour + 30*time.Minute, "", jobs.ErrClockSkips},
		{"after it went forward", "2026-03-29", 3 * time.Hour, "2026-03-29T01:00:00Z", nil},
		{"before the clock goes back", "2026-10-25", 119 * time.Minute, "2026-10-24T23:59:00Z", nil},
		{"two o'clock, twice", "2026-10-25", 2 * time.Hour, "", jobs.ErrClockRepeats},
		{"half past two, twice", "2026-10-25", 150 * time.Minute, "", jobs.ErrClockRepeats},
		{"after it went back", "2026-10-25", 3 * time.Hour, "2026-10-25T02:00:00Z", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := jobs.Moment(tt.day, tt.clock)
			if !errors.Is(err, tt.err) || err == nil && at.Format(time.RFC3339) != tt.want {
				t.Errorf("Moment(%s, %v) = %v, %v; want %s, %v", tt.day, tt.clock, at, err, tt.want, tt.err)
			}
		})
	}
	if _, err := jobs.Moment("2026-02-30", 0); err == nil {
		t.Error("30 February is a day")
	}
}
