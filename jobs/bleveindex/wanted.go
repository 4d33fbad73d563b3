package bleveindex

import (
	"slices"
	"time"

	"meent/jobs"
)

// facets is a set of what a gig is counted by, a bit for each.
type facets uint16

// The bits. Days and parts of days share one: a shift must fit both.
const (
	groupBit facets = 1 << iota
	loadBit
	momentBit
	payBit
	supportBit
	othersBit
	placeBit
)

// wanted is what the query says besides words and skills.
type wanted struct {
	jobs.Query
	first, last   int64 // microseconds: at or after, and before; zero is no bound
	dates         []int64
	only          map[jobs.GigID]bool // nil is any
	ranks         map[jobs.GigID]int  // nil where something else gives the order
	days, parts   moments
	limited       bool   // to some days or parts
	groups, loads []bool // whether each code is one of those chosen
	places        []place
	metres        []int // from Near to each place; unknown until asked for
}

const unknown = -1

func newWanted(q jobs.Query, n *names) *wanted {
	w := &wanted{Query: q, first: micros(q.From), last: micros(q.Until), days: onDays(q.Days), parts: inParts(q.Parts),
		places: n.places.all(), ranks: q.Ranks()}
	w.limited = len(q.Days)+len(q.Parts) > 0
	w.metres = slices.Repeat([]int{unknown}, len(w.places))
	w.groups, w.loads = chosen(q.Groups, n.codes.all()), chosen(q.Loads, n.codes.all())
	for _, date := range q.Dates {
		if number, ok := dayNumber(date); ok {
			w.dates = append(w.dates, number)
		}
	}
	if q.Only != nil {
		w.only = make(map[jobs.GigID]bool, len(q.Only))
		for _, gig := range q.Only {
			w.only[gig] = true
		}
	}
	return w
}

func chosen[T ~string](some []T, codes []string) []bool {
	is := make([]bool, len(codes))
	for i, code := range codes {
		is[i] = slices.Contains(some, T(code))
	}
	return is
}

// micros rounds up, so that a whole microsecond is at or after it as it is at
// or after the moment.
func micros(moment time.Time) int64 {
	if moment.IsZero() {
		return 0
	}
	return moment.Add(time.Microsecond - time.Nanosecond).UnixMicro()
}

// never reports a gig that does not fit whatever else were chosen.
func (w *wanted) never(c *card) bool {
	return !w.From.IsZero() && c.first < w.first || !w.Until.IsZero() && c.first >= w.last ||
		w.only != nil && !w.only[c.gig] || len(w.Dates) > 0 && !share(c.dates, w.dates)
}

// fails are the facets under which the gig does not fit.
func (w *wanted) fails(c *card) (f facets) {
	if len(w.Groups) > 0 && !w.hasGroup(c) {
		f |= groupBit
	}
	if len(w.Loads) > 0 && !w.loads[c.load] {
		f |= loadBit
	}
	if w.limited && c.moments&w.days&w.parts == 0 {
		f |= momentBit
	}
	if c.rate < int64(w.LeastPay) {
		f |= payBit
	}
	if w.Support && !c.support {
		f |= supportBit
	}
	if w.Others && !c.others {
		f |= othersBit
	}
	if w.Metres > 0 && !c.remote && w.distance(c) > w.Metres {
		f |= placeBit
	}
	return f
}

func (w *wanted) hasGroup(c *card) bool {
	for _, group := range c.groups {
		if w.groups[group] {
			return true
		}
	}
	return false
}

// distance is in metres from Near.
func (w *wanted) distance(c *card) int {
	if w.metres[c.place] == unknown {
		w.metres[c.place] = w.Near.Metres(w.places[c.place].at)
	}
	return w.metres[c.place]
}

func share[T comparable](some, others []T) bool {
	return slices.ContainsFunc(some, func(one T) bool { return slices.Contains(others, one) })
}

// rank is what a gig is sorted by first, the lowest before others.
func (w *wanted) rank(c *card, score int) int {
	switch {
	case w.ranks != nil:
		return w.ranks[c.gig]
	case w.Sort == jobs.Best:
		return -score
	case w.Sort == jobs.Nearest && !c.remote:
		return w.distance(c)
	default:
		return unknown
	}
}
