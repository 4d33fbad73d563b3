package meiliindex_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"meent/members"
)

// found is a document and how good it is: lower is better.
type found struct {
	doc              *fakeDoc
	typos, attribute int
}

type comparing func(a, b found) int

// order goes by the ranking rules, one after the other. Proximity and exactness
// it leaves out.
func (x *fakeIndex) order(sort []string) (comparing, *fakeError) {
	var all []comparing
	for _, rule := range x.settings.RankingRules {
		switch rule {
		case "words", "proximity", "exactness":
		case "typo":
			all = append(all, func(a, b found) int { return cmp.Compare(a.typos, b.typos) })
		case "attributeRank":
			all = append(all, func(a, b found) int { return cmp.Compare(a.attribute, b.attribute) })
		case "sort":
			for _, by := range sort {
				one, err := x.sortBy(by)
				if err != nil {
					return nil, err
				}
				all = append(all, one)
			}
		default: // a field
			one, err := byField(rule)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
	return func(a, b found) int {
		for _, compare := range all {
			if n := compare(a, b); n != 0 {
				return n
			}
		}
		return 0
	}, nil
}

func (x *fakeIndex) sortBy(by string) (comparing, *fakeError) {
	var from members.Point
	n, _ := fmt.Sscanf(by, "_geoPoint(%f, %f):asc", &from.Lat, &from.Lon)
	field, _, _ := strings.Cut(by, ":")
	if n == 2 {
		field = "_geo"
	}
	if !slices.Contains(x.settings.Sortable, field) {
		return nil, refuse(400, "invalid_search_sort", by)
	}
	if n != 2 {
		return byField(by)
	}
	return func(a, b found) int {
		m, ok := a.doc.metres(from)
		n, okay := b.doc.metres(from)
		return cmp.Or(last(ok, okay), cmp.Compare(m, n))
	}, nil
}

func byField(by string) (comparing, *fakeError) {
	field, direction, _ := strings.Cut(by, ":")
	if direction != "asc" {
		return nil, refuse(400, "invalid_search_sort", by)
	}
	return func(a, b found) int {
		m, ok := a.doc.fields[field].(float64)
		n, okay := b.doc.fields[field].(float64)
		if ok && okay {
			return cmp.Compare(m, n)
		}
		return cmp.Or(last(ok, okay), cmp.Compare(fmt.Sprint(a.doc.fields[field]), fmt.Sprint(b.doc.fields[field])))
	}, nil
}

// last puts what has no value behind what has.
func last(a, b bool) int {
	if a == b {
		return 0
	} else if a {
		return -1
	}
	return 1
}
