package engine

import (
	"time"

	"meent/members"
)

// timetable is which quarters of a week the work takes, and of which days.
type timetable struct {
	never    bool     // no time at all, or endless: nobody who told their week has that
	quarters []uint16 // of a week
	days     []dayTime
}

// dayTime is what the work takes of one day.
type dayTime struct {
	day      int32 // since 1970
	first    int   // quarter of the week with which it begins
	quarters [2]uint64
}

// longest is what members.Week holds for endless.
const longest = 15 * 24 * time.Hour

func timetableOf(starts, ends time.Time) (t timetable) {
	if !starts.Before(ends) || ends.Sub(starts) > longest {
		return timetable{never: true}
	}
	zone, seen := members.Amsterdam(), week{}
	for at := starts.Truncate(15 * time.Minute); at.Before(ends); {
		local := at.In(zone)
		day := t.dayAt(local)
		// The clocks are only put forward or back at a whole hour.
		for quarter, until := quarterOf(local), quarterOf(local)|3; quarter <= until && at.Before(ends); quarter++ {
			day.quarters[quarter/64] |= 1 << (quarter % 64)
			if q := day.first + quarter; !seen.has(q) {
				seen[q/64] |= 1 << (q % 64)
				t.quarters = append(t.quarters, uint16(q))
			}
			at = at.Add(15 * time.Minute)
		}
	}
	return t
}

// dayAt is the last of its days, made where a new one begins.
func (t *timetable) dayAt(local time.Time) *dayTime {
	if day := dayOf(local); len(t.days) == 0 || t.days[len(t.days)-1].day != day {
		t.days = append(t.days, dayTime{day: day, first: weekday(local) * members.DayQuarters})
	}
	return &t.days[len(t.days)-1]
}

func quarterOf(local time.Time) int { return local.Hour()*4 + local.Minute()/15 }

// dayOf counts days since 1970, by the clock that it shows.
func dayOf(at time.Time) int32 {
	_, offset := at.Zone()
	seconds := at.Unix() + int64(offset)
	day := seconds / 86400
	if seconds%86400 < 0 {
		day--
	}
	return int32(day)
}

// weekday counts from Monday.
func weekday(at time.Time) int { return (int(at.Weekday()) + 6) % 7 }

// date is the midnight with which a day begins that is so much later.
func date(at time.Time, months, days int) time.Time {
	return time.Date(at.Year(), at.Month()+time.Month(months), at.Day()+days, 0, 0, 0, 0, at.Location())
}

// When a night is, in Amsterdam.
const (
	nightFrom  = 23
	nightUntil = 6
)

func atNight(starts, ends time.Time) bool {
	if !starts.Before(ends) {
		return false
	}
	first := starts.In(members.Amsterdam())
	if hour := first.Hour(); hour < nightUntil || hour >= nightFrom || ends.Sub(starts) >= 24*time.Hour {
		return true
	}
	last := ends.Add(-1).In(members.Amsterdam())
	return last.Day() != first.Day() || last.Hour() >= nightFrom
}

// fits says whether it is when the member can work.
func (l *look) fits() bool {
	s, f := l.sought, l.hot.flags
	switch {
	case f&(told|excepted) == 0:
		return true
	case s.time.never:
		return false
	case f&excepted != 0:
		return l.fitsDays()
	}
	for _, q := range s.time.quarters {
		if !l.can(int(q)) {
			return false
		}
	}
	return true
}

// can says whether the week tells that they can work then.
func (l *look) can(quarter int) bool {
	if l.own != nil {
		return l.own.has(quarter)
	}
	return l.table.week.has(l.row, quarter)
}

// fitsDays looks at each day, which may have an exception.
func (l *look) fitsDays() bool {
	for i := range l.sought.time.days {
		day := &l.sought.time.days[i]
		e := l.side.on(day.day)
		for quarter := range members.DayQuarters {
			word, bit := quarter/64, uint64(1)<<(quarter%64)
			if day.quarters[word]&bit == 0 || e != nil && e.extra[word]&bit != 0 {
				continue
			}
			if e != nil && e.off || !l.can(day.first+quarter) {
				return false
			}
		}
	}
	return true
}
