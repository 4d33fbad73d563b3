package indextest

import (
	"context"
	"maps"
	"testing"

	"meent/jobs"
)

// digests: an index tells of each document, of every cooperative, what it was put
// as.
func digests(t *testing.T, x jobs.Index) {
	tells, ok := x.(jobs.Digester)
	if !ok {
		t.Fatal("the index does not tell what it holds")
	}
	want := map[jobs.GigID]string{}
	check := func() {
		t.Helper()
		got, err := tells.Digests(context.Background())
		if err != nil || !maps.Equal(got, want) {
			t.Fatalf("the index tells of %d gigs, %v; want %d", len(got), err, len(want))
		}
	}
	check()
	docs := town()
	for n := range 1200 { // more than are told at a time
		docs = append(docs, gig(100+n, "Ramen lappen", of(2)))
	}
	put(t, x, docs...)
	for _, d := range docs {
		want[d.Gig] = d.Digest()
	}
	check()
	put(t, x, gig(1, "Piano stemmen"))
	want[GigID(1)] = gig(1, "Piano stemmen").Digest()
	if err := x.Remove(context.Background(), []jobs.GigID{GigID(2)}); err != nil {
		t.Fatal(err)
	}
	delete(want, GigID(2))
	check()
	if err := x.Replace(context.Background(), docs[:2]); err != nil {
		t.Fatal(err)
	}
	want = map[jobs.GigID]string{docs[0].Gig: docs[0].Digest(), docs[1].Gig: docs[1].Digest()}
	check()
}
