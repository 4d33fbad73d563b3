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
		{missesLoad, (w.Load == "" || c.Load == w.Load) && (len(w.Loads) == 0 || slices.Contains(w.Loads, c.Load))},
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
	slices.SortFunc(fit, inOrder(q.Sort))
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

func inOrder(s Sort) func(a, b candidate) int {
	return func(a, b candidate) int {
		nearer := 0
		if s == Nearest {
			nearer = cmp.Or(remoteFirst(a, b), cmp.Compare(a.metres, b.metres))
		}
		return cmp.Or(nearer, a.First.Compare(b.First), bytes.Compare(a.Gig[:], b.Gig[:]))
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

// add counts the gig under each facet of which alone it may miss something.
func (f FacetCounts) add(c candidate, w wanted, m misses) {
	under := func(but misses) bool { return m&^but == 0 }
	if under(missesGroup) {
		f.addEach(GroupFacet, c.Groups()...)
	}
	if under(missesLoad) {
		f.addEach(LoadFacet, string(c.Load))
	}
	if under(missesWhen) {
		f.addSlots(DayFacet, c, w.days)
		f.addSlots(PartFacet, c, w.parts)
	}
	if under(missesPay) {
		for _, least := range c.PayBands() {
			f.addEach(PayFacet, strconv.FormatInt(int64(least), 10))
		}
	}
	if under(missesSupport) && c.SupportOnSite {
		f.addEach(SupportFacet, yes)
	}
	if under(missesOthers) && c.WithOthers {
		f.addEach(OthersFacet, yes)
	}
	if under(0) && c.Remote {
		f.addEach(RemoteFacet, yes)
	}
	if under(missesNear) && !c.Remote {
		f.addEach(PlaceFacet, c.PlaceCode)
	}
}

const yes = "true" // of the facets that are or are not

// addSlots counts the values that have one of the gig's slots.
func (f FacetCounts) addSlots(of Facet, c candidate, values map[string]slots) {
	for value, slots := range values {
		if c.slots&slots != 0 {
			f.addEach(of, value)
		}
	}
}

func (f FacetCounts) addEach(of Facet, values ...string) {
	for _, value := range values {
		if f[of] == nil {
			f[of] = map[string]int{}
		}
		f[of][value]++
	}
}

// less takes away what is counted in other.
func (f FacetCounts) less(other FacetCounts) {
	for facet, values := range other {
		for value, n := range values {
			if f[facet][value] -= n; f[facet][value] <= 0 {
				delete(f[facet], value)
			}
		}
	}
}
