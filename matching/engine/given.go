package engine

import "math"

// given is the work that somebody has: whole minutes, from its first day until its last.
type given struct {
	minutes     uint16
	first, last uint16 // since 1970
}

const (
	dayMicros    = 24 * 60 * 60 * 1e6
	minuteMicros = 60 * 1e6
)

// givenOf a list in order; what it cannot hold it does not know of.
func givenOf(list []booking) given {
	if len(list) == 0 {
		return given{}
	}
	first, last := list[0].starts/dayMicros, list[len(list)-1].starts/dayMicros
	if list[0].starts < 0 || last > math.MaxUint16 {
		return given{}
	}
	sum := int64(0)
	for i := range list {
		sum += list[i].ends - list[i].starts
	}
	return given{uint16(min(max(0, sum/minuteMicros), math.MaxUint16)), uint16(first), uint16(last)}
}

// within is how much of it lies within such days for sure.
func (g given) within(first, last int32) int {
	if int32(g.first) < first || int32(g.last) > last {
		return 0
	}
	return int(g.minutes)
}

// shareDays are the days of which all work is within ShareSide of this.
func (s *sought) shareDays() (first, last int32) {
	side := ShareSide.Microseconds()
	from, until := (s.from-side)/dayMicros+1, (s.from+side)/dayMicros-1
	return int32(min(max(0, from), math.MaxInt32)), int32(min(max(-1, until), math.MaxInt32))
}
