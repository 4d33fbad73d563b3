package meiliindex_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

type fakeSearch struct {
	Q, Filter, MatchingStrategy string
	Sort, AttributesToRetrieve  []string
	Page, HitsPerPage           int
}

// found is a document and how good it is: lower is better.
type found struct {
	doc              fakeDoc
	typos, attribute int
}

func (f *fake) search(r *http.Request, body *json.Decoder) (int, any) {
	var asked fakeSearch
	if err := body.Decode(&asked); err != nil {
		return 0, &fakeError{400, "bad_request", err.Error()}
	}
	index := f.indexes[r.PathValue("uid")]
	if index == nil {
		return 0, &fakeError{404, "index_not_found", "no such index"}
	}
	all, err := index.find(asked)
	if err != nil {
		return 0, &fakeError{400, "invalid_search", err.Error()}
	}
	total := min(len(all), index.settings.Pagination.MaxTotalHits)
	from := min((asked.Page-1)*asked.HitsPerPage, total)
	hits := []fakeDoc{}
	for _, one := range all[from:min(from+asked.HitsPerPage, total)] {
		hits = append(hits, index.shown(one.doc, asked.AttributesToRetrieve))
	}
	return 200, map[string]any{"hits": hits, "totalHits": total, "page": asked.Page, "hitsPerPage": asked.HitsPerPage}
}

func (x *fakeIndex) find(asked fakeSearch) ([]found, error) {
	if asked.MatchingStrategy != "all" || asked.Page < 1 || !slices.Equal(asked.Sort, []string{"first:asc", "id:asc"}) ||
		!slices.Contains(x.settings.Sortable, "first") || !slices.Contains(x.settings.Sortable, "id") {
		return nil, fmt.Errorf("the fake does not know how to search for %+v", asked)
	}
	fits, err := parseFilter(asked.Filter, x.settings.Filterable)
	if err != nil {
		return nil, err
	}
	var all []found
	for _, doc := range x.docs {
		if one, ok := x.match(doc, strings.Fields(asked.Q)); ok && fits(doc) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, compareFound)
	return all, nil
}

func compareFound(a, b found) int {
	first := func(f found) float64 { n, _ := f.doc["first"].(float64); return n }
	return cmp.Or(cmp.Compare(a.typos, b.typos), cmp.Compare(a.attribute, b.attribute),
		cmp.Compare(first(a), first(b)), cmp.Compare(fmt.Sprint(a.doc["id"]), fmt.Sprint(b.doc["id"])))
}

// match wants every word, at most ten as the server does.
func (x *fakeIndex) match(doc fakeDoc, words []string) (found, bool) {
	one := found{doc: doc}
	for i, word := range words[:min(10, len(words))] {
		typos, attribute, ok := x.best(doc, word, i == len(words)-1)
		if !ok {
			return one, false
		}
		one.typos, one.attribute = one.typos+typos, one.attribute+attribute
	}
	return one, true
}

// best is where the word matches best, and with how many typos.
func (x *fakeIndex) best(doc fakeDoc, word string, last bool) (typos, attribute int, ok bool) {
	typos = 3
	for i, name := range x.settings.Searchable {
		text, _ := doc[name].(string)
		for _, have := range strings.Fields(strings.ToLower(text)) {
			n := distance(word, have)
			if last && strings.HasPrefix(have, word) {
				n = 0
			}
			if n < typos && n <= x.allowed(word) {
				typos, attribute, ok = n, i, true
			}
		}
	}
	return typos, attribute, ok
}

// allowed is how many typos a word of this length may have.
func (x *fakeIndex) allowed(word string) int {
	switch size, letters := x.settings.Typo.MinWordSize, len([]rune(word)); {
	case letters >= size.TwoTypos:
		return 2
	case letters >= size.OneTypo:
		return 1
	}
	return 0
}

// distance counts letters changed, missing, too many or swapped; a wrong first
// letter counts twice. It gives up at 3.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > 2 || len(t)-len(s) > 2 {
		return 3
	}
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		for j := range d[i] {
			d[i][j] = edits(d, s, t, i, j)
		}
	}
	if n := d[len(s)][len(t)]; len(s) == 0 || len(t) == 0 || s[0] == t[0] {
		return n
	} else {
		return n + 1
	}
}

func edits(d [][]int, s, t []rune, i, j int) int {
	if i == 0 || j == 0 {
		return i + j
	}
	change := 1
	if s[i-1] == t[j-1] {
		change = 0
	}
	n := min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
	if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
		n = min(n, d[i-2][j-2]+1)
	}
	return n
}

// shown is what may leave the server of a document.
func (x *fakeIndex) shown(doc fakeDoc, wanted []string) fakeDoc {
	shown := fakeDoc{}
	for _, name := range wanted {
		if slices.Contains(x.settings.Displayed, name) {
			shown[name] = doc[name]
		}
	}
	return shown
}
