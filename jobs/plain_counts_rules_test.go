package jobs

import (
	"strconv"
	"time"
)

// countPlainly asks for each value how many there would be, if that were chosen.
func countPlainly(docs []Document, q Query) FacetCounts {
	counts := FacetCounts{}
	count := func(f Facet, value string, choose func(*Query), has func(Document) bool) {
		chosen := q.Without(f)
		choose(&chosen)
		for _, d := range docs {
			if fitsPlainly(d, chosen) && has(d) {
				counts.addEach(f, value)
			}
		}
	}
	any, none := func(Document) bool { return true }, func(*Query) {}
	for _, g := range someGroups {
		count(GroupFacet, g, func(q *Query) { q.Groups = []string{g} }, any)
	}
	for _, l := range Loads() {
		count(LoadFacet, string(l), func(q *Query) { q.Loads = []Load{l} }, any)
	}
	for _, day := range Weekdays() {
		count(DayFacet, strconv.Itoa(int(day)), func(q *Query) { q.Days = []time.Weekday{day} }, any)
	}
	for _, part := range DayParts() {
		count(PartFacet, string(part), func(q *Query) { q.Parts = []DayPart{part} }, any)
	}
	for _, least := range PayChoices() {
		count(PayFacet, strconv.Itoa(int(least)), func(q *Query) { q.LeastPay = least }, any)
	}
	count(SupportFacet, "true", func(q *Query) { q.Support = true }, any)
	count(OthersFacet, "true", func(q *Query) { q.Others = true }, any)
	count(RemoteFacet, "true", none, func(d Document) bool { return d.Remote })
	for i := range someTowns {
		count(PlaceFacet, strconv.Itoa(i), none, func(d Document) bool { return !d.Remote && d.PlaceCode == strconv.Itoa(i) })
	}
	return counts
}
