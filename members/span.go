package members

// Span is a time of a day in quarters of an hour: 36 to 48 is 9.00 to 12.00.
// Until lies on the next day where it is not after From.
type Span struct{ From, Until int }

// real reports a span that a day can begin.
func (s Span) real() bool {
	return s.From >= 0 && s.From < DayQuarters && s.Until >= 0 && s.Until <= DayQuarters && s.From != s.Until
}

// Overnight reports whether it ends on the next day.
func (s Span) Overnight() bool { return s.Until < s.From }

// quarters is how long it lasts.
func (s Span) quarters() int {
	if s.Overnight() {
		return s.Until + DayQuarters - s.From
	}
	return s.Until - s.From
}

// Add puts a time of a weekday, Monday 0, into the week.
func (w *Week) Add(weekday int, s Span) {
	from := weekday*DayQuarters + s.From
	w.Set(from, from+s.quarters())
}

// Spans gives the times of each weekday, as a person would say them: what goes
// on over midnight belongs to the day on which it begins, where it is shorter
// than a day.
func (w Week) Spans() (days [7][]Span) {
	for weekday := range days {
		days[weekday] = w.within(weekday)
	}
	var joined [7]bool // whose first span belongs to the day before
	for weekday := range days {
		next := (weekday + 1) % 7
		last, first := len(days[weekday])-1, days[next]
		if last < 0 || len(first) == 0 {
			continue
		}
		evening := &days[weekday][last]
		if evening.Until == DayQuarters && first[0].From == 0 && first[0].Until < evening.From {
			evening.Until, joined[next] = first[0].Until, true
		}
	}
	for weekday := range days {
		if joined[weekday] {
			days[weekday] = days[weekday][1:]
		}
	}
	return days
}

// within gives the times of one day, cut at midnight.
func (w Week) within(weekday int) (spans []Span) {
	for q := range DayQuarters {
		if !w.Has(weekday*DayQuarters + q) {
			continue
		}
		if last := len(spans) - 1; last >= 0 && spans[last].Until == q {
			spans[last].Until++
		} else {
			spans = append(spans, Span{From: q, Until: q + 1})
		}
	}
	return spans
}
