package web

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// addingForm is a form in which times are added to a gig: one, a series, or copies
// of a week. A series and copies are shown before they come.
type addingForm struct {
	*form
	planned []jobs.NewShift // what would come, to be looked at
	which   string          // of "series" and "copy" it is
	changed jobs.ShiftID    // the shift whose seats were to be changed, if any
}

// What can be added.
const (
	addOne    = "one"
	addSeries = "series"
	addCopy   = "copy"
)

// addingForm reads what was sent.
func (r *request) addingForm() (*addingForm, error) {
	f, err := r.form()
	return &addingForm{form: f}, err
}

// beginAdding fills what is likely.
func (r *request) beginAdding() *addingForm {
	f := &addingForm{form: r.emptyForm()}
	f.beginSeries()
	year := string(payments.DayOf(r.web.Now())[:4])
	f.set("shift-1-date-year", year)
	f.set("shift-1-break", "0")
	f.set("shift-1-seats", "1")
	return f
}

func (f *addingForm) beginSeries() {
	year := string(payments.DayOf(f.request.web.Now())[:4])
	for _, field := range []string{"series-from-year", "copy-from-year", "copy-to-year"} {
		f.set(field, year)
	}
	for field, value := range map[string]string{"series-every": string(jobs.EveryWeek), "series-interval": "1", "series-nth": "1", "series-break": "0", "series-seats": "1", "copy-weeks": "1"} {
		f.set(field, value)
	}
}

// press does what the button says. It reports whether times were added.
func (f *addingForm) press() (added bool, err error) {
	r := f.request
	if f.text("add") == addOne {
		a := jobs.Adding{Shifts: []jobs.NewShift{f.oneShift()}}
		if f.bad() {
			return false, nil
		}
		err := f.wrong(r.web.Jobs.AddShifts(r.Request.Context(), r.actor, r.gig.ID, a))
		return err == nil && !f.bad(), err
	}
	if f.which = f.text("look") + f.text("add"); f.which != addSeries && f.which != addCopy {
		return false, errForm
	}
	a := f.adding()
	if f.bad() {
		return false, nil
	}
	if err := f.plan(a); err != nil || f.text("add") == "" || f.plannedDays() == "" || f.text("planned") != f.plannedDays() {
		return false, err // to be looked at first, also when something else was typed meanwhile
	}
	a.Without = f.unticked()
	f.problems, f.planned = nil, nil
	err = r.web.Jobs.AddShifts(r.Request.Context(), r.actor, r.gig.ID, a)
	var wrong check.Problems
	if !errors.As(err, &wrong) {
		return err == nil, err
	}
	a.Without = nil
	if err := f.plan(a); err != nil {
		return false, err
	}
	return false, f.wrong(slices.DeleteFunc(wrong, func(p check.Problem) bool { return strings.HasPrefix(p.Field, "shift-") })) // those are said beside the dates
}

// plan finds what would come. What is wrong with one of its dates is said beside
// it; the date can be left out.
func (f *addingForm) plan(a jobs.Adding) (err error) {
	r := f.request
	f.planned, err = r.web.Jobs.Plan(r.Request.Context(), r.actor, r.gig.ID, a)
	var problems check.Problems
	if !errors.As(err, &problems) {
		return err
	}
	for i, p := range problems { // a row of the same page may have the name
		if part, ok := strings.CutPrefix(p.Field, "shift-"); ok {
			problems[i].Field = "planned-" + part
		}
	}
	return f.wrong(problems)
}

// plannedDays are the dates that would come, as a hidden field has them: who adds
// has looked at exactly these.
func (f *addingForm) plannedDays() string {
	var days []string
	for _, shift := range f.planned {
		days = append(days, string(payments.DayOf(shift.Starts)))
	}
	return strings.Join(slices.Compact(days), " ")
}

// unticked are the dates that were shown and are left out.
func (f *addingForm) unticked() (days []payments.Day) {
	for day := range strings.FieldsSeq(f.text("planned")) {
		if !slices.Contains(f.values["planned-day"], day) {
			days = append(days, payments.Day(day))
		}
	}
	return days
}

// plannedChoices are the dates to tick, with what is wrong with each. What cannot
// come is not ticked.
func (f *addingForm) plannedChoices() (choices []ui.Choice) {
	r, looked := f.request, f.text("planned") == f.plannedDays()
	for i, shift := range f.planned {
		day, wrong := string(payments.DayOf(shift.Starts)), ""
		for _, part := range []string{"date", "ends", "break", "seats", "buddies"} {
			if wrong == "" {
				wrong = f.problem("planned-" + strconv.Itoa(i+1) + "-" + part)
			}
		}
		if n := len(choices); n > 0 && choices[n-1].Value == day {
			last := &choices[n-1]
			last.Text += " + " + r.words.Span(shift.Starts, shift.Ends)
			if wrong != "" {
				last.Hint, last.Chosen = wrong, false
			}
			continue
		}
		ticked := wrong == "" && (!looked || slices.Contains(f.values["planned-day"], day))
		choices = append(choices, ui.Choice{Value: day, Text: r.dayAndTime(shift.Starts, shift.Ends), Hint: wrong, Chosen: ticked})
	}
	return choices
}

// addingProblems is what is wrong with the forms, in their order.
func (f *addingForm) addingProblems() []ui.Problem {
	list := f.list("shifts", "shift-1-date", "shift-1-starts", "shift-1-ends", "shift-1-break", "shift-1-seats", "shift-1-buddies", "shift-1-pieces")
	return append(list, f.moreProblems()...)
}

// moreProblems is what is wrong with a series or a copy.
func (f *addingForm) moreProblems() (list []ui.Problem) {
	if slices.ContainsFunc(f.plannedChoices(), func(c ui.Choice) bool { return c.Hint != "" }) {
		list = append(list, ui.Problem{Field: "planned-day", Text: f.request.t("series.some_wrong")})
	}
	return append(list, f.list("rate", "form", "series", "series-every", "series-interval", "series-weekdays", "series-nth", "series-from", "series-until", "series-count",
		"series-starts", "series-ends", "series-break", "series-seats", "series-buddies", "series-pieces", "series-without", "series-with",
		"copy-gig", "copy-from", "copy-to", "copy-weeks")...)
}

// adding reads a series or the copy of a week.
func (f *addingForm) adding() (a jobs.Adding) {
	if f.which == addCopy {
		a.Week = f.week()
	} else {
		a.Series = f.series()
	}
	return a
}

func (f *addingForm) week() *jobs.WeekCopy {
	w := jobs.WeekCopy{Weeks: f.number("copy-weeks")}
	w.From, _ = f.day("copy-from")
	w.To, _ = f.day("copy-to")
	if f.text("copy-gig") != "" {
		var err error
		if w.Gig, err = id.Parse[jobs.Gig](f.text("copy-gig")); err != nil {
			f.problems.Add("copy-gig", "not_a_choice", nil)
		}
	}
	return &w
}

func (f *addingForm) series() *jobs.Series {
	s := jobs.Series{Seats: f.number("series-seats"), BuddySeats: f.numberOr("series-buddies", 0), Pieces: f.numberOr("series-pieces", 0),
		Break: f.minutes("series-break"), Without: f.days("series-without"), With: f.days("series-with")}
	s.Every, s.Interval = jobs.Every(f.text("series-every")), f.numberOr("series-interval", 1)
	if s.Every != jobs.EveryDay {
		s.Weekdays = f.weekdays()
	}
	if s.Every == jobs.EveryMonth {
		s.Nth = f.number("series-nth")
	}
	s.From, _ = f.day("series-from")
	if f.hasDay("series-until") {
		s.Until, _ = f.day("series-until")
	}
	s.Count = f.numberOr("series-count", 0)
	from, okFrom := f.clock("series-starts")
	until, okUntil := f.clock("series-ends")
	if f.text("series-next") != "" {
		until += 24 * time.Hour
	}
	if s.Starts = from; okFrom && okUntil {
		s.Length = until - from
	}
	return &s
}

// hasDay reports whether somebody began to fill a date in.
func (f *form) hasDay(field string) bool { return f.text(field+"-day")+f.text(field+"-month") != "" }

// weekdays reads boxes, Monday 0; in the order of the week.
func (f *addingForm) weekdays() (days []time.Weekday) {
	for n := range 7 {
		if slices.Contains(f.values["series-weekdays"], strconv.Itoa(n)) {
			days = append(days, time.Weekday((n+1)%7))
		}
	}
	return days
}

// days reads dates on one line, such as 27-12-2026, with spaces or commas between
// them.
func (f *form) days(field string) (days []payments.Day) {
	for _, text := range strings.FieldsFunc(f.text(field), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '\r' }) {
		at, err := time.Parse("2-1-2006", text)
		if err != nil {
			f.problems.Add(field, "not_dates", nil)
			return nil
		}
		days = append(days, payments.Day(at.Format(time.DateOnly)))
	}
	return days
}

// oneShift reads one time.
func (f *addingForm) oneShift() jobs.NewShift {
	s := jobs.NewShift{Break: f.minutes("shift-1-break"), Seats: f.number("shift-1-seats"), BuddySeats: f.numberOr("shift-1-buddies", 0), Pieces: f.numberOr("shift-1-pieces", 0)}
	day, okDay := f.day("shift-1-date")
	from, okFrom := f.clock("shift-1-starts")
	until, okUntil := f.clock("shift-1-ends")
	if f.text("shift-1-next") != "" {
		until += 24 * time.Hour
	}
	if okDay && okFrom && okUntil {
		s.Starts, _ = f.moment("shift-1-starts", day, from)
		s.Ends, _ = f.moment("shift-1-ends", day, until)
	}
	return s
}

// weekdayChoices are the days of a week.
func (f *addingForm) weekdayChoices() (choices []ui.Choice) {
	for n := range 7 {
		value := strconv.Itoa(n)
		choices = append(choices, ui.Choice{Value: value, Text: f.request.words.Weekday(n), Chosen: slices.Contains(f.values["series-weekdays"], value)})
	}
	return choices
}

// everyChoices are what a series counts in.
func (r *request) everyChoices() (choices []ui.Choice) {
	for _, every := range []jobs.Every{jobs.EveryWeek, jobs.EveryDay, jobs.EveryMonth} {
		choices = append(choices, ui.Choice{Value: string(every), Text: r.words.With("series.every_"+string(every), nil)})
	}
	return choices
}

func (r *request) nthChoices() (choices []ui.Choice) {
	for _, nth := range []int{1, 2, 3, 4, jobs.LastOfMonth} {
		word := map[int]string{1: "first", 2: "second", 3: "third", 4: "fourth", jobs.LastOfMonth: "last"}[nth]
		choices = append(choices, ui.Choice{Value: strconv.Itoa(nth), Text: r.words.With("series.nth_"+word, nil)})
	}
	return choices
}

// field is a field of the form, as it was typed.
func (f *addingForm) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Wrong: f.problem(name), Value: f.typed(name)}
}

// short is a field for a number of so many digits.
func (f *addingForm) short(name, label string, most int) ui.Field {
	one := f.field(name, label)
	one.Mode, one.Most, one.Class, one.Complete = "numeric", most, "short", "off"
	return one
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// errNoShift means that the path names a shift of another gig.
var errNoShift = members.ErrNotFound

// lookPath is where what would come is looked at.
func (r *request) lookPath() string {
	if r.gig.State == jobs.Draft {
		return stepPath(r.gig.ID, stepWhen) + "#more"
	}
	return shiftsPath(r.gig.ID) + "#more"
}
