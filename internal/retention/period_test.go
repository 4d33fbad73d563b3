package retention_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/internal/retention"
)

func zone() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}

// at reads a moment by the clocks in the Netherlands, or with Z in UTC.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone())
	if err != nil {
		moment, err = time.Parse("2006-01-02 15:04Z", text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestBefore(t *testing.T) {
	years := func(n int) retention.Period { return retention.Period{Years: n} }
	books := retention.Period{Years: 7, YearEnd: true}
	for _, tt := range []struct {
		name, now string
		period    retention.Period
		want      string
	}{
		{"an hour", "2026-11-26 10:00", retention.Period{Hours: 1}, "2026-11-26 09:00"},
		{"an hour in the night with an hour less", "2026-03-29 03:30", retention.Period{Hours: 1}, "2026-03-29 01:30"},
		{"a day", "2026-11-26 10:00", retention.Period{Days: 1}, "2026-11-25 10:00"},
		{"the day with 23 hours", "2026-03-29 12:00", retention.Period{Days: 1}, "2026-03-28 12:00"},
		{"the day with 25 hours", "2026-10-25 12:00", retention.Period{Days: 1}, "2026-10-24 12:00"},
		{"a time that clocks skipped", "2027-03-29 02:30", retention.Period{Days: 1}, "2027-03-28 00:30Z"},
		{"a time that came twice", "2026-10-26 02:30", retention.Period{Days: 1}, "2026-10-25 00:30Z"},
		{"over the new year", "2027-01-03 10:00", retention.Period{Days: 7}, "2026-12-27 10:00"},
		{"a month", "2026-11-26 10:00", retention.Period{Months: 1}, "2026-10-26 10:00"},
		{"a month without such a day", "2026-03-31 10:00", retention.Period{Months: 1}, "2026-02-28 10:00"},
		{"in January", "2027-01-15 10:00", retention.Period{Months: 3}, "2026-10-15 10:00"},
		{"a year", "2026-11-26 10:00", years(1), "2025-11-26 10:00"},
		{"on 29 February", "2028-02-29 10:00", years(1), "2027-02-28 10:00"},
		{"to a leap year", "2026-03-01 00:00", years(2), "2024-03-01 00:00"},
		{"the day before stays", "2026-02-28 23:59", years(2), "2024-02-28 23:59"},
		{"from summer to winter", "2026-03-29 12:00", years(1), "2025-03-29 12:00"},
		{"the last minute of a year", "2026-12-31 23:59", books, "2019-01-01 00:00"},
		{"the first of the next", "2027-01-01 00:00", books, "2020-01-01 00:00"},
		{"that minute in UTC is still last year", "2026-12-31 23:00Z", books, "2020-01-01 00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.period.Before(at(t, tt.now)); !got.Equal(at(t, tt.want)) {
				t.Errorf("Before = %v, want %v", got, at(t, tt.want))
			}
		})
	}
}

func TestAfter(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		period     retention.Period
		want       string
	}{
		{"an hour", "2026-11-26 10:00", retention.Period{Hours: 1}, "2026-11-26 11:00"},
		{"the day with 23 hours", "2026-03-28 12:00", retention.Period{Days: 1}, "2026-03-29 12:00"},
		{"a month without such a day", "2027-01-31 10:00", retention.Period{Months: 1}, "2027-02-28 10:00"},
		{"from 29 February", "2024-02-29 10:00", retention.Period{Years: 1}, "2025-02-28 10:00"},
		{"books", "2019-05-01 10:00", retention.Period{Years: 7, YearEnd: true}, "2027-01-01 00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.period.After(at(t, tt.from)); !got.Equal(at(t, tt.want)) {
				t.Errorf("After = %v, want %v", got, at(t, tt.want))
			}
		})
	}
}

// TestNothingGoesTooSoon, nor two days too late, whatever the calendar does.
func TestNothingGoesTooSoon(t *testing.T) {
	var periods []retention.Period
	for _, r := range retention.Rules() {
		if r.Keep != (retention.Period{}) {
			periods = append(periods, r.Keep)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(periods).Draw(t, "period")
		moment := time.Unix(rapid.Int64Range(946_684_800, 2_524_608_000).Draw(t, "at"), 0) // 2000 to 2050
		over := p.After(moment)
		now := over.Add(time.Duration(rapid.Int64Range(-72*3600, 72*3600).Draw(t, "late")) * time.Second)
		gone := moment.Before(p.Before(now))
		if gone && now.Before(over.Add(-time.Hour)) { // the hour that clocks skip
			t.Fatalf("%+v: %v is gone at %v, before %v", p, moment, now, over)
		}
		if !gone && now.After(over.Add(49*time.Hour)) {
			t.Fatalf("%+v: %v is there at %v, long after %v", p, moment, now, over)
		}
	})
}
