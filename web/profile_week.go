package web

import (
	"fmt"
	"strconv"
	"strings"

	"meent/members"
	"meent/web/ui"
)

// weekRows is how many times a day one can tell, and mostWeekRows how many a
// stored week may need.
const (
	weekRows     = 3
	mostWeekRows = 8
)

// weekField names one end of one time of a weekday, Monday 0.
func weekField(weekday, row int, end string) string {
	return fmt.Sprintf("day-%d-%d-%s", weekday, row, end)
}

func beginWeek(f *form, k known) {
	if k.Week == nil {
		return
	}
	for weekday, spans := range k.Week.Spans() {
		for row, s := range spans {
			f.set(weekField(weekday, row, "from"), f.request.words.Quarter(s.From))
			f.set(weekField(weekday, row, "until"), f.request.words.Quarter(s.Until))
		}
	}
}

func readWeek(f *form, _ known) members.Answer {
	var w members.Week
	for weekday := range 7 {
		for row := range mostWeekRows {
			from, until := weekField(weekday, row, "from"), weekField(weekday, row, "until")
			if f.text(from) == "" && f.text(until) == "" {
				continue
			}
			if s := f.span(from, until); s != nil {
				w.Add(weekday, *s)
			}
		}
	}
	return w
}

// span reads a time from two fields; what is none is a problem at one of them.
func (f *form) span(from, until string) *members.Span {
	begins, okBegins := f.quarter(from)
	ends, okEnds := f.quarter(until)
	if !okBegins || !okEnds {
		return nil
	}
	if begins == members.DayQuarters {
		begins = 0
	}
	if begins == ends {
		f.problems.Add(until, "wrong_span", nil)
		return nil
	}
	return &members.Span{From: begins, Until: ends}
}

// quarter reads a time of day as people write it, 9, 9.00, 9:15 or 0915, in
// quarters of an hour.
func (f *form) quarter(field string) (int, bool) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(f.text(field)), "uur"))
	if text == "" {
		f.problems.Add(field, "missing", nil)
		return 0, false
	}
	hour, minute, split := strings.Cut(strings.NewReplacer(":", ".", ",", ".").Replace(text), ".")
	if !split && len(hour) == 4 {
		hour, minute = hour[:2], hour[2:]
	}
	clock, ok := parseClock(hour, minute)
	minutes := int(clock.Minutes())
	switch {
	case !ok:
		f.problems.Add(field, "no_such_time", nil)
	case minutes%15 != 0:
		f.problems.Add(field, "not_a_quarter", nil)
		ok = false
	}
	return minutes / 15, ok
}

// rows is how many times a weekday shows, and filled how many are in use.
func (f *form) rows(weekday int) (rows, filled int) {
	for row := range mostWeekRows {
		if f.text(weekField(weekday, row, "from"))+f.text(weekField(weekday, row, "until")) != "" {
			filled = row + 1
		}
	}
	return max(weekRows, filled), filled
}

// copyMonday puts Monday's times at the other days of work.
func (f *form) copyMonday() {
	for weekday := 1; weekday <= 4; weekday++ {
		for row := range mostWeekRows {
			for _, end := range []string{"from", "until"} {
				f.set(weekField(weekday, row, end), f.text(weekField(0, row, end)))
			}
		}
	}
}

func weekNames(known) (names []string) {
	for weekday := range 7 {
		for row := range mostWeekRows {
			names = append(names, weekField(weekday, row, "from"), weekField(weekday, row, "until"))
		}
	}
	return append(names, "week")
}

// problemList is what is wrong, and on which day.
func (a ask) problemList(r *request) (list []ui.Problem) {
	if a.Question == members.AbilitiesQuestion {
		return a.f.list(append(abilityFields(), a.names(a.k)...)...)
	}
	list = a.f.list(a.names(a.k)...)
	for i, p := range list {
		if weekday, err := strconv.Atoi(strings.TrimPrefix(p.Field, "day-")[:1]); err == nil && strings.HasPrefix(p.Field, "day-") {
			list[i].Text = r.words.Weekday(weekday) + ": " + p.Text
		}
	}
	return list
}

func saysWeek(r *request, k known) (lines []string) {
	if k.Week == nil {
		return nil
	}
	for weekday, spans := range k.Week.Spans() {
		if len(spans) == 0 {
			continue
		}
		var times []string
		for _, s := range spans {
			times = append(times, r.words.QuarterSpan(s.From, s.Until))
		}
		lines = append(lines, r.words.Weekday(weekday)+": "+strings.Join(times, ", "))
	}
	return lines
}
