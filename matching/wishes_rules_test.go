package matching

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// TestWishRules: what a member told stops work that asks more; who told nothing, and
// work that says nothing, are no limit. What must be true for them always is.
func TestWishRules(t *testing.T) {
	tests := []struct {
		name string
		who  Wishes
		work func(*Work)
		want []Rule
	}{
		{"told nothing, of work that asks all", Wishes{}, func(w *Work) {
			w.Loads, w.Demands.Dutch, w.Pay = members.Load{Physical: 5, Sensory: 5, Mental: 5}, "well", 9
		}, nil},
		{"told all, of work that says nothing", Wishes{Bears: members.Load{Physical: 1, Sensory: 1, Mental: 1}, Dutch: "none", Support: members.NoSupport, HasRoom: true}, nil, nil},
		{"just as heavy", Wishes{Bears: members.Load{Physical: 3, Sensory: 3, Mental: 3}}, func(w *Work) { w.Loads = members.Load{Physical: 3, Sensory: 3, Mental: 3} }, nil},
		{"too heavy", Wishes{Bears: members.Load{Physical: 2, Sensory: 3, Mental: 3}}, func(w *Work) { w.Loads = members.Load{Physical: 3, Sensory: 3, Mental: 3} }, []Rule{PhysicalRule}},
		{"too loud", Wishes{Bears: members.Load{Physical: 3, Sensory: 2, Mental: 3}}, func(w *Work) { w.Loads = members.Load{Physical: 3, Sensory: 3, Mental: 3} }, []Rule{SensoryRule}},
		{"too hard to think of", Wishes{Bears: members.Load{Physical: 3, Sensory: 3, Mental: 2}}, func(w *Work) { w.Loads = members.Load{Physical: 3, Sensory: 3, Mental: 3} }, []Rule{MentalRule}},
		{"always helped, by nobody", Wishes{Support: members.AlwaysSupport}, nil, []Rule{SupportRule}},
		{"always helped, by somebody", Wishes{Support: members.AlwaysSupport}, func(w *Work) { w.Support = true }, nil},
		{"helped at the start, by nobody", Wishes{Support: members.StartSupport}, nil, []Rule{SupportRule}},
		{"helped sometimes", Wishes{Support: members.SometimesSupport}, nil, nil},
		{"a must that the work is not", Wishes{Musts: []string{"quiet-place"}}, func(w *Work) { w.Abilities = []string{"one-task"} }, []Rule{AbilityRule}},
		{"musts that the work is", Wishes{Musts: []string{"quiet-place"}}, func(w *Work) { w.Abilities = []string{"one-task", "quiet-place"} }, nil},
		{"too little Dutch", Wishes{Dutch: "little"}, func(w *Work) { w.Demands.Dutch = "enough" }, []Rule{DutchRule}},
		{"as much Dutch", Wishes{Dutch: "enough"}, func(w *Work) { w.Demands.Dutch = "enough" }, nil},
		{"all the room there is", Wishes{HasRoom: true, Room: 100, MonthPay: 40}, func(w *Work) { w.Pay = 60 }, nil},
		{"a cent more than the room", Wishes{HasRoom: true, Room: 100, MonthPay: 41}, func(w *Work) { w.Pay = 60 }, []Rule{RoomRule}},
		{"no room, and no pay", Wishes{HasRoom: true, MonthPay: 41}, nil, nil},
		{"as many hours as wanted", Wishes{Most: time.Hour, WeekLong: time.Hour}, nil, nil},
		{"a minute more", Wishes{Most: time.Hour, WeekLong: 61 * time.Minute}, nil, []Rule{HoursWantedRule}},
		{"no rest", Wishes{NoRest: true}, nil, []Rule{RestDaysRule}},
	}
	for _, tt := range tests {
		c, w := Candidate{Works: true, Reach: 1000, Wishes: tt.who}, Work{Open: true, Free: 1}
		if tt.work != nil {
			tt.work(&w)
		}
		if diff := cmp.Diff(tt.want, failed(c, w)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestStartSupport: who knows the place, or comes with their coach, needs nobody more;
// an offer may go to a coach who sees it first.
func TestStartSupport(t *testing.T) {
	c, w := Candidate{Works: true, Wishes: Wishes{Support: members.StartSupport}}, Work{Open: true, Free: 1}
	for name, known := range map[string]func(*Candidate){
		"was here": func(c *Candidate) { c.Rails.Been = true }, "with the coach": func(c *Candidate) { c.Rails.PassedOn = true },
	} {
		one := c
		if known(&one); len(failed(one, w)) > 0 {
			t.Errorf("%s: %v", name, failed(one, w))
		}
		if one.Support = members.AlwaysSupport; len(failed(one, w)) == 0 {
			t.Errorf("%s: nobody helps who always needs that", name)
		}
	}
	c.Rails.CoachFirst, c.Rails.Coach = true, true
	if len(failedForOffer(c, w)) > 0 || len(failed(c, w)) == 0 {
		t.Error("the coach is not asked first")
	}
}

// TestWhatOneCanSetAside: who asks says that they can, but help and money stay.
func TestWhatOneCanSetAside(t *testing.T) {
	want := []Rule{WeekRule, PhysicalRule, SensoryRule, MentalRule, AbilityRule, DutchRule, HoursWantedRule, RestDaysRule}
	var got []Rule
	for _, r := range Rules() {
		if r.askable() {
			got = append(got, r)
			if slices.Contains(personal(), r) {
				t.Errorf("%s would keep the seat from who asked for it", r)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || !slices.Contains(personal(), SupportRule) || !slices.Contains(personal(), RoomRule) {
		t.Error(diff)
	}
}

// TestWeigh: months, weeks and days are those of the clocks in Amsterdam, by the
// beginning of work.
func TestWeigh(t *testing.T) {
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, members.Amsterdam())
	}
	book := func(starts time.Time) booking {
		return booking{shift: id.New[jobs.Shift](nil), span: span{starts, starts.Add(4 * time.Hour)}, pause: 30 * time.Minute, pay: 100}
	}
	w := Work{Shift: id.New[jobs.Shift](nil), Starts: at(10, 26, 9), Ends: at(10, 26, 13), Break: time.Hour} // Monday after the clocks were set back
	own := book(at(10, 26, 9))
	own.shift = w.Shift
	tests := []struct {
		name   string
		other  booking
		rest   int
		month  int
		long   time.Duration
		noRest bool
	}{
		{"this very shift", own, 1, 0, 3 * time.Hour, false},
		{"the same day", book(at(10, 26, 18)), 7, 100, 6*time.Hour + 30*time.Minute, false},
		{"the Sunday before, into Monday", book(at(10, 25, 22)), 1, 100, 3 * time.Hour, true},
		{"the Sunday before, who wants no rest", book(at(10, 25, 22)), 0, 100, 3 * time.Hour, false},
		{"a whole day between", book(at(10, 28, 9)), 1, 100, 6*time.Hour + 30*time.Minute, false},
		{"two wanted", book(at(10, 28, 9)), 2, 100, 6*time.Hour + 30*time.Minute, true},
		{"the next Sunday, a minute before midnight", book(at(11, 1, 0).Add(23*time.Hour + 59*time.Minute)), 5, 0, 6*time.Hour + 30*time.Minute, false},
		{"the last hour of the month", book(at(10, 31, 23)), 0, 100, 6*time.Hour + 30*time.Minute, false},
		{"the next month", book(at(11, 1, 0)), 0, 0, 6*time.Hour + 30*time.Minute, false},
		{"the first of the month", book(at(10, 1, 0)), 7, 100, 3 * time.Hour, false},
	}
	for _, tt := range tests {
		c := Candidate{Wishes: Wishes{RestDays: tt.rest}}
		if c.weigh(w, []booking{tt.other}); c.MonthPay != tt.month || c.WeekLong != tt.long || c.NoRest != tt.noRest {
			t.Errorf("%s: %d cents, %v, no rest %v", tt.name, c.MonthPay, c.WeekLong, c.NoRest)
		}
	}
	s := scopeOf([]Work{w}, nil)
	if from, until := s.bookedFrom(), s.bookedUntil(); from.After(at(10, 1, 0)) || until.Before(at(11, 3, 0)) {
		t.Errorf("what is agreed is read from %v until %v", from, until)
	}
}
