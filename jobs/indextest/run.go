// Package indextest holds the tests that every browse index passes.
package indextest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"meent/jobs"
)

// Option changes what Run asks of an index.
type Option func(*options)

type options struct {
	many int
}

// Many is how many gigs the big index has, for a fake that is slow, or for a
// second way to open an index that has passed with all of them: 10,000.
func Many(gigs int) Option { return func(o *options) { o.many = gigs } }

// Run runs the suite, beside each other what is small; open gives an empty index,
// and closes it at the end of the test that it is given. It is called by one at
// a time.
func Run(t *testing.T, open func(t *testing.T) jobs.Index, some ...Option) {
	o := options{many: 10_000}
	for _, option := range some {
		option(&o)
	}
	tests := map[string]func(*testing.T, jobs.Index){
		"text": text, "typing": typing, "compounds": compounds, "facts": facts, "choices": choices, "place": place, "dates": dates,
		"wall": wall, "facets behind the wall": facetsBehindTheWall, "put again": putAgain, "remove": remove, "replace": replace,
		"paging": paging, "paging with choices": pagingWithChoices, "order": order, "ranked": ranked, "nearest": nearest, "odd input": oddInput, "quotes": quotes,
		"nothing": nothing, "many at once": manyAtOnce, "digests": digests, "facets": facets, "facets of words": facetsOfWords, "facets follow": facetsFollow,
		"relevance": relevance,
	}
	t.Run("ten thousand", func(t *testing.T) { tenThousand(t, open(t), o.many, mistyped()) })
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			x := open(t)
			t.Parallel() // most of the time an index waits for its disk or its server
			test(t, x)
		})
	}
}

func put(t *testing.T, x jobs.Index, docs ...jobs.Document) {
	t.Helper()
	if err := x.Put(context.Background(), docs); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

func search(t *testing.T, x jobs.Index, q jobs.Query) jobs.Hits {
	t.Helper()
	if q.Cooperative.IsZero() {
		q.Cooperative = Cooperative(1)
	}
	hits, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return hits
}

// finds checks that exactly these gigs fit, in this order.
func finds(t *testing.T, x jobs.Index, q jobs.Query, want ...int) {
	t.Helper()
	same(t, q, search(t, x, q), want)
}

// findsSome is finds in any order.
func findsSome(t *testing.T, x jobs.Index, q jobs.Query, want ...int) {
	t.Helper()
	hits := search(t, x, q)
	slices.SortFunc(hits.Gigs, func(a, b jobs.GigID) int { return bytes.Compare(a[:], b[:]) })
	same(t, q, hits, want)
}

func same(t *testing.T, q jobs.Query, hits jobs.Hits, want []int) {
	t.Helper()
	ids := make([]jobs.GigID, len(want))
	for i, n := range want {
		ids[i] = GigID(n)
	}
	if !slices.Equal(hits.Gigs, ids) || hits.Total != len(ids) {
		t.Errorf("%+v found %d: %v, want %v", q, hits.Total, hits.Gigs, ids)
	}
}
