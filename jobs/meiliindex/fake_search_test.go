package meiliindex_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type fakeSearch struct {
	IndexUID             string
	Q                    string
	Filter               any
	MatchingStrategy     string
	Sort, Facets         []string
	AttributesToRetrieve []string
	Locales              []string
	Page, HitsPerPage    *int
	Hybrid               any
}

func (f *fake) multiSearch(c call) (int, any) {
	var raw json.RawMessage
	if err := c.read(&raw); err != nil {
		return 0, err
	}
	f.sent = string(raw)
	var asked struct{ Queries []fakeSearch }
	if err := (call{body: json.NewDecoder(strings.NewReader(f.sent))}).read(&asked); err != nil {
		return 0, err
	}
	results := []any{}
	for i, one := range asked.Queries {
		result, err := f.search(one, c.wall)
		if err != nil {
			err.Message = fmt.Sprintf("Inside `.queries[%d]`: %s", i, err.Message)
			return 0, err
		}
		results = append(results, result)
	}
	return 200, map[string]any{"results": results}
}

func (f *fake) search(asked fakeSearch, wall map[string]string) (any, *fakeError) {
	index := f.indexes[asked.IndexUID]
	rule, allowed := wall[asked.IndexUID]
	switch {
	case wall != nil && !allowed:
		return nil, refuse(403, "invalid_api_key", "not this index")
	case index == nil:
		return nil, refuse(404, "index_not_found", "no such index")
	case asked.MatchingStrategy != "all" || asked.Page == nil || *asked.Page < 1 || asked.HitsPerPage == nil || asked.Hybrid != nil:
		return nil, refuse(400, "bad_request", "the fake does not know how to search for that")
	}
	if err := knownLocales(asked.Locales); err != nil {
		return nil, err
	}
	all, err := index.find(asked, rule)
	if err != nil {
		return nil, err
	}
	return index.page(all, asked), nil
}

// page shows some of what was found, and counts over all of it.
func (x *fakeIndex) page(all []found, asked fakeSearch) any {
	size, total := *asked.HitsPerPage, min(len(all), x.settings.Pagination.MaxTotalHits)
	from := min((*asked.Page-1)*size, total)
	hits := []map[string]any{}
	for _, one := range all[from:min(from+size, total)] {
		hits = append(hits, x.shown(one.doc, asked.AttributesToRetrieve))
	}
	result := map[string]any{"indexUid": asked.IndexUID, "hits": hits, "query": asked.Q, "totalHits": total, "page": *asked.Page, "hitsPerPage": size}
	if len(asked.Facets) > 0 {
		result["facetDistribution"], result["facetStats"] = x.count(all, asked.Facets), map[string]any{}
	}
	return result
}

// count knows at most so many values of a field, in the order of the alphabet.
func (x *fakeIndex) count(all []found, facets []string) map[string]map[string]int {
	counts := map[string]map[string]int{}
	for _, facet := range facets {
		values := map[string]int{}
		for _, one := range all {
			for _, value := range one.doc.values(facet) {
				values[value]++
			}
		}
		for i, value := range slices.Sorted(maps.Keys(values)) {
			if i >= x.settings.Faceting.MaxValuesPerFacet {
				delete(values, value)
			}
		}
		counts[facet] = values
	}
	return counts
}

func (x *fakeIndex) find(asked fakeSearch, rule string) ([]found, *fakeError) {
	for _, facet := range asked.Facets {
		if !slices.Contains(x.settings.Filterable, facet) {
			return nil, refuse(400, "invalid_search_facets", facet)
		}
	}
	filters, err := parseFilters(asked.Filter, x.settings.Filterable)
	if err != nil {
		return nil, refuse(400, "invalid_search_filter", err.Error())
	}
	if rule != "" {
		behind, err := parseFilter(rule, x.settings.Filterable)
		if err != nil {
			return nil, refuse(400, "invalid_search_filter", err.Error())
		}
		filters = append(filters, behind)
	}
	order, bad := x.order(asked.Sort)
	if bad != nil {
		return nil, bad
	}
	m := &matcher{index: x, apart: map[[2]string]int{}}
	var all []found
	for _, doc := range x.docs {
		if slices.ContainsFunc(filters, func(f fits) bool { return !f(doc) }) {
			continue
		}
		if one, ok := m.match(doc, strings.Fields(asked.Q)); ok {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, order)
	return all, nil
}

// shown is what may leave the server of a document.
func (x *fakeIndex) shown(doc *fakeDoc, wanted []string) map[string]any {
	shown := map[string]any{}
	for _, name := range wanted {
		if slices.Contains(x.settings.Displayed, name) {
			shown[name] = doc.fields[name]
		}
	}
	return shown
}
