// Package indextest holds the tests that every browse index passes.
package indextest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"meent/jobs"
)

// Run runs the suite; open gives an empty index, and closes it at the end of
// the test that it is given.
func Run(t *testing.T, open func(t *testing.T) jobs.Index) {
	for name, test := range map[string]func(*testing.T, jobs.Index){
		"text": text, "facts": facts, "place": place, "dates": dates, "wall": wall, "put again": putAgain,
		"remove": remove, "replace": replace, "paging": paging, "order": order, "odd input": oddInput, "quotes": quotes,
		"nothing": nothing, "many at once": manyAtOnce, "digests": digests,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
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
