package tasks

import (
	"testing"
	"time"
)

func TestLastDay(t *testing.T) {
	zone := amsterdam()
	tests := []struct{ name, now, at, want string }{
		{"later on the day", "2026-11-24 09:00", "03:30", "2026-11-24 03:30 CET"},
		{"on the minute", "2026-11-24 03:30", "03:30", "2026-11-24 03:30 CET"},
		{"before it", "2026-11-24 03:29", "03:30", "2026-11-23 03:30 CET"},
		{"first of the month", "2026-12-01 01:00", "03:30", "2026-11-30 03:30 CET"},
		{"summer", "2026-07-01 12:00", "08:00", "2026-07-01 08:00 CEST"},
		{"the night that has no half past two", "2026-03-29 12:00", "02:30", "2026-03-29 03:30 CEST"},
		{"the day after that night", "2026-03-30 12:00", "02:30", "2026-03-30 02:30 CEST"},
		{"the night that has two", "2026-10-25 12:00", "08:00", "2026-10-25 08:00 CET"},
	}
	for _, tt := range tests {
		now, err := time.ParseInLocation("2006-01-02 15:04", tt.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("15:04", tt.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastDay(now, at.Hour(), at.Minute(), 0).Format("2006-01-02 15:04 MST"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestDailyComesOnceADay walks through a whole year, quarter by quarter.
func TestDailyComesOnceADay(t *testing.T) {
	m := NewMux()
	Daily(m, 2, 30, step{})
	Weekly(m, time.Monday, 8, 0, step{})
	starts := [2]map[int64]bool{{}, {}}
	begin := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC) // a Monday
	for now := begin; now.Before(begin.AddDate(0, 0, 364)); now = now.Add(15 * time.Minute) {
		for i, p := range m.periodic {
			start := p.starts(now)
			if start.After(now) {
				t.Fatalf("at %v the newest start is %v", now, start)
			}
			starts[i][start.Unix()] = true
		}
	}
	if len(starts[0]) != 365 || len(starts[1]) != 53 { // from Monday to Monday, both counted
		t.Errorf("%d days and %d weeks began in 52 weeks and a day", len(starts[0]), len(starts[1]))
	}
	for start := range starts[1] {
		if local := time.Unix(start, 0).In(amsterdam()).Format("Mon 15:04"); local != "Mon 08:00" {
			t.Errorf("a week begins on %s", local)
		}
	}
}
