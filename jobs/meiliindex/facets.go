package meiliindex

import (
	"encoding/json"
	"slices"

	"meent/jobs"
)

// fieldOf is the field that the server counts for the facet.
func fieldOf(f jobs.Facet) string {
	switch f {
	case jobs.GroupFacet:
		return "groups"
	case jobs.DayFacet:
		return "day_parts"
	case jobs.PartFacet:
		return "part_days"
	default:
		return string(f)
	}
}

// counting is one search of several that are sent together: what it is asked,
// and which facets are read from its answer.
type counting struct {
	query  jobs.Query
	facets []jobs.Facet
}

func (c counting) fields() (names []string) {
	for _, f := range c.facets {
		names = append(names, fieldOf(f))
	}
	return names
}

// countings are the query itself with all facets that it does not limit, and
// one more for each that it does.
func countings(q jobs.Query) []counting {
	all := []counting{{query: q}}
	if !q.Count {
		return all
	}
	for _, f := range jobs.Facets() {
		if without := q.Without(f); slices.Equal(filters(without), filters(q)) {
			all[0].facets = append(all[0].facets, f)
		} else {
			all = append(all, counting{without, []jobs.Facet{f}})
		}
	}
	return all
}

// read adds the counts in the server's answer.
func (c counting) read(counts jobs.FacetCounts, answer json.RawMessage) (err error) {
	if len(c.facets) == 0 {
		return nil
	}
	var counted map[string]map[string]int
	if json.Unmarshal(answer, &counted) != nil {
		return errOdd
	}
	for _, f := range c.facets {
		if counts[f], err = c.values(f, counted[fieldOf(f)]); err != nil {
			return err
		}
	}
	return nil
}

// values turns what the server counts into what the facet counts.
func (c counting) values(f jobs.Facet, counted map[string]int) (map[string]int, error) {
	switch f {
	case jobs.DayFacet:
		return addUp(counted, partBits(orAll(c.query.Parts, jobs.DayParts)))
	case jobs.PartFacet:
		return addUp(counted, dayBits(orAll(c.query.Days, jobs.Weekdays)))
	}
	named := map[string]int{}
	for value, n := range counted {
		if value != "" && value != "false" && n > 0 {
			named[value] = n
		}
	}
	return named, nil
}

// noCounts is what there is of nothing.
func noCounts() jobs.FacetCounts {
	counts := jobs.FacetCounts{}
	for _, f := range jobs.Facets() {
		counts[f] = map[string]int{}
	}
	return counts
}
