package indextest

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"time"

	"meent/jobs"
)

// The oracle answers a query without words as plainly as it can be read: it
// looks at every gig. What an index finds and counts is held against it.
type oracle []*looked

// looked is a gig, and what is asked of it most, worked out once.
type looked struct {
	jobs.Document
	skills, groups, dates []string
	weekParts             []jobs.WeekPart
}

func newOracle(docs []jobs.Document) oracle {
	o := make(oracle, len(docs))
	for i, d := range docs {
		o[i] = &looked{Document: d, skills: d.SkillCodes(), groups: d.Groups(), dates: d.Dates(), weekParts: d.WeekParts()}
	}
	return o
}

func (o oracle) answer(q jobs.Query) jobs.Hits {
	q, err := q.Tidy()
	if err != nil {
		panic(err)
	}
	all := o.fitting(q)
	hits := jobs.Hits{Total: len(all)}
	from := min(len(all), (q.Page-1)*q.Size)
	for _, d := range all[from:min(len(all), from+q.Size)] {
		hits.Gigs = append(hits.Gigs, d.Gig)
	}
	if q.Count {
		hits.Counts = o.counts(q)
	}
	return hits
}

// fitting are the gigs that fit, in order.
func (o oracle) fitting(q jobs.Query) (all []*looked) {
	for _, d := range o {
		if fits(d, q) {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *looked) int {
		far := 0
		if q.Ranked && q.Only != nil && q.Sort == jobs.Best {
			far = slices.Index(q.Only, a.Gig) - slices.Index(q.Only, b.Gig)
		}
		if q.Sort == jobs.Nearest {
			far = cmp.Compare(away(a, q), away(b, q))
		}
		return cmp.Or(far, a.First.Compare(b.First), bytes.Compare(a.Gig[:], b.Gig[:]))
	})
	return all
}

// away is how far the work is; at home is nearer than next door.
func away(d *looked, q jobs.Query) int {
	if d.Remote {
		return -1
	}
	return d.Place.Metres(q.Near)
}

func fits(d *looked, q jobs.Query) bool {
	return d.Cooperative == q.Cooperative &&
		oneOf(q.Skills, d.skills...) && oneOf(q.Groups, d.groups...) &&
		oneOf(q.Loads, d.Load) &&
		fitsWeek(d, q) && d.Rate >= q.LeastPay &&
		(!q.Support || d.SupportOnSite) && (!q.Others || d.WithOthers) &&
		(q.Metres <= 0 || away(d, q) <= q.Metres) &&
		(q.From.IsZero() || !d.First.Before(q.From)) && (q.Until.IsZero() || d.First.Before(q.Until)) &&
		oneOf(q.Dates, d.dates...) && (q.Only == nil || slices.Contains(q.Only, d.Gig))
}

// oneOf reports whether something that is there is wanted; no wishes, and all is.
func oneOf[T comparable](wanted []T, there ...T) bool {
	return len(wanted) == 0 || slices.ContainsFunc(there, func(one T) bool { return slices.Contains(wanted, one) })
}

// fitsWeek wants the day and the part in one shift.
func fitsWeek(d *looked, q jobs.Query) bool {
	if len(q.Days)+len(q.Parts) == 0 {
		return true
	}
	return slices.ContainsFunc(d.weekParts, func(w jobs.WeekPart) bool { return oneOf(q.Days, w.Day) && oneOf(q.Parts, w.Part) })
}

// counts counts each value of each facet among the gigs that fit but for what
// the query says of that facet.
func (o oracle) counts(q jobs.Query) jobs.FacetCounts {
	counts := jobs.FacetCounts{}
	for _, facet := range jobs.Facets() {
		counts[facet] = map[string]int{}
		without := q.Without(facet)
		for _, d := range o {
			if !fits(d, without) {
				continue
			}
			for _, value := range values(d, facet, without) {
				counts[facet][value]++
			}
		}
	}
	return counts
}

// values are a gig's values of the facet: days only of shifts in the wanted
// parts, and parts only of those on the wanted days.
func values(d *looked, f jobs.Facet, q jobs.Query) (all []string) {
	switch f {
	case jobs.GroupFacet:
		return d.groups
	case jobs.LoadFacet:
		return []string{string(d.Load)}
	case jobs.DayFacet, jobs.PartFacet:
		return weekValues(d, f, q)
	case jobs.PayFacet:
		for _, least := range d.PayBands() {
			all = append(all, strconv.FormatInt(int64(least), 10))
		}
		return all
	case jobs.SupportFacet:
		return truth(d.SupportOnSite)
	case jobs.OthersFacet:
		return truth(d.WithOthers)
	case jobs.RemoteFacet:
		return truth(d.Remote)
	case jobs.PlaceFacet:
		if d.Remote {
			return nil
		}
		return []string{d.PlaceCode}
	}
	panic("a facet that the oracle does not know: " + f)
}

func weekValues(d *looked, f jobs.Facet, q jobs.Query) (all []string) {
	for _, w := range d.weekParts {
		value := string(w.Part)
		if f == jobs.DayFacet {
			value = dayValue(w.Day)
		}
		if oneOf(q.Days, w.Day) && oneOf(q.Parts, w.Part) && !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}

func dayValue(day time.Weekday) string { return strconv.Itoa(int(day)) }

func truth(yes bool) []string {
	if yes {
		return []string{"true"}
	}
	return nil
}
