package matching

import (
	"slices"
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// clock reads a time in Amsterdam.
func clock(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, members.Amsterdam())
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func at(t *testing.T, from, until string) span {
	t.Helper()
	return span{clock(t, from), clock(t, until)}
}

// TestFullestDayAndWeek: with other work, over midnight, over a Sunday, and in
// the nights in which the clock changes.
func TestFullestDayAndWeek(t *testing.T) {
	tests := []struct {
		name      string
		shift     span
		others    []span
		day, week time.Duration
	}{
		{"one shift", at(t, "2026-11-27 09:00", "2026-11-27 13:00"), nil, 4 * time.Hour, 4 * time.Hour},
		{"and one on the same day", at(t, "2026-11-27 09:00", "2026-11-27 13:00"), []span{at(t, "2026-11-27 14:00", "2026-11-27 16:30")}, 390 * time.Minute, 390 * time.Minute},
		{"and one the day before", at(t, "2026-11-27 09:00", "2026-11-27 13:00"), []span{at(t, "2026-11-26 14:00", "2026-11-26 16:00")}, 4 * time.Hour, 6 * time.Hour},
		{"over midnight", at(t, "2026-11-26 21:00", "2026-11-27 02:00"), nil, 3 * time.Hour, 5 * time.Hour},
		{"over midnight, and work on the second day", at(t, "2026-11-26 21:00", "2026-11-27 02:00"), []span{at(t, "2026-11-27 20:00", "2026-11-27 22:00")}, 4 * time.Hour, 7 * time.Hour},
		{"from Sunday to Monday", at(t, "2026-11-29 22:00", "2026-11-30 01:00"), []span{at(t, "2026-11-28 09:00", "2026-11-28 10:00"), at(t, "2026-12-01 09:00", "2026-12-01 14:00")}, 2 * time.Hour, 6 * time.Hour},
		{"the week before", at(t, "2026-11-30 09:00", "2026-11-30 12:00"), []span{at(t, "2026-11-29 09:00", "2026-11-29 17:00")}, 3 * time.Hour, 3 * time.Hour},
		{"other work from the Sunday before", at(t, "2026-11-30 09:00", "2026-11-30 12:00"), []span{at(t, "2026-11-29 22:00", "2026-11-30 01:00")}, 4 * time.Hour, 4 * time.Hour},
		{"the night that is an hour shorter", at(t, "2026-03-29 00:00", "2026-03-29 06:00"), nil, 5 * time.Hour, 5 * time.Hour},
		{"the night that is an hour longer", at(t, "2026-10-25 00:00", "2026-10-25 06:00"), []span{at(t, "2026-10-25 23:00", "2026-10-26 01:00")}, 8 * time.Hour, 8 * time.Hour},
		{"the last hours of a week that is an hour longer", at(t, "2026-10-25 22:00", "2026-10-26 00:00"), []span{at(t, "2026-10-19 00:00", "2026-10-19 01:00")}, 2 * time.Hour, 3 * time.Hour},
	}
	for _, tt := range tests {
		if got := fullest(daysOf(tt.shift.starts, tt.shift.ends), tt.shift, tt.others); got != tt.day {
			t.Errorf("%s: the fullest day is %v, want %v", tt.name, got, tt.day)
		}
		if got := fullest(weeksOf(tt.shift.starts, tt.shift.ends), tt.shift, tt.others); got != tt.week {
			t.Errorf("%s: the fullest week is %v, want %v", tt.name, got, tt.week)
		}
	}
}

func TestNights(t *testing.T) {
	tests := []struct {
		from, until string
		want        bool
	}{
		{"2026-11-27 06:00", "2026-11-27 12:00", false},
		{"2026-11-27 05:59", "2026-11-27 12:00", true},
		{"2026-11-27 18:00", "2026-11-27 23:00", false},
		{"2026-11-27 18:00", "2026-11-27 23:01", true},
		{"2026-11-27 22:00", "2026-11-28 02:00", true},
		{"2026-11-27 00:00", "2026-11-27 01:00", true},
		{"2026-03-29 03:30", "2026-03-29 05:00", true}, // after the hour that is not there
		{"2026-03-29 06:00", "2026-03-29 09:00", false},
		{"2026-10-25 06:00", "2026-10-25 23:00", false},
		{"2026-10-25 05:59", "2026-10-25 07:00", true},
	}
	for _, tt := range tests {
		if got := inTheNight(clock(t, tt.from), clock(t, tt.until)); got != tt.want {
			t.Errorf("%s to %s: %v", tt.from, tt.until, got)
		}
	}
}

// TestRailRules: exactly what was agreed, and one more.
func TestRailRules(t *testing.T) {
	good := Candidate{Works: true, Home: nijmegen, Reach: 20_000, Skills: []string{"a"}}
	work := Work{Open: true, Free: 1, Place: arnhem, Skills: []string{"a"}, Groups: []string{"green"}, Starts: clock(t, "2026-11-27 09:00"), Ends: clock(t, "2026-11-27 13:00")}
	far := good.metres(work)
	rails := func(a coaching.AgreedRails) Railed { return Railed{AgreedRails: a} }
	tests := []struct {
		name  string
		rails Railed
		work  func(*Work)
		want  []Rule
	}{
		{"none", Railed{}, nil, nil},
		{"exactly the hours of a day", Railed{AgreedRails: coaching.AgreedRails{DayMinutes: 240}, DayWork: 4 * time.Hour}, nil, nil},
		{"a minute more", Railed{AgreedRails: coaching.AgreedRails{DayMinutes: 240}, DayWork: 241 * time.Minute}, nil, []Rule{RailDayRule}},
		{"exactly the hours of a week", Railed{AgreedRails: coaching.AgreedRails{WeekMinutes: 720}, WeekWork: 12 * time.Hour}, nil, nil},
		{"a minute more in the week", Railed{AgreedRails: coaching.AgreedRails{WeekMinutes: 720}, WeekWork: 721 * time.Minute}, nil, []Rule{RailWeekRule}},
		{"no nights, by day", rails(coaching.AgreedRails{NoNights: true}), nil, nil},
		{"no nights, at night", rails(coaching.AgreedRails{NoNights: true}), func(w *Work) { w.Starts = clock(t, "2026-11-27 05:59") }, []Rule{RailNightRule}},
		{"alone", rails(coaching.AgreedRails{NotAlone: true}), nil, []Rule{RailAloneRule}},
		{"with others", rails(coaching.AgreedRails{NotAlone: true}), func(w *Work) { w.WithOthers = true }, nil},
		{"only green", rails(coaching.AgreedRails{Only: []string{"green", "kitchen"}}), nil, nil},
		{"only the kitchen", rails(coaching.AgreedRails{Only: []string{"kitchen"}}), nil, []Rule{RailKindRule}},
		{"only green, and it is green and kitchen", rails(coaching.AgreedRails{Only: []string{"green"}}), func(w *Work) { w.Groups = []string{"green", "kitchen"} }, []Rule{RailKindRule}},
		{"only green, and it asks nothing", rails(coaching.AgreedRails{Only: []string{"green"}}), func(w *Work) { w.Groups, w.Skills = nil, nil }, []Rule{RailKindRule}},
		{"no kitchen", rails(coaching.AgreedRails{Not: []string{"kitchen"}}), nil, nil},
		{"no kitchen, and it asks nothing", rails(coaching.AgreedRails{Not: []string{"kitchen"}}), func(w *Work) { w.Groups, w.Skills = nil, nil }, nil},
		{"no green", rails(coaching.AgreedRails{Not: []string{"kitchen", "green"}}), nil, []Rule{RailKindRule}},
		{"exactly the reach", rails(coaching.AgreedRails{Metres: far}), nil, nil},
		{"a metre less", rails(coaching.AgreedRails{Metres: far - 1}), nil, []Rule{RailReachRule}},
		{"a longer reach than their own", rails(coaching.AgreedRails{Metres: 60_000}), nil, nil},
		{"nobody helps the first time", rails(coaching.AgreedRails{First: true}), nil, []Rule{RailFirstRule}},
		{"somebody helps", rails(coaching.AgreedRails{First: true}), func(w *Work) { w.Support = true }, nil},
		{"not the first time", Railed{AgreedRails: coaching.AgreedRails{First: true}, Been: true}, nil, nil},
		{"the coach comes along", Railed{AgreedRails: coaching.AgreedRails{First: true}, PassedOn: true}, nil, nil},
	}
	for _, tt := range tests {
		c, w := good, work
		if c.Rails = tt.rails; tt.work != nil {
			tt.work(&w)
		}
		if got := failed(c, w); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if explain(c, w, HouseWeights()).Total != explain(good, w, HouseWeights()).Total {
			t.Errorf("%s: a rail takes or gives points", tt.name)
		}
	}
}

// TestHelpTheFirstTimeIsForTheCoachToSay, who sees the offer first.
func TestHelpTheFirstTimeIsForTheCoachToSay(t *testing.T) {
	work := Work{Open: true, Free: 1, Place: arnhem}
	for coach, want := range map[bool]int{true: 0, false: 1} {
		c := Candidate{Works: true, Home: arnhem, Reach: 1000, Rails: Railed{AgreedRails: coaching.AgreedRails{First: true, CoachFirst: true, Coach: coach}}}
		if got := failedForOffer(c, work); len(got) != want {
			t.Errorf("with a coach who may read: %v: %v", coach, got)
		}
		if c.Rails.NotAlone = true; len(failedForOffer(c, work)) != want+1 {
			t.Error("another rail is forgiven")
		}
	}
}

// TestCoachUntil: four working hours, or half of the window.
func TestCoachUntil(t *testing.T) {
	tests := []struct {
		now    string
		window time.Duration
		want   string
	}{
		{"2026-11-26 10:00", 24 * time.Hour, "2026-11-26 14:00"},
		{"2026-11-26 10:00", 4 * time.Hour, "2026-11-26 12:00"},
		{"2026-11-26 15:00", 24 * time.Hour, "2026-11-27 03:00"}, // half comes first
		{"2026-11-26 22:00", 24 * time.Hour, "2026-11-27 10:00"},
		{"2026-11-26 15:00", 90 * time.Hour, "2026-11-27 11:00"},
		{"2026-11-27 15:00", 300 * time.Hour, "2026-11-30 11:00"}, // over the weekend
		{"2026-11-28 12:00", 300 * time.Hour, "2026-11-30 13:00"},
		{"2026-11-26 08:00", 300 * time.Hour, "2026-11-26 13:00"},
		{"2026-11-26 13:00", 300 * time.Hour, "2026-11-26 17:00"},
	}
	for _, tt := range tests {
		now := clock(t, tt.now)
		if got := coachUntil(now, now.Add(tt.window)); !got.Equal(clock(t, tt.want)) {
			t.Errorf("from %s in %v: %v, want %s", tt.now, tt.window, got.In(members.Amsterdam()), tt.want)
		}
	}
}
