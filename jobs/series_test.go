package jobs_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// weekly is a lawful series: each Tuesday from nine to twelve.
func weekly() jobs.Series {
	return jobs.Series{
		Recurrence: jobs.Recurrence{Every: jobs.EveryWeek, Interval: 1, Weekdays: []time.Weekday{time.Tuesday}, Count: 4},
		From:       "2026-11-24", Starts: 9 * time.Hour, Length: 3 * time.Hour, Seats: 1,
	}
}

func TestSeriesDates(t *testing.T) {
	workdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	tests := []struct {
		name   string
		change func(*jobs.Series)
		want   string
	}{
		{"each week", func(*jobs.Series) {}, "2026-11-24 2026-12-01 2026-12-08 2026-12-15"},
		{"every other week", func(s *jobs.Series) { s.Interval, s.Count = 2, 3 }, "2026-11-24 2026-12-08 2026-12-22"},
		{"from a day that is none of them", func(s *jobs.Series) { s.From, s.Count = "2026-11-25", 2 }, "2026-12-01 2026-12-08"},
		{"until a day", func(s *jobs.Series) { s.Count, s.Until = 0, "2026-12-08" }, "2026-11-24 2026-12-01 2026-12-08"},
		{"until the day before", func(s *jobs.Series) { s.Count, s.Until = 0, "2026-12-07" }, "2026-11-24 2026-12-01"},
		{"on just one day", func(s *jobs.Series) { s.Count, s.Until = 0, "2026-11-24" }, "2026-11-24"},
		{"two days a week, over week 53", func(s *jobs.Series) {
			s.From, s.Weekdays, s.Count = "2026-12-28", []time.Weekday{time.Monday, time.Sunday}, 4
		}, "2026-12-28 2027-01-03 2027-01-04 2027-01-10"},
		{"every other week, over week 53", func(s *jobs.Series) { s.From, s.Interval, s.Count = "2026-12-29", 2, 2 }, "2026-12-29 2027-01-12"},
		{"workdays", func(s *jobs.Series) { s.From, s.Weekdays, s.Count = "2026-11-26", workdays, 4 }, "2026-11-26 2026-11-27 2026-11-30 2026-12-01"},
		{"each day", func(s *jobs.Series) { s.Every, s.Weekdays, s.From, s.Count = jobs.EveryDay, nil, "2027-02-27", 3 }, "2027-02-27 2027-02-28 2027-03-01"},
		{"each third day", func(s *jobs.Series) { s.Every, s.Weekdays, s.Interval, s.Count = jobs.EveryDay, nil, 3, 3 }, "2026-11-24 2026-11-27 2026-11-30"},
		{"the second Tuesday", func(s *jobs.Series) { s.Every, s.Nth, s.Count = jobs.EveryMonth, 2, 3 }, "2026-12-08 2027-01-12 2027-02-09"},
		{"the last Tuesday", func(s *jobs.Series) { s.Every, s.Nth, s.Count = jobs.EveryMonth, jobs.LastOfMonth, 3 }, "2026-11-24 2026-12-29 2027-01-26"},
		{"but one", func(s *jobs.Series) { s.Without = []payments.Day{"2026-12-01"} }, "2026-11-24 2026-12-08 2026-12-15"},
		{"left out what is none of them", func(s *jobs.Series) { s.Without, s.Count = []payments.Day{"2026-12-02"}, 1 }, "2026-11-24"},
		{"and one more", func(s *jobs.Series) { s.With, s.Count = []payments.Day{"2026-11-29"}, 2 }, "2026-11-24 2026-11-29 2026-12-01"},
		{"one that is there", func(s *jobs.Series) { s.With, s.Count = []payments.Day{"2026-12-01"}, 2 }, "2026-11-24 2026-12-01"},
		{"the 29th of February", func(s *jobs.Series) { s.Every, s.Weekdays, s.From, s.Count = jobs.EveryDay, nil, "2028-02-28", 2 }, "2028-02-28 2028-02-29"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := weekly()
			tt.change(&s)
			days, err := s.Dates()
			var got []string
			for _, day := range days {
				got = append(got, string(day))
			}
			if strings.Join(got, " ") != tt.want || err != nil {
				t.Errorf("Dates = %v, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestSeriesRefuses(t *testing.T) {
	daily := func(s *jobs.Series) { s.Every, s.Weekdays = jobs.EveryDay, nil }
	tests := []struct {
		name, field, rule string
		change            func(*jobs.Series)
	}{
		{"10,000 dates", "series-count", "too_many", func(s *jobs.Series) { s.Count = 10_000 }},
		{"27 years of days", "series", "too_many", func(s *jobs.Series) { daily(s); s.Count, s.Until = 0, "2054-04-10" }},
		{"until the year 9999", "series", "too_many", func(s *jobs.Series) { daily(s); s.Count, s.Until = 0, "9999-12-31" }},
		{"101 dates", "series", "too_many", func(s *jobs.Series) { daily(s); s.Count, s.With = 100, []payments.Day{"2028-01-01"} }},
		{"every hour", "series-every", "not_a_choice", func(s *jobs.Series) { s.Every = "hour" }},
		{"no weekday", "series-weekdays", "missing", func(s *jobs.Series) { s.Weekdays = nil }},
		{"an eighth day", "series-weekdays", "not_a_choice", func(s *jobs.Series) { s.Weekdays = []time.Weekday{7} }},
		{"two weekdays of a month", "series-weekdays", "missing", func(s *jobs.Series) {
			s.Every, s.Nth, s.Weekdays = jobs.EveryMonth, 1, []time.Weekday{1, 2}
		}},
		{"the fifth of a month", "series-nth", "not_a_choice", func(s *jobs.Series) { s.Every, s.Nth = jobs.EveryMonth, 5 }},
		{"every 0 weeks", "series-interval", "out_of_range", func(s *jobs.Series) { s.Interval = 0 }},
		{"every -1 weeks", "series-interval", "out_of_range", func(s *jobs.Series) { s.Interval = -1 }},
		{"no end", "series-until", "missing", func(s *jobs.Series) { s.Count = 0 }},
		{"two ends", "series-until", "until_or_count", func(s *jobs.Series) { s.Until = "2026-12-01" }},
		{"fewer than none", "series-count", "out_of_range", func(s *jobs.Series) { s.Count = -1 }},
		{"an end before the beginning", "series-until", "before_from", func(s *jobs.Series) { s.Count, s.Until = 0, "2026-11-23" }},
		{"no such end", "series-until", "no_such_day", func(s *jobs.Series) { s.Count, s.Until = 0, "2027-02-29" }},
		{"no such beginning", "series-from", "no_such_day", func(s *jobs.Series) { s.From = "2027-02-30" }},
		{"no beginning", "series-from", "no_such_day", func(s *jobs.Series) { s.From = "" }},
		{"no day left", "series", "no_dates", func(s *jobs.Series) { s.Count, s.Without = 1, []payments.Day{"2026-11-24"} }},
		{"no such day left out", "series", "no_such_day", func(s *jobs.Series) { s.Without = []payments.Day{"2026-02-30"} }},
		{"half past 25", "series-starts", "no_such_time", func(s *jobs.Series) { s.Starts = 25 * time.Hour }},
		{"ends before it starts", "series-ends", "ends_before_start", func(s *jobs.Series) { s.Length = -time.Hour }},
		{"14 hours", "series-ends", "too_long_shift", func(s *jobs.Series) { s.Length = 14 * time.Hour }},
		{"13 hours", "series-ends", "too_long_on", func(s *jobs.Series) { s.Length = 13 * time.Hour }},
		{"a break as long as the shift", "series-break", "wrong_break", func(s *jobs.Series) { s.Break = s.Length }},
		{"no seat", "series-seats", "out_of_range", func(s *jobs.Series) { s.Seats = 0 }},
		{"nobody beside whom to learn", "series-buddies", "too_many_buddies", func(s *jobs.Series) { s.BuddySeats = 1 }},
		{"in the past", "series-from", "past_on", func(s *jobs.Series) { s.From = "2026-11-17" }},
		{"a break that fills the night with an hour less", "series-break", "wrong_break", func(s *jobs.Series) {
			s.From, s.Starts, s.Length, s.Break, s.Count = "2027-03-28", time.Hour, 3*time.Hour, 2*time.Hour, 1
			s.Weekdays = []time.Weekday{time.Sunday}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := weekly()
			tt.change(&s)
			now := time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)
			_, err := s.Shifts(now)
			var problems check.Problems
			if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) {
				t.Errorf("Shifts gave %v, want %s: %s", err, tt.field, tt.rule)
			}
			if made := testing.AllocsPerRun(1, func() { _, _ = s.Shifts(now) }); made > 5000 { // each date is made of some
				t.Errorf("%v things were made to refuse it", made)
			}
			for _, p := range problems {
				if p.Rule == "too_many" && p.Args["Max"] != 100 {
					t.Errorf("the most is %v, want 100", p.Args["Max"])
				}
			}
		})
	}
}

// TestSeriesOverTheClockChange: each shift begins at nine on the wall, both ways,
// in two years.
func TestSeriesOverTheClockChange(t *testing.T) {
	tests := []struct{ from, before, after string }{
		{"2026-03-28", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"},
		{"2026-10-24", "2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z"},
		{"2027-03-27", "2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z"},
		{"2027-10-30", "2027-10-30T07:00:00Z", "2027-10-31T08:00:00Z"},
	}
	for _, tt := range tests {
		s := weekly()
		s.Every, s.Weekdays, s.Count, s.From = jobs.EveryDay, nil, 2, payments.Day(tt.from)
		shifts, err := s.Shifts(time.Time{})
		if err != nil || len(shifts) != 2 || shifts[0].Starts.Format(time.RFC3339) != tt.before || shifts[1].Starts.Format(time.RFC3339) != tt.after {
			t.Errorf("from %s: %v, %v; want %s and %s", tt.from, shifts, err, tt.before, tt.after)
		}
	}
}

func TestSeriesInTheNightOfTheClock(t *testing.T) {
	night := func(from payments.Day, starts, length time.Duration) jobs.Series {
		s := weekly()
		s.Every, s.Weekdays, s.Count, s.From, s.Starts, s.Length = jobs.EveryDay, nil, 3, from, starts, length
		return s
	}
	half := 2*time.Hour + 30*time.Minute
	tests := []struct {
		name, field, rule, day string
		series                 jobs.Series
	}{
		{"begins in the skipped hour", "series-starts", "clock_skips_on", "2027-03-28", night("2027-03-26", half, time.Hour)},
		{"ends in the skipped hour, of the night before", "series-ends", "clock_skips_on", "2027-03-27", night("2027-03-26", 22*time.Hour, 4*time.Hour+30*time.Minute)},
		{"begins in the hour that comes twice", "series-starts", "clock_repeats_on", "2026-10-25", night("2026-10-24", half, time.Hour)},
		{"ends in it", "series-ends", "clock_repeats_on", "2026-10-25", night("2026-10-24", time.Hour, time.Hour+30*time.Minute)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.series.Shifts(time.Time{})
			var problems check.Problems
			if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) || problems[0].Args["Day"] != tt.day {
				t.Errorf("Shifts gave %v %v, want %s: %s on %s", err, problems, tt.field, tt.rule, tt.day)
			}
		})
	}
	left := tests[0].series
	left.Without = []payments.Day{"2027-03-28"}
	if shifts, err := left.Shifts(time.Time{}); err != nil || len(shifts) != 2 {
		t.Errorf("without that night there are %d shifts, %v; want 2", len(shifts), err)
	}
	over := night("2026-10-24", 22*time.Hour, 8*time.Hour) // 22.00 to 6.00
	shifts, err := over.Shifts(time.Time{})
	if err != nil || shifts[0].Shift().Worked() != 9*time.Hour || shifts[1].Shift().Worked() != 8*time.Hour {
		t.Errorf("over the night with an hour more: %v, %v; want 9 and 8 hours", shifts, err)
	}
}

func TestRecurrenceAsText(t *testing.T) {
	tests := []struct {
		rule jobs.Recurrence
		want string
	}{
		{jobs.Recurrence{Every: jobs.EveryDay, Interval: 1, Count: 10}, "FREQ=DAILY;INTERVAL=1;COUNT=10"},
		{jobs.Recurrence{Every: jobs.EveryWeek, Interval: 2, Weekdays: []time.Weekday{time.Monday, time.Sunday}, Until: "2026-12-31"},
			"FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231;BYDAY=MO,SU"},
		{jobs.Recurrence{Every: jobs.EveryMonth, Interval: 1, Weekdays: []time.Weekday{time.Friday}, Nth: -1, Count: 3}, "FREQ=MONTHLY;INTERVAL=1;COUNT=3;BYDAY=-1FR"},
	}
	for _, tt := range tests {
		if got := tt.rule.String(); got != tt.want {
			t.Errorf("String = %s, want %s", got, tt.want)
		}
	}
}

// drawSeries draws a lawful series, in any year of the figures and after.
func drawSeries(t *rapid.T) jobs.Series {
	day := func(name string, min, max int) payments.Day {
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(min, max).Draw(t, name))
		return payments.Day(at.Format(time.DateOnly))
	}
	s := jobs.Series{
		From: day("from", 0, 1500), Seats: rapid.IntRange(1, 50).Draw(t, "seats"),
		Starts: time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "starts")) * time.Minute,
		Length: time.Duration(rapid.IntRange(1, 11*60).Draw(t, "length")) * time.Minute,
	}
	s.Every = rapid.SampledFrom(jobs.Everies()).Draw(t, "every")
	s.Interval = rapid.IntRange(1, 5).Draw(t, "interval")
	switch s.Every {
	case jobs.EveryWeek:
		s.Weekdays = rapid.SliceOfNDistinct(rapid.SampledFrom([]time.Weekday{0, 1, 2, 3, 4, 5, 6}), 1, 7, rapid.ID[time.Weekday]).Draw(t, "weekdays")
	case jobs.EveryMonth:
		s.Weekdays = []time.Weekday{time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))}
		s.Nth = rapid.SampledFrom([]int{1, 2, 3, 4, jobs.LastOfMonth}).Draw(t, "nth")
	}
	if s.Count = rapid.IntRange(0, 100).Draw(t, "count"); s.Count == 0 {
		s.Until = day("until", 1500, 4000)
	}
	for range rapid.IntRange(0, 3).Draw(t, "exceptions") {
		s.Without = append(s.Without, day("without", 0, 2000))
		s.With = append(s.With, day("with", 0, 2000))
	}
	return s
}

// TestSeriesHolds: never more dates than the most, each once, none that is left
// out, all that are added; each shift at its time on the wall; and the text of a
// rule is one of RFC 5545.
func TestSeriesHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeries(t)
		if back, err := rrule.StrToROption(s.String()); err != nil || strings.Replace(back.RRuleString(), "T000000Z", "", 1) != s.String() {
			t.Fatalf("%s reads as %+v, %v", s.String(), back, err) // a day is read as its midnight
		}
		days, err := s.Dates()
		var problems check.Problems
		if errors.As(err, &problems) {
			return // too many, or none
		}
		if err != nil || len(days) == 0 || len(days) > 100 || !slices.IsSorted(days) || len(slices.Compact(slices.Clone(days))) != len(days) {
			t.Fatalf("the dates are %v, %v", days, err)
		}
		for _, day := range days {
			if slices.Contains(s.Without, day) && !slices.Contains(s.With, day) {
				t.Fatalf("%s is left out, and there", day)
			}
		}
		shifts, err := s.Shifts(time.Time{})
		if err != nil {
			return // in the night of the clock
		}
		for i, shift := range shifts {
			if got := onWall(shift.Starts); got != s.Starts || payments.DayOf(shift.Starts) != days[i] {
				t.Fatalf("the shift of %s begins at %v, want %v", days[i], got, s.Starts)
			}
			if got := onWall(shift.Ends); got != (s.Starts+s.Length)%(24*time.Hour) {
				t.Fatalf("the shift of %s ends at %v, want %v", days[i], got, s.Starts+s.Length)
			}
		}
	})
}

// onWall is what a clock in the Netherlands shows.
func onWall(at time.Time) time.Duration {
	wall := at.In(members.Amsterdam())
	return time.Duration(wall.Hour())*time.Hour + time.Duration(wall.Minute())*time.Minute
}

// TestWeekCopyHolds: expanded and copied, a shift keeps its weekday and its times
// on the wall.
func TestWeekCopyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shifts, err := drawSeries(t).Shifts(time.Time{})
		if err != nil {
			return
		}
		var of []jobs.Shift
		for _, shift := range shifts {
			of = append(of, shift.Shift())
		}
		from := payments.DayOf(rapid.SampledFrom(of).Draw(t, "in").Starts)
		to, _ := time.Parse(time.DateOnly, string(from))
		to = to.AddDate(0, 0, 7*rapid.IntRange(1, 60).Draw(t, "later"))
		w := jobs.WeekCopy{From: from, To: payments.Day(to.Format(time.DateOnly)), Weeks: rapid.IntRange(1, 10).Draw(t, "weeks")}
		copies, err := w.Shifts(of, nil, time.Time{})
		if err != nil {
			return
		}
		if len(copies) > 100 || len(copies)%w.Weeks != 0 {
			t.Fatalf("%d copies in %d weeks", len(copies), w.Weeks)
		}
		week := len(copies) / w.Weeks
		for i, c := range copies {
			first := copies[i%week]
			if onWall(c.Starts) != onWall(first.Starts) || onWall(c.Ends) != onWall(first.Ends) ||
				c.Starts.In(members.Amsterdam()).Weekday() != first.Starts.In(members.Amsterdam()).Weekday() {
				t.Fatalf("the copies are %v and %v", first, c)
			}
		}
		if !slices.ContainsFunc(of, func(s jobs.Shift) bool {
			return onWall(s.Starts) == onWall(copies[0].Starts) && onWall(s.Ends) == onWall(copies[0].Ends)
		}) {
			t.Fatalf("%v is a copy of nothing", copies[0])
		}
	})
}

func TestWeekCopy(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, members.Amsterdam())
		if err != nil {
			t.Fatal(err)
		}
		return moment.UTC()
	}
	shift := func(from, until string) jobs.Shift {
		return jobs.Shift{Starts: at(from), Ends: at(until), Seats: 3, BuddySeats: 1}
	}
	week := []jobs.Shift{ // the last of these begins in the week after
		shift("2026-10-12 09:00", "2026-10-12 12:00"), shift("2026-10-18 23:00", "2026-10-19 05:00"), shift("2026-10-19 00:00", "2026-10-19 01:00"),
	}
	copies, err := jobs.WeekCopy{From: "2026-10-14", To: "2026-10-20", Weeks: 2}.Shifts(week, nil, time.Time{})
	want := []time.Time{at("2026-10-19 09:00"), at("2026-10-25 23:00"), at("2026-10-26 09:00"), at("2026-11-01 23:00")}
	if err != nil || len(copies) != len(want) {
		t.Fatalf("the copies are %v, %v", copies, err)
	}
	for i, c := range copies {
		if !c.Starts.Equal(want[i]) || c.Seats != 3 || c.BuddySeats != 1 {
			t.Errorf("copy %d is %v, want from %v", i, c, want[i])
		}
	}
	left, err := jobs.WeekCopy{From: "2026-10-14", To: "2026-10-20", Weeks: 2}.Shifts(week, []payments.Day{"2026-10-26"}, time.Time{})
	if err != nil || len(left) != 3 {
		t.Errorf("without one day: %v, %v", left, err)
	}
	for _, tt := range []struct {
		name, field, rule string
		copy              jobs.WeekCopy
	}{
		{"to itself", "copy-to", "same_week", jobs.WeekCopy{From: "2026-10-14", To: "2026-10-12", Weeks: 1}},
		{"over itself", "copy-to", "same_week", jobs.WeekCopy{From: "2026-10-14", To: "2026-10-05", Weeks: 2}},
		{"no week at all", "copy-weeks", "out_of_range", jobs.WeekCopy{From: "2026-10-14", To: "2026-10-20"}},
		{"a thousand weeks", "copy-weeks", "out_of_range", jobs.WeekCopy{From: "2026-10-14", To: "2026-10-20", Weeks: 1000}},
		{"a week with nothing", "copy-from", "empty_week", jobs.WeekCopy{From: "2026-10-06", To: "2026-10-20", Weeks: 1}},
		{"no such day", "copy-from", "no_such_day", jobs.WeekCopy{From: "2026-10-32", To: "2026-10-20", Weeks: 1}},
		{"nowhere", "copy-to", "no_such_day", jobs.WeekCopy{From: "2026-10-14", Weeks: 1}},
		{"into the night of the clock", "copy-to", "clock_repeats_on", jobs.WeekCopy{Gig: jobs.GigID{1}, From: "2026-10-19", To: "2026-10-20", Weeks: 1}},
	} {
		of := week
		if tt.rule == "clock_repeats_on" {
			of = []jobs.Shift{shift("2026-10-18 02:30", "2026-10-18 05:00")}
			tt.copy.From = "2026-10-18"
		}
		_, err := tt.copy.Shifts(of, nil, time.Time{})
		var problems check.Problems
		if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) {
			t.Errorf("%s gave %v, want %s: %s", tt.name, err, tt.field, tt.rule)
		}
	}
}
