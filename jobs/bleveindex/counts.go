package bleveindex

import (
	"strconv"
	"time"

	"meent/jobs"
	"meent/payments"
)

// counts is how many gigs there are of each value, by the number of the value.
type counts struct {
	groups, loads, places, days, parts, pay []int
	support, others, remote                 int

	eachDay, eachPart []moments
	choices           []payments.Cents
}

func newCounts(n *names) *counts {
	codes := len(n.codes.all())
	c := &counts{groups: make([]int, codes), loads: make([]int, codes), places: make([]int, len(n.places.all())),
		days: make([]int, daysAWeek), parts: make([]int, partsADay), choices: jobs.PayChoices()}
	c.pay = make([]int, len(c.choices))
	for day := range daysAWeek {
		c.eachDay = append(c.eachDay, onDay(time.Weekday(day)))
	}
	for _, part := range jobs.DayParts() {
		c.eachPart = append(c.eachPart, inPart(part))
	}
	return c
}

// add counts a gig under each facet that is the only one under which it fails,
// and under all when it fails under none.
func (n *counts) add(c *card, fails facets, w *wanted) {
	but := func(bit facets) bool { return fails&^bit == 0 }
	if but(groupBit) {
		for _, group := range c.groups {
			n.groups[group]++
		}
	}
	if but(loadBit) {
		n.loads[c.load]++
	}
	if but(momentBit) {
		n.addMoments(c.moments, w)
	}
	if but(payBit) {
		n.addPay(c.rate)
	}
	n.support += int(flag(c.support && but(supportBit)))
	n.others += int(flag(c.others && but(othersBit)))
	n.remote += int(flag(c.remote && but(0)))
	if !c.remote && but(placeBit) {
		n.places[c.place]++
	}
}

// addMoments counts days under the parts that are wanted, and parts under the days.
func (n *counts) addMoments(m moments, w *wanted) {
	for i, day := range n.eachDay {
		n.days[i] += int(flag(m&w.parts&day != 0))
	}
	for i, part := range n.eachPart {
		n.parts[i] += int(flag(m&w.days&part != 0))
	}
}

func (n *counts) addPay(rate int64) {
	for i, least := range n.choices {
		n.pay[i] += int(flag(rate >= int64(least)))
	}
}

// named gives the counts of what there is.
func (n *counts) named(all *names) jobs.FacetCounts {
	codes, places := all.codes.all(), all.places.all()
	code := func(i int) string { return codes[i] }
	return jobs.FacetCounts{
		jobs.GroupFacet:   byName(n.groups, code),
		jobs.LoadFacet:    byName(n.loads, code),
		jobs.DayFacet:     byName(n.days, strconv.Itoa),
		jobs.PartFacet:    byName(n.parts, func(i int) string { return string(jobs.DayParts()[i]) }),
		jobs.PayFacet:     byName(n.pay, func(i int) string { return strconv.Itoa(int(n.choices[i])) }),
		jobs.SupportFacet: byName([]int{n.support}, yes),
		jobs.OthersFacet:  byName([]int{n.others}, yes),
		jobs.RemoteFacet:  byName([]int{n.remote}, yes),
		jobs.PlaceFacet:   byName(n.places, func(i int) string { return places[i].code }),
	}
}

func yes(int) string { return "true" }

// byName leaves out what there is none of, and what has no name.
func byName(counts []int, of func(i int) string) map[string]int {
	named := map[string]int{}
	for i, n := range counts {
		if n > 0 && of(i) != "" {
			named[of(i)] += n
		}
	}
	return named
}
