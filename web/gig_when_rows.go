package web

import (
	"slices"
	"strconv"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// mostRows is how many times one form asks for.
const mostRows = 20

// rowField names a part of a row, as the domain does.
func rowField(row int, part string) string { return jobs.ShiftField(row-1, part) }

func (g *gigForm) beginRow(row int) {
	g.set(rowField(row, "date")+"-year", string(payments.DayOf(g.request.web.Now())[:4]))
	g.set(rowField(row, "break"), "0")
	g.set(rowField(row, "seats"), "1")
}

// addRow shows one row more, with the times of the last.
func (g *gigForm) addRow() {
	if g.rows == mostRows {
		return
	}
	g.rows++
	g.beginRow(g.rows)
	for _, part := range append(clockParts(), "date-year", "break", "seats") {
		if last := rowField(g.rows-1, part); g.values.Has(last) {
			g.set(rowField(g.rows, part), g.values.Get(last))
		}
	}
}

// clockParts are the fields of a row's times.
func clockParts() []string {
	return []string{"starts-hour", "starts-minute", "ends-hour", "ends-minute", "next"}
}

// unused reports a row that nobody filled: it has no day, and no times but
// those of the row before, which a new row begins with.
func (g *gigForm) unused(row int) bool {
	for _, part := range []string{"date-day", "date-month"} {
		if g.text(rowField(row, part)) != "" {
			return false
		}
	}
	same := func(part string) bool { return g.text(rowField(row, part)) == g.text(rowField(row-1, part)) }
	none := func(part string) bool { return g.text(rowField(row, part)) == "" }
	all := func(test func(string) bool) bool {
		return !slices.ContainsFunc(clockParts(), func(part string) bool { return !test(part) })
	}
	return all(none) || row > 1 && all(same)
}

// countRows finds how many rows were sent.
func (g *gigForm) countRows() {
	for g.rows = 1; g.rows < mostRows && g.values.Has(rowField(g.rows+1, "date")+"-day"); {
		g.rows++
	}
}

// fillRow shows a shift that the gig has.
func (g *gigForm) fillRow(row int, s jobs.Shift) {
	from, until := s.Starts.In(members.Amsterdam()), s.Ends.In(members.Amsterdam())
	for part, number := range map[string]int{
		"date-day": from.Day(), "date-month": int(from.Month()), "date-year": from.Year(),
		"starts-hour": from.Hour(), "ends-hour": until.Hour(), "break": int(s.Break / time.Minute), "seats": s.Seats,
	} {
		g.set(rowField(row, part), strconv.Itoa(number))
	}
	g.set(rowField(row, "starts-minute"), from.Format("04"))
	g.set(rowField(row, "ends-minute"), until.Format("04"))
	if from.Day() != until.Day() {
		g.set(rowField(row, "next"), "yes")
	}
}

// readShifts reads the rows that somebody filled.
func (g *gigForm) readShifts() {
	for row := 1; row <= g.rows; row++ {
		if !g.unused(row) {
			g.rowsOf = append(g.rowsOf, row)
			g.shifts = append(g.shifts, g.shift(row))
		}
	}
}

func (g *gigForm) shift(row int) jobs.NewShift {
	s := jobs.NewShift{Break: g.minutes(rowField(row, "break")), Seats: g.number(rowField(row, "seats"))}
	if g.problems.At(rowField(row, "break")) {
		s.Break = -time.Minute // so that a draft does not keep it
	}
	day, okDay := g.day(rowField(row, "date"))
	from, okFrom := g.clock(rowField(row, "starts"))
	until, okUntil := g.clock(rowField(row, "ends"))
	if !okDay || !okFrom || !okUntil {
		return s
	}
	if g.text(rowField(row, "next")) != "" {
		until += 24 * time.Hour
	}
	starts, okStarts := g.moment(rowField(row, "starts"), day, from)
	ends, okEnds := g.moment(rowField(row, "ends"), day, until)
	if okStarts && okEnds {
		s.Starts, s.Ends = starts, ends
	}
	return s
}

// minutes reads whole minutes; nothing means none, and more than a day has is
// refused by the domain like the day itself.
func (f *form) minutes(field string) time.Duration {
	if f.text(field) == "" {
		return 0
	}
	return time.Duration(max(-1, min(f.number(field), 24*60))) * time.Minute
}

// rowPart is the field of one part of a row.
func (g *gigForm) rowPart(row int, part, label string) ui.Field {
	name := rowField(row, part)
	return ui.Field{Name: name, Label: label, Wrong: g.problem(name), Value: g.typed(name)}
}

// rowNumber is rowPart for a number of so many digits.
func (g *gigForm) rowNumber(row int, part, label string, most int) ui.Field {
	f := g.rowPart(row, part, label)
	f.Mode, f.Most, f.Class, f.Complete = "numeric", most, "short", "off"
	return f
}
