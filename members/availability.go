package members

import "time"

// Exception is one date that is not as the week says.
type Exception struct {
	Day   Day
	Off   bool                  // nothing of the ordinary week
	Extra [DayQuarters / 8]byte // quarters beside it, the lowest bit of a byte first
}

// has reports an extra quarter.
func (e Exception) has(quarter int) bool { return e.Extra[quarter/8]&(1<<(quarter%8)) != 0 }

// add puts quarters of this date beside the ordinary week.
func (e *Exception) add(from, until int) {
	for q := from; q < until; q++ {
		e.Extra[q/8] |= 1 << (q % 8)
	}
}

// Spans gives the extra times, cut at midnight.
func (e Exception) Spans() []Span {
	var w Week
	copy(w[:], e.Extra[:])
	return w.within(0)
}

// Availability is when a member can work: an ordinary week, and dates on which
// it is otherwise. Who has told no week is not limited by one.
type Availability struct {
	Week       *Week
	Exceptions map[Day]Exception
}

// Covers reports whether the member can work all of the time from start to end.
func (a Availability) Covers(start, end time.Time) bool {
	return eachQuarter(start, end, func(day Day, weekday, quarter int) bool {
		e := a.Exceptions[day]
		usual := !e.Off && (a.Week == nil || a.Week.Has(weekday*DayQuarters+quarter))
		return usual || e.has(quarter)
	})
}

// restOfWeek lists the days from this one to Sunday.
func restOfWeek(from Day) (days []Day) {
	for day, left := from, 7-from.Weekday(); left > 0; day, left = day.Add(1), left-1 {
		days = append(days, day)
	}
	return days
}

// OffFrom reports whether the member said that they cannot work from this day to
// the end of its week.
func (p Profile) OffFrom(day Day) bool {
	told := map[Day]Exception{}
	for _, e := range p.Exceptions {
		told[e.Day] = e
	}
	for _, day := range restOfWeek(day) {
		if e := told[day]; !e.Off || e.Extra != [DayQuarters / 8]byte{} {
			return false
		}
	}
	return true
}
