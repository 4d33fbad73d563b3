package jobs_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// stint is work on a day of November or December 2026, by the clocks in the
// Netherlands; over midnight where it ends before it begins.
func stint(t *testing.T, day, from, until int) jobs.Stint {
	t.Helper()
	zone := members.Amsterdam()
	starts := time.Date(2026, time.November, day, from, 0, 0, 0, zone)
	if until <= from {
		until += 24
	}
	return jobs.Stint{Starts: starts.UTC(), Ends: time.Date(2026, time.November, day, until, 0, 0, 0, zone).UTC()}
}

func lawful(t *testing.T, code jobs.WorktimeCode) jobs.WorktimeRule {
	t.Helper()
	laws, err := jobs.WorktimeLaws()
	if err != nil {
		t.Fatal(err)
	}
	law, has := laws[code]
	if !has || law.Source == "" || !law.From.Real() {
		t.Fatalf("the law about %q is %+v", code, law)
	}
	return jobs.WorktimeRule{Code: code, Limit: law.Limit, Effect: jobs.WorktimeBlocks, Law: law}
}

// TestWorktime: Monday is the 23rd.
func TestWorktime(t *testing.T) {
	long := func(days ...int) (list []jobs.Stint) {
		for _, day := range days {
			list = append(list, stint(t, day, 8, 19)) // eleven hours
		}
		return list
	}
	tests := []struct {
		name   string
		code   jobs.WorktimeCode
		one    jobs.Stint
		others []jobs.Stint
		breaks bool
	}{
		{"alone", jobs.RestBetween, stint(t, 24, 9, 17), nil, false},
		{"late and then early", jobs.RestBetween, stint(t, 25, 8, 12), []jobs.Stint{stint(t, 24, 18, 23)}, true},
		{"early, and late before it", jobs.RestBetween, stint(t, 24, 18, 23), []jobs.Stint{stint(t, 25, 8, 12)}, true},
		{"just rest enough", jobs.RestBetween, stint(t, 25, 10, 14), []jobs.Stint{stint(t, 24, 18, 23)}, false},
		{"twice on a day", jobs.RestBetween, stint(t, 24, 17, 20), []jobs.Stint{stint(t, 24, 8, 12)}, false},
		{"twice, too far apart", jobs.RestBetween, stint(t, 24, 18, 22), []jobs.Stint{stint(t, 24, 8, 12)}, true},
		{"what others broke is not this one's", jobs.RestBetween, stint(t, 27, 9, 12), []jobs.Stint{stint(t, 24, 18, 23), stint(t, 25, 8, 12)}, false},
		{"over midnight", jobs.RestBetween, stint(t, 25, 12, 15), []jobs.Stint{stint(t, 24, 22, 4)}, true},
		{"twelve hours", jobs.HoursADay, stint(t, 24, 8, 14), []jobs.Stint{stint(t, 24, 15, 21)}, false},
		{"thirteen", jobs.HoursADay, stint(t, 24, 8, 14), []jobs.Stint{stint(t, 24, 14, 21)}, true},
		{"a night is one run", jobs.HoursADay, stint(t, 25, 5, 9), []jobs.Stint{stint(t, 24, 18, 3)}, true},
		{"fifty-five and five", jobs.HoursAWeek, stint(t, 28, 9, 14), long(23, 24, 25, 26, 27), false},
		{"fifty-five and six", jobs.HoursAWeek, stint(t, 28, 9, 15), long(23, 24, 25, 26, 27), true},
		{"another week", jobs.HoursAWeek, stint(t, 30, 9, 19), long(23, 24, 25, 26, 27), false},
		{"Sunday is of its week", jobs.HoursAWeek, stint(t, 29, 9, 15), long(23, 24, 25, 26, 27), true},
	}
	for _, tt := range tests {
		if got := lawful(t, tt.code).Breaks(tt.one, tt.others); got != tt.breaks {
			t.Errorf("%s: breaks %v", tt.name, got)
		}
	}
}

// TestWorktimeBreak: unpaid rest inside a shift is no work.
func TestWorktimeBreak(t *testing.T) {
	one, other := stint(t, 24, 8, 14), stint(t, 24, 14, 21)
	other.Break = time.Hour
	if lawful(t, jobs.HoursADay).Breaks(one, []jobs.Stint{other}) {
		t.Error("twelve hours of work and one of rest are too much")
	}
}

// TestMoreWorkNeverMendsARule: with other work beside it that did not touch the
// run, a rule that is broken stays broken.
func TestMoreWorkNeverMendsARule(t *testing.T) {
	rules := []jobs.WorktimeRule{lawful(t, jobs.RestBetween), lawful(t, jobs.HoursADay), lawful(t, jobs.HoursAWeek)}
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC) // over the end of summer time
		at, list := begin, []jobs.Stint(nil)
		for range rapid.IntRange(1, 12).Draw(t, "stints") {
			at = at.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "gap")) * time.Hour)
			ends := at.Add(time.Duration(rapid.IntRange(1, 10).Draw(t, "hours")) * time.Hour)
			list, at = append(list, jobs.Stint{Starts: at, Ends: ends}), ends
		}
		one := rapid.IntRange(0, len(list)-1).Draw(t, "one")
		fewer := rapid.IntRange(0, len(list)-1).Draw(t, "less")
		var others, less []jobs.Stint
		for i, s := range list {
			if i == one {
				continue
			}
			others = append(others, s)
			if i != fewer {
				less = append(less, s)
			}
		}
		for _, r := range rules {
			if r.Breaks(list[one], less) && !r.Breaks(list[one], others) {
				t.Fatalf("%s: %v breaks with %v and not with %v", r.Code, list[one], less, others)
			}
		}
	})
}

// TestChangeWorktime: stricter than the law, never looser, by the office alone.
func TestChangeWorktime(t *testing.T) {
	h := newHouse(t)
	tests := []struct {
		name   string
		code   jobs.WorktimeCode
		limit  time.Duration
		effect jobs.WorktimeEffect
		why    string
		field  string
	}{
		{"more rest", jobs.RestBetween, 12 * time.Hour, jobs.WorktimeWarns, "De vergadering besloot het.", ""},
		{"less rest", jobs.RestBetween, 10 * time.Hour, jobs.WorktimeBlocks, "Het is druk.", "hours"},
		{"a longer day", jobs.HoursADay, 13 * time.Hour, jobs.WorktimeBlocks, "Het is druk.", "hours"},
		{"none", jobs.HoursAWeek, 0, jobs.WorktimeBlocks, "Het is druk.", "hours"},
		{"no reason", jobs.HoursAWeek, 40 * time.Hour, jobs.WorktimeBlocks, "", "why"},
		{"no such effect", jobs.HoursAWeek, 40 * time.Hour, "off", "Het is druk.", "effect"},
	}
	for _, tt := range tests {
		err := h.ChangeWorktime(t.Context(), h.coordinator, tt.code, tt.limit, tt.effect, tt.why)
		var p check.Problems
		if errors.As(err, &p) != (tt.field != "") || tt.field != "" && !p.At(jobs.WorktimeField(tt.code, tt.field)) || tt.field == "" && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, by := range []members.Actor{h.client, h.member, h.coach} {
		if err := h.ChangeWorktime(t.Context(), by, jobs.HoursAWeek, 40*time.Hour, jobs.WorktimeBlocks, "Zo"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s: %v", by.Kind, err)
		}
	}
	if err := h.ChangeWorktime(t.Context(), h.coordinator, "sleep", time.Hour, jobs.WorktimeBlocks, "Zo"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no such rule: %v", err)
	}
	rules, err := h.Worktime(t.Context(), h.coordinator)
	if err != nil || len(rules) != 3 || rules[0].Limit != 12*time.Hour || rules[0].Effect != jobs.WorktimeWarns || rules[1].Limit != 12*time.Hour || rules[1].Effect != jobs.WorktimeBlocks {
		t.Errorf("the rules are %+v, %v", rules, err)
	}
}
