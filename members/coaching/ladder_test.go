package coaching

import (
	"testing"
	"time"

	"meent/members"
)

func TestSuggestStep(t *testing.T) {
	for name, tt := range map[string]struct {
		facts Participation
		want  Hint
	}{
		"paid, with a coach":               {Participation{Paid: true, Coached: true}, Hint{5, "paid_coach"}},
		"paid, without":                    {Participation{Paid: true}, Hint{6, "paid"}},
		"paid counts before unpaid":        {Participation{Paid: true, Coached: true, Unpaid: true, InPerson: true}, Hint{5, "paid_coach"}},
		"unpaid among people":              {Participation{Unpaid: true, InPerson: true, Coached: true}, Hint{4, "unpaid"}},
		"unpaid, and all of it online":     {Participation{Unpaid: true, Coached: true}, Hint{3, "unpaid_online"}},
		"organised":                        {Participation{Organised: true}, Hint{3, "organised"}},
		"organised work counts":            {Participation{Organised: true, Unpaid: true, InPerson: true}, Hint{4, "unpaid"}},
		"a coach alone says nothing":       {Participation{Coached: true}, Hint{}},
		"people alone say nothing":         {Participation{InPerson: true}, Hint{}},
		"nothing known is not the 1st one": {Participation{}, Hint{}},
	} {
		if got := SuggestStep(tt.facts); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

func set(at string, occasion Occasion) Rung {
	settled, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	return Rung{State: RungSet, Occasion: occasion, Settled: settled}
}

func TestLadderIsDueEachHalfYear(t *testing.T) {
	for name, tt := range map[string]struct {
		rungs []Rung
		want  members.Day
	}{
		"never":                         {nil, ""},
		"the intake":                    {[]Rung{set("2026-05-31T10:00:00Z", AtIntake)}, "2026-11-30"},
		"by the clocks here":            {[]Rung{set("2026-06-30T22:30:00Z", AtIntake)}, "2027-01-01"},
		"a short month":                 {[]Rung{set("2026-08-31T10:00:00Z", AtIntake)}, "2027-02-28"},
		"a change is no look":           {[]Rung{set("2026-10-01T10:00:00Z", AtChange), set("2026-05-01T10:00:00Z", AtIntake)}, "2026-11-01"},
		"half a year counts from then":  {[]Rung{set("2026-12-01T10:00:00Z", AtHalfYear), set("2026-05-01T10:00:00Z", AtIntake)}, "2027-06-01"},
		"what is proposed is not there": {[]Rung{{State: RungProposed, Occasion: AtIntake}}, ""},
	} {
		if got := Due(tt.rungs); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	set := []Rung{set("2026-05-26T10:00:00Z", AtIntake)}
	for today, want := range map[members.Day]Occasion{"2026-11-25": AtChange, "2026-11-26": AtHalfYear, "2027-03-01": AtHalfYear} {
		if got := occasionOf(set, today); got != want {
			t.Errorf("on %s: %s, want %s", today, got, want)
		}
	}
	if got := occasionOf(nil, "2026-11-25"); got != AtIntake {
		t.Errorf("the first time: %s", got)
	}
}

func TestEightInTheMorning(t *testing.T) {
	for day, want := range map[members.Day]string{"2026-11-26": "2026-11-26T07:00:00Z", "2026-07-01": "2026-07-01T06:00:00Z", "2027-03-28": "2027-03-28T06:00:00Z", "2026-10-25": "2026-10-25T07:00:00Z"} {
		if got := eightOn(day).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestWeeksBeginOnMondayHere(t *testing.T) {
	for at, want := range map[string]members.Day{
		"2026-11-24T09:00:00Z": "2026-11-23",
		"2026-11-22T22:59:00Z": "2026-11-16", // still Sunday
		"2026-11-22T23:00:00Z": "2026-11-23", // Monday, in winter
		"2026-07-05T21:59:00Z": "2026-06-29",
		"2026-07-05T22:00:00Z": "2026-07-06", // Monday, in summer
		"2026-10-25T00:30:00Z": "2026-10-19", // the hour that comes twice
		"2026-10-25T22:59:00Z": "2026-10-19",
		"2026-10-25T23:00:00Z": "2026-10-26",
		"2027-03-28T21:59:00Z": "2027-03-22",
		"2027-03-28T22:00:00Z": "2027-03-29",
		"2027-01-01T10:00:00Z": "2026-12-28", // week 53
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := WeekOf(moment); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

func TestMonthsOfACharts(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	facts := []Fact{
		{At: at("2025-11-30T23:30:00Z"), Minutes: 7},  // December here
		{At: at("2026-03-31T21:59:00Z"), Minutes: 30}, // March
		{At: at("2026-03-31T22:00:00Z"), Minutes: 60}, // April, in summer time
		{At: at("2026-11-24T09:00:00Z"), Minutes: 90},
		{At: at("2020-11-24T09:00:00Z"), Minutes: 999},
	}
	got := byMonth("2025-12-01", facts, func(f Fact) int { return f.Minutes })
	want := map[members.Day]int{"2025-12-01": 7, "2026-03-01": 30, "2026-04-01": 60, "2026-11-01": 90}
	if len(got) != ShownMonths || got[11].First != "2026-11-01" {
		t.Fatalf("the months are %+v", got)
	}
	for _, m := range got {
		if m.N != want[m.First] {
			t.Errorf("%s: %d, want %d", m.First, m.N, want[m.First])
		}
	}
	grows := untilMonth("2025-12-01", []time.Time{at("2024-01-01T10:00:00Z"), at("2026-04-30T22:00:00Z")})
	if grows[0].N != 1 || grows[4].N != 1 || grows[5].N != 2 || grows[11].N != 2 {
		t.Errorf("it grows so: %+v", grows)
	}
	if lately(got[:11]) || !lately(got) {
		t.Error("work of seven months ago is not lately, that of this month is")
	}
}
