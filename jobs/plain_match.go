package jobs

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/members"
)

// candidate is an open gig that may fit a query, with what is asked of it more
// than once.
type candidate struct {
	Document
	text   string // all that is written about it, folded; only where words are looked for
	slots  slots
	metres int // from Query.Near
}

// slots are the days of the week and parts of days on which a shift begins, one
// bit each.
type slots uint32

func slotsOf(all ...WeekPart) (s slots) {
	for _, w := range all {
		s |= 1 << (4*int(w.Day) + slices.Index(DayParts(), w.Part))
	}
	return s
}

// slotsIn are those that are on one of the days and in one of the parts; none
// is any.
func slotsIn(days []time.Weekday, parts []DayPart) (s slots) {
	for _, day := range Weekdays() {
		for _, part := range DayParts() {
			if (len(days) == 0 || slices.Contains(days, day)) && (len(parts) == 0 || slices.Contains(parts, part)) {
				s |= slotsOf(WeekPart{day, part})
			}
		}
	}
	return s
}

func newCandidate(d Document, near members.Point) candidate {
	c := candidate{Document: d, metres: d.Place.Metres(near)}
	for _, start := range d.starts() {
		c.slots |= slotsOf(WeekPartOf(start))
	}
	if d.Remote {
		c.metres = 0
	}
	return c
}

// misses is what of a query a gig does not meet, one bit each.
type misses uint16

const (
	missesGroup misses = 1 << iota
	missesLoad
	missesWhen // day and part of day
	missesPay
	missesSupport
	missesOthers
	missesNear
	missesRest
)

// wanted is a query in the form in which many gigs are held against it.
type wanted struct {
	Query
	words []string
	slots slots
	days  map[string]slots // each day in the parts that are wanted
	parts map[string]slots // each part on the days that are wanted
	only  map[GigID]bool
}

func newWanted(q Query) wanted {
	w := wanted{Query: q, words: q.Words(), slots: slotsIn(q.Days, q.Parts), days: map[string]slots{}, parts: map[string]slots{}}
	for _, day := range Weekdays() {
		w.days[strconv.Itoa(int(day))] = slotsIn([]time.Weekday{day}, q.Parts)
	}
	for _, part := range DayParts() {
		w.parts[string(part)] = slotsIn(q.Days, []DayPart{part})
	}
	if q.Only != nil {
		w.only = make(map[GigID]bool, len(q.Only))
		for _, gig := range q.Only {
			w.only[gig] = true
		}
	}
	return w
}

// matches reports whether the gig is one of the query's.
func matches(c candidate, w wanted) bool { return w.missed(c) == 0 }

func (w wanted) missed(c candidate) (m misses) {
	for _, one := range []struct {
		of   misses
		fits bool
	}{
		{missesGroup, len(w.Groups) == 0 || anyOf(w.Groups, c.Groups)},
		{missesLoad, len(w.Loads) == 0 || slices.Contains(w.Loads, c.Load)},
		{missesWhen, len(w.Days)+len(w.Parts) == 0 || c.slots&w.slots != 0},
		{missesPay, c.Rate >= w.LeastPay},
		{missesSupport, c.SupportOnSite || !w.Support},
		{missesOthers, c.WithOthers || !w.Others},
		{missesNear, w.Metres <= 0 || c.metres <= w.Metres},
		{missesRest, w.isOne(c) && w.isWritten(c) && w.isThen(c)},
	} {
		if !one.fits {
			m |= one.of
		}
	}
	return m
}

// isOne holds for a gig that the query names, if it names any.
func (w wanted) isOne(c candidate) bool {
	return c.Cooperative == w.Cooperative && (w.Only == nil || w.only[c.Gig]) && (len(w.Skills) == 0 || anyOf(w.Skills, c.SkillCodes))
}

// isWritten holds where every word is a part of a word of the gig's: Postgres
// knows neither stems nor typing errors, but beginnings and long words it finds.
func (w wanted) isWritten(c candidate) bool {
	return !slices.ContainsFunc(w.words, func(word string) bool { return !strings.Contains(c.text, word) })
}

func (w wanted) isThen(c candidate) bool {
	return (w.From.IsZero() || !c.First.Before(w.From)) && (w.Until.IsZero() || c.First.Before(w.Until)) &&
		(len(w.Dates) == 0 || anyOf(w.Dates, c.Dates))
}

func anyOf(wanted []string, has func() []string) bool {
	return slices.ContainsFunc(has(), func(one string) bool { return slices.Contains(wanted, one) })
}

// answer is one page of the gigs that fit, and the counts, as an index would
// give them. Without stems no match is better than another.
func answer(all []candidate, q Query) Hits {
	w, counts := newWanted(q), FacetCounts{}
	var fit []candidate
	for _, c := range all {
		missed := w.missed(c)
		if missed == 0 {
			fit = append(fit, c)
		}
		if q.Count {
			counts.add(c, w, missed)
		}
	}
	slices.SortFunc(fit, inOrder(q.Sort, q.Ranks()))
	hits := Hits{Total: len(fit)}
	from := min(len(fit), (q.Page-1)*q.Size)
	for _, c := range fit[from:min(len(fit), from+q.Size)] {
		hits.Gigs = append(hits.Gigs, c.Gig)
	}
	if q.Count {
		hits.Counts = counts
	}
	return hits
}

func inOrder(s Sort, ranks map[GigID]int) func(a, b candidate) int {
	return func(a, b candidate) int {
		before := cmp.Compare(ranks[a.Gig], ranks[b.Gig])
		if s == Nearest {
			before = cmp.Or(remoteFirst(a, b), cmp.Compare(a.metres, b.metres))
		}
		return cmp.Or(before, a.First.Compare(b.First), bytes.Compare(a.Gig[:], b.Gig[:]))
	}
}

func remoteFirst(a, b candidate) int {
	switch {
	case a.Remote == b.Remote:
		return 0
	case a.Remote:
		return -1
	}
	return 1
}
