package engine

import (
	"cmp"
	"math"
	"slices"
	"time"

	"meent/jobs"
)

// booking is a Booking in fewer bytes: moments in microseconds, as the tables have
// them, and whole seconds of break.
type booking struct {
	shift        jobs.ShiftID
	starts, ends int64
	rest         int32
	pay          int32
}

func bookingsOf(list []Booking) []booking {
	all := make([]booking, len(list))
	for i, b := range list {
		all[i] = booking{b.Shift, b.Starts.UnixMicro(), b.Ends.UnixMicro(), number(int(b.Break / time.Second)), max(0, number(b.Pay))}
	}
	slices.SortFunc(all, func(a, b booking) int {
		return cmp.Or(cmp.Compare(a.starts, b.starts), slices.Compare(a.shift[:], b.shift[:]))
	})
	return all
}

// number keeps what is out of bounds at the bound.
func number(n int) int32 { return int32(min(max(n, math.MinInt32), math.MaxInt32)) }

func (b *booking) stint() jobs.Stint {
	return jobs.Stint{Starts: time.UnixMicro(b.starts).UTC(), Ends: time.UnixMicro(b.ends).UTC(), Break: time.Duration(b.rest) * time.Second}
}

// worked is how long, in microseconds.
func (b *booking) worked() int64 { return b.ends - b.starts - int64(b.rest)*1e6 }

// span is from one moment until another, in microseconds.
type span struct{ from, until int64 }

func spanOf(from, until time.Time) span { return span{from.UnixMicro(), until.UnixMicro()} }

// common is how long two times go together.
func (s span) common(from, until int64) int64 {
	return max(0, min(s.until, until)-max(s.from, from))
}

func (s span) begins(b *booking) bool { return b.starts >= s.from && b.starts < s.until }

// near are those of what is booked that begin so short before or after.
func (s *sought) near(booked []booking, around time.Duration) []booking {
	from, until := s.from-around.Microseconds(), s.from+around.Microseconds()
	for len(booked) > 0 && booked[0].starts < from {
		booked = booked[1:]
	}
	for n := len(booked); n > 0 && booked[n-1].starts > until; n-- {
		booked = booked[:n-1]
	}
	return booked
}

func (s *sought) touches(b *booking) bool { return b.starts < s.until && s.from < b.ends }

// booked holds the work against what is agreed already.
func (l *look) booked() (broken Rules) {
	s, booked := l.sought, l.table.bookedOf(l.row)
	var room [16]jobs.Stint
	stints := room[:0]
	for _, b := range s.near(booked, jobs.WorktimeReach) {
		if s.touches(&b) {
			broken = broken.With(FreeRule)
		} else if b.shift != s.Shift {
			stints = append(stints, b.stint())
		}
	}
	if len(stints) == 0 {
		broken |= s.alone
	} else {
		broken |= s.worktime(stints)
	}
	if s.crowded(booked, l.hot.flags.rest()) {
		broken = broken.With(RestDaysRule)
	}
	return broken | l.means(s.earned(booked), s.worked(booked))
}

// means are what the member wants to earn in a month, and to work in a week.
func (l *look) means(earned int, worked int64) (broken Rules) {
	s, h := l.sought, l.hot
	if h.flags&roomTold != 0 && s.Pay > 0 && earned+s.Pay > int(h.room) {
		broken = broken.With(RoomRule)
	}
	if h.most != 0 && worked+s.takes > int64(h.most)*60e6 {
		broken = broken.With(HoursWantedRule)
	}
	return broken
}

// worktime are the rules of working time that block and that it breaks.
func (s *sought) worktime(others []jobs.Stint) (broken Rules) {
	one := jobs.Stint{Starts: s.Starts, Ends: s.Ends, Break: s.Break}
	for _, rule := range s.Worktime {
		if rule.Effect == jobs.WorktimeBlocks && rule.Breaks(one, others) {
			switch rule.Code {
			case jobs.RestBetween:
				broken = broken.With(RestRule)
			case jobs.HoursADay:
				broken = broken.With(HoursDayRule)
			case jobs.HoursAWeek:
				broken = broken.With(HoursWeekRule)
			}
		}
	}
	return broken
}

// earned is the pay of other work that begins in the month.
func (s *sought) earned(booked []booking) (cents int) {
	for i := range booked {
		if b := &booked[i]; s.month.begins(b) && b.shift != s.Shift {
			cents += int(b.pay)
		}
	}
	return cents
}

// worked is other work that begins in the week.
func (s *sought) worked(booked []booking) (sum int64) {
	for i := range booked {
		if b := &booked[i]; s.monday.begins(b) && b.shift != s.Shift {
			sum += b.worked()
		}
	}
	return sum
}

// crowded reports other work on another day, with fewer days between than so many.
func (s *sought) crowded(booked []booking, days int) bool {
	if days == 0 || len(booked) == 0 {
		return false
	}
	around, today := spanOf(date(s.local, 0, -days), date(s.local, 0, days+1)), spanOf(date(s.local, 0, 0), date(s.local, 0, 1))
	for i := range booked {
		if b := &booked[i]; around.begins(b) && !today.begins(b) && b.shift != s.Shift {
			return true
		}
	}
	return false
}

// fullest is the most work in any of the days, or weeks, that the shift touches.
func (s *sought) fullest(step int, booked []booking) (most int64) {
	from := date(s.local, 0, 0)
	if step == 7 {
		from = date(s.local, 0, -weekday(s.local))
	}
	for from.Before(s.Ends) {
		until := date(from, 0, step)
		some := spanOf(from, until)
		work := some.common(s.from, s.until)
		for i := range booked {
			if b := &booked[i]; b.shift != s.Shift {
				work += some.common(b.starts, b.ends)
			}
		}
		most, from = max(most, work), until
	}
	return most
}
