package jobs

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"time"

	"meent/internal/check"
	"meent/members"
)

// WorktimeCode names a rule about how much somebody works, and when.
type WorktimeCode string

// The rules.
const (
	RestBetween WorktimeCode = "rest" // at least so much rest in one go, in each 24 hours
	HoursADay   WorktimeCode = "day"  // at the most so much work between two rests
	HoursAWeek  WorktimeCode = "week" // at the most so much work from Monday to Sunday
)

// WorktimeCodes lists them in the order of pages.
func WorktimeCodes() []WorktimeCode { return []WorktimeCode{RestBetween, HoursADay, HoursAWeek} }

// WorktimeEffect is what breaking a rule leads to.
type WorktimeEffect string

// The effects.
const (
	WorktimeBlocks WorktimeEffect = "block" // nobody is asked for such work, or gets it
	WorktimeWarns  WorktimeEffect = "warn"  // the planning board says so
)

// WorktimeEffects lists them, the stricter first.
func WorktimeEffects() []WorktimeEffect { return []WorktimeEffect{WorktimeBlocks, WorktimeWarns} }

// WorktimeRule is one rule as a cooperative holds it: never looser than the law.
type WorktimeRule struct {
	Code   WorktimeCode
	Limit  time.Duration // whole minutes
	Effect WorktimeEffect
	Law    WorktimeLaw
}

// WorktimeLaw is what the law says about it, for whoever is 18 or older.
type WorktimeLaw struct {
	Limit  time.Duration
	Least  bool // the limit is the least, so that more is stricter; else the most
	From   members.Day
	Source string
}

//go:embed worktime.csv
var worktimeCSV []byte

// WorktimeLaws reads the program's own list: code, minutes, which way is
// stricter, from which day, source.
func WorktimeLaws() (map[WorktimeCode]WorktimeLaw, error) {
	reader := csv.NewReader(bytes.NewReader(worktimeCSV))
	reader.FieldsPerRecord = 5
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("worktime.csv: %w", err)
	}
	laws := map[WorktimeCode]WorktimeLaw{}
	for _, row := range rows[1:] {
		minutes, err := strconv.Atoi(row[1])
		if err != nil {
			return nil, fmt.Errorf("worktime.csv, %s: %w", row[0], err)
		}
		laws[WorktimeCode(row[0])] = WorktimeLaw{Limit: time.Duration(minutes) * time.Minute, Least: row[2] == "more", From: members.Day(row[3]), Source: row[4]}
	}
	return laws, nil
}

// WorktimeField names a part of a rule in problems: hours, effect or why.
func WorktimeField(code WorktimeCode, part string) string { return part + "-" + string(code) }

// problems is what is wrong with a rule that a cooperative chooses.
func (r WorktimeRule) problems() (p check.Problems) {
	check.OneOf(&p, WorktimeField(r.Code, "effect"), r.Effect, WorktimeEffects()...)
	hours := WorktimeField(r.Code, "hours")
	switch {
	case r.Limit%time.Minute != 0 || r.Limit <= 0 || r.Limit > 7*24*time.Hour:
		p.Add(hours, "not_a_number", nil)
	case r.Law.Least && r.Limit < r.Law.Limit:
		p.Add(hours, "below_law", map[string]any{"Hours": int(r.Law.Limit / time.Hour)})
	case !r.Law.Least && r.Limit > r.Law.Limit:
		p.Add(hours, "above_law", map[string]any{"Hours": int(r.Law.Limit / time.Hour)})
	}
	return p
}

// Stint is a time at which somebody works.
type Stint struct {
	Starts, Ends time.Time
	Break        time.Duration
}

func (s Stint) worked() time.Duration { return s.Ends.Sub(s.Starts) - s.Break }

// Stint is the time of the shift.
func (s Shift) Stint() Stint { return Stint{Starts: s.Starts, Ends: s.Ends, Break: s.Break} }

// Breaks reports whether one stint more, beside others that do not overlap it,
// breaks the rule. Other stints that break it among themselves do not count:
// somebody agreed to those.
func (r WorktimeRule) Breaks(one Stint, others []Stint) bool {
	run := runOf(one, others, r.rest())
	switch r.Code {
	case RestBetween:
		return len(run) > 1 && run[len(run)-1].Ends.Sub(run[0].Starts) > 24*time.Hour-r.Limit
	case HoursADay:
		return sum(run) > r.Limit
	default:
		return r.weekOver(one, others)
	}
}

// legalRest ends a run of work for the rule of the day.
const legalRest = 11 * time.Hour

func (r WorktimeRule) rest() time.Duration {
	if r.Code == RestBetween {
		return r.Limit
	}
	return legalRest
}

// runOf is the work around one stint in which nobody rests so long, in order.
func runOf(one Stint, others []Stint, rest time.Duration) []Stint {
	all := append(make([]Stint, 0, len(others)+1), others...)
	if inOrder := func(a, b Stint) int { return a.Starts.Compare(b.Starts) }; !slices.IsSortedFunc(all, inOrder) {
		slices.SortFunc(all, inOrder)
	}
	at := len(all)
	for at > 0 && all[at-1].Starts.After(one.Starts) {
		at--
	}
	all = slices.Insert(all, at, one)
	from, until := at, at+1
	for from > 0 && all[from].Starts.Sub(all[from-1].Ends) < rest {
		from--
	}
	for until < len(all) && all[until].Starts.Sub(all[until-1].Ends) < rest {
		until++
	}
	return all[from:until]
}

func sum(list []Stint) (worked time.Duration) {
	for _, s := range list {
		worked += s.worked()
	}
	return worked
}

// weekOver looks at each week, from Monday to Sunday in the Netherlands, that
// the stint touches. Work belongs to the week in which it begins.
func (r WorktimeRule) weekOver(one Stint, others []Stint) bool {
	from, until := weekOf(one.Starts)
	worked := one.worked()
	for _, s := range others {
		if !s.Starts.Before(from) && s.Starts.Before(until) {
			worked += s.worked()
		}
	}
	return worked > r.Limit
}

// weekOf is the week of a moment: Monday 0.00 until the next, by the clocks in
// the Netherlands.
func weekOf(at time.Time) (from, until time.Time) {
	at = at.In(members.Amsterdam())
	monday := at.Day() - (int(at.Weekday())+6)%7
	return time.Date(at.Year(), at.Month(), monday, 0, 0, 0, 0, at.Location()), time.Date(at.Year(), at.Month(), monday+7, 0, 0, 0, 0, at.Location())
}

// WorktimeReach is how far around a stint other work can break a rule with it.
const WorktimeReach = 8 * 24 * time.Hour
