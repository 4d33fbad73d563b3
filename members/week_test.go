package members_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/members"
)

const hour = 4 // quarters

func at(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// week is Monday 9-17, Friday 22 to Saturday 6, Saturday 23 to Sunday 5, and
// Sunday 20 to Monday 1.
func week() (w members.Week) {
	w.Add(0, members.Span{From: 9 * hour, Until: 17 * hour})
	w.Add(4, members.Span{From: 22 * hour, Until: 6 * hour})
	w.Add(5, members.Span{From: 23 * hour, Until: 5 * hour})
	w.Add(6, members.Span{From: 20 * hour, Until: 1 * hour})
	return w
}

func TestWeekCovers(t *testing.T) {
	tests := []struct {
		name, start, end string
		want             bool
	}{
		{"a morning in winter", "2026-11-23T09:00:00+01:00", "2026-11-23T12:00:00+01:00", true},
		{"the same in summer", "2026-07-06T09:00:00+02:00", "2026-07-06T12:00:00+02:00", true},
		{"in summer by winter's clock", "2026-07-06T09:00:00+01:00", "2026-07-06T17:00:00+01:00", false},
		{"to the last minute", "2026-11-23T16:59:00+01:00", "2026-11-23T17:00:00+01:00", true},
		{"a second too long", "2026-11-23T16:59:00+01:00", "2026-11-23T17:00:01+01:00", false},
		{"a minute too early", "2026-11-23T08:59:00+01:00", "2026-11-23T10:00:00+01:00", false},
		{"in the middle of a quarter", "2026-11-23T09:07:00+01:00", "2026-11-23T09:08:00+01:00", true},
		{"another day", "2026-11-24T09:00:00+01:00", "2026-11-24T12:00:00+01:00", false},
		{"over midnight", "2026-11-27T22:00:00+01:00", "2026-11-28T06:00:00+01:00", true},
		{"over midnight, too long", "2026-11-27T22:00:00+01:00", "2026-11-28T06:15:00+01:00", false},
		{"from Sunday into Monday", "2026-11-29T20:00:00+01:00", "2026-11-30T01:00:00+01:00", true},
		{"from Sunday into Monday, too long", "2026-11-29T23:00:00+01:00", "2026-11-30T01:15:00+01:00", false},
		{"the night in which the clock goes forward", "2026-03-28T23:00:00+01:00", "2026-03-29T05:00:00+02:00", true},
		{"that night, an hour too long", "2026-03-28T23:00:00+01:00", "2026-03-29T06:00:00+02:00", false},
		{"the night in which the clock goes back", "2026-10-24T23:00:00+02:00", "2026-10-25T05:00:00+01:00", true},
		{"that night, an hour too long", "2026-10-24T23:00:00+02:00", "2026-10-25T06:00:00+01:00", false},
		{"the hour that comes twice", "2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00", true},
		{"no time", "2026-11-23T09:00:00+01:00", "2026-11-23T09:00:00+01:00", false},
		{"backwards", "2026-11-23T12:00:00+01:00", "2026-11-23T09:00:00+01:00", false},
		{"for ever", "2026-11-23T09:00:00+01:00", "2126-11-23T09:00:00+01:00", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := week().Covers(at(t, tt.start), at(t, tt.end)); got != tt.want {
				t.Errorf("Covers(%s, %s) = %v", tt.start, tt.end, got)
			}
		})
	}
}

// TestHourThatIsMissing: a member free from 1 to 2 and from 3 to 4 can work from
// 1 to 4 in the night in which 2 to 3 is not there, and in no other.
func TestHourThatIsMissing(t *testing.T) {
	var w members.Week
	w.Add(6, members.Span{From: 1 * hour, Until: 2 * hour})
	w.Add(6, members.Span{From: 3 * hour, Until: 4 * hour})
	if !w.Covers(at(t, "2026-03-29T01:00:00+01:00"), at(t, "2026-03-29T04:00:00+02:00")) {
		t.Error("two hours without a gap are not covered")
	}
	if w.Covers(at(t, "2026-03-22T01:00:00+01:00"), at(t, "2026-03-22T04:00:00+01:00")) {
		t.Error("a gap is covered")
	}
}

func drawWeek(t *rapid.T) (w members.Week) {
	for range rapid.IntRange(0, 12).Draw(t, "spans") {
		from := rapid.IntRange(0, members.WeekQuarters-1).Draw(t, "from")
		w.Set(from, from+rapid.IntRange(1, members.DayQuarters).Draw(t, "long"))
	}
	return w
}

// TestWeekCoversEveryMinute asks a wall clock each minute, around both nights in
// which it changes and elsewhere.
func TestWeekCoversEveryMinute(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	nights := []time.Time{time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC), time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeek(t)
		start := rapid.SampledFrom(nights).Draw(t, "night").Add(time.Duration(rapid.IntRange(-600, 2400).Draw(t, "minutes")) * time.Minute)
		end := start.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "long")) * time.Minute)
		want := true
		for minute := start; minute.Before(end); minute = minute.Add(time.Minute) {
			clock := minute.In(zone).Format("15:04")
			days := map[string]int{"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
			h, m := int(clock[0]-'0')*10+int(clock[1]-'0'), int(clock[3]-'0')*10+int(clock[4]-'0')
			want = want && w.Has(days[minute.In(zone).Format("Mon")]*96+h*4+m/15)
		}
		if got := w.Covers(start, end); got != want {
			t.Fatalf("Covers(%v, %v) = %v", start.In(zone), end.In(zone), got)
		}
	})
}

// TestSpansSayTheWholeWeek: adding what Spans gives makes the same week again.
func TestSpansSayTheWholeWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, again := drawWeek(t), members.Week{}
		if rapid.Bool().Draw(t, "inverted") { // long runs
			for i := range w {
				w[i] = ^w[i]
			}
		}
		total := 0
		for weekday, spans := range w.Spans() {
			for _, s := range spans {
				again.Add(weekday, s)
				total++
			}
		}
		if again != w {
			t.Fatalf("%v says another week", w.Spans())
		}
		if total > w.Quarters() {
			t.Fatal("empty spans")
		}
	})
}

func TestSpans(t *testing.T) {
	got := week().Spans()
	want := [7][]members.Span{0: {{36, 68}}, 4: {{88, 24}}, 5: {{92, 20}}, 6: {{80, 4}}}
	for weekday := range want {
		if len(got[weekday]) != len(want[weekday]) {
			t.Fatalf("Spans gives %v", got)
		}
		for i := range want[weekday] {
			if got[weekday][i] != want[weekday][i] {
				t.Errorf("weekday %d is %v, want %v", weekday, got[weekday], want[weekday])
			}
		}
	}
	var always members.Week
	always.Set(0, members.WeekQuarters)
	for weekday, spans := range always.Spans() {
		if len(spans) != 1 || spans[0] != (members.Span{From: 0, Until: 96}) {
			t.Errorf("always: weekday %d is %v", weekday, spans)
		}
	}
}

func TestAvailabilityCovers(t *testing.T) {
	plain := week()
	monday, friday := members.Day("2026-11-23"), members.Day("2026-11-27")
	off := map[members.Day]members.Exception{monday: {Day: monday, Off: true}, friday: {Day: friday, Off: true}}
	evening := members.Exception{Day: monday, Off: true}
	evening.Extra[9], evening.Extra[10] = 0xff, 0xff // 18.00 to 22.00
	extra := map[members.Day]members.Exception{monday: evening}
	tests := []struct {
		name       string
		week       *members.Week
		exceptions map[members.Day]members.Exception
		start, end string
		want       bool
	}{
		{"as ever", &plain, nil, "2026-11-23T09:00:00+01:00", "2026-11-23T12:00:00+01:00", true},
		{"not today", &plain, off, "2026-11-23T09:00:00+01:00", "2026-11-23T12:00:00+01:00", false},
		{"but the week after", &plain, off, "2026-11-30T09:00:00+01:00", "2026-11-30T12:00:00+01:00", true},
		{"a night that begins on a day off", &plain, off, "2026-11-27T22:00:00+01:00", "2026-11-28T02:00:00+01:00", false},
		{"the rest of that night", &plain, off, "2026-11-28T00:00:00+01:00", "2026-11-28T02:00:00+01:00", true},
		{"an extra evening", &plain, extra, "2026-11-23T18:00:00+01:00", "2026-11-23T22:00:00+01:00", true},
		{"not longer than that", &plain, extra, "2026-11-23T18:00:00+01:00", "2026-11-23T22:15:00+01:00", false},
		{"no week told", nil, nil, "2026-11-24T03:00:00+01:00", "2026-11-24T05:00:00+01:00", true},
		{"no week told, and not today", nil, off, "2026-11-23T09:00:00+01:00", "2026-11-23T12:00:00+01:00", false},
		{"no week told, only this evening", nil, extra, "2026-11-23T18:30:00+01:00", "2026-11-23T20:00:00+01:00", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := members.Availability{Week: tt.week, Exceptions: tt.exceptions}
			if got := a.Covers(at(t, tt.start), at(t, tt.end)); got != tt.want {
				t.Errorf("Covers(%s, %s) = %v", tt.start, tt.end, got)
			}
		})
	}
}
