package matching

import (
	"testing"
	"time"

	"meent/members"
)

// TestWeeksWhenClocksChange: whole weeks begin and end at midnight by the clocks here, also
// those of 167 and 169 hours, and a member who is here all the time wants as much in each.
func TestWeeksWhenClocksChange(t *testing.T) {
	for name, tt := range map[string]struct {
		now         time.Time
		from, until string
		hours       float64
	}{
		"back, of four weeks":        {time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC), "2026-09-28T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 4*168 + 1},
		"the last second of a week":  {time.Date(2026, 10, 25, 22, 59, 59, 0, time.UTC), "2026-09-21T00:00:00+02:00", "2026-10-19T00:00:00+02:00", 4 * 168},
		"the first of the next":      {time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC), "2026-09-28T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 4*168 + 1},
		"forward, of four weeks":     {time.Date(2027, 3, 28, 22, 0, 0, 0, time.UTC), "2027-03-01T00:00:00+01:00", "2027-03-29T00:00:00+02:00", 4*168 - 1},
		"a year that ends on Friday": {time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "2026-11-30T00:00:00+01:00", "2026-12-28T00:00:00+01:00", 4 * 168},
	} {
		from, until := lastWeeks(tt.now, 4)
		if from.Format(time.RFC3339) != tt.from || until.Format(time.RFC3339) != tt.until || until.Sub(from).Hours() != tt.hours {
			t.Errorf("%s: from %s until %s", name, from, until)
		}
		if got := (portionOf{wanted: 10}).portion(from, until); got.Wanted != 4*10*60 {
			t.Errorf("%s: who wants ten hours a week wants %d minutes in four", name, got.Wanted)
		}
	}
}

// TestTimesAroundWhenClocksChange: nine, one and six by the clocks here, on seven days, and
// none that is this one or comes too soon.
func TestTimesAroundWhenClocksChange(t *testing.T) {
	for _, day := range []time.Time{time.Date(2026, 10, 25, 0, 0, 0, 0, members.Amsterdam()), time.Date(2027, 3, 28, 0, 0, 0, 0, members.Amsterdam()), time.Date(2026, 12, 31, 0, 0, 0, 0, members.Amsterdam())} {
		at := time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, day.Location())
		times := timesAround(at, at.AddDate(0, 0, -30))
		seen := map[string]bool{}
		for _, one := range times {
			local := one.In(members.Amsterdam())
			if h := local.Hour(); h != 9 && h != 13 && h != 18 || local.Minute() != 0 || one.Equal(at) {
				t.Errorf("around %s: %s", at, local)
			}
			seen[local.Format(time.DateTime)] = true
		}
		if len(seen) != 20 || len(times) != 20 {
			t.Errorf("around %s there are %d times", at, len(seen))
		}
		for _, one := range timesAround(at, at.Add(-time.Hour)) {
			if one.Before(at.Add(23 * time.Hour)) {
				t.Errorf("%s is too soon after %s", one, at)
			}
		}
	}
}
