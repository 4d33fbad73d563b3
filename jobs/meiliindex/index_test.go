package meiliindex_test

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

func open(t *testing.T, config meiliindex.Config) *meiliindex.Index {
	t.Helper()
	index, err := meiliindex.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// ticking is a clock that is a second further each time.
func ticking() func() time.Time {
	var seconds atomic.Int64
	return func() time.Time { return time.Unix(1_800_000_000+seconds.Add(1), 0) }
}

func (f *fake) config() meiliindex.Config {
	return meiliindex.Config{URL: f.URL, Key: fakeKey, Now: ticking()}
}

func TestFake(t *testing.T) {
	indextest.Run(t, func(t *testing.T) jobs.Index { return open(t, newFake(t).config()) })
}

// TestReal leaves its indexes, named test-…, on the server.
func TestReal(t *testing.T) {
	url := os.Getenv("MEILI_URL")
	if url == "" || url == "none" {
		t.Skip("MEILI_URL names no server")
	}
	indextest.Run(t, func(t *testing.T) jobs.Index {
		return open(t, meiliindex.Config{URL: url, Key: os.Getenv("MEILI_KEY"), Name: "test-" + rand.Text(), Now: ticking()})
	})
}

func ramen() []jobs.Document {
	return []jobs.Document{{Gig: indextest.GigID(1), Cooperative: indextest.Cooperative(1), Title: "Ramen lappen"}}
}

func find(index *meiliindex.Index) (jobs.Hits, error) {
	return index.Search(context.Background(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: "ramen"})
}

func TestOpenAgainKeepsTheGigs(t *testing.T) {
	f := newFake(t)
	if err := open(t, f.config()).Replace(context.Background(), ramen()); err != nil {
		t.Fatal(err)
	}
	again := open(t, f.config())
	if hits, err := find(again); err != nil || hits.Total != 1 {
		t.Errorf("found %d, %v; want 1", hits.Total, err)
	}
	if filled, err := again.Filled(context.Background()); err != nil || !filled {
		t.Errorf("Filled is %v, %v", filled, err)
	}
}

func TestWrongKey(t *testing.T) {
	config := newFake(t).config()
	config.Key = "another"
	if _, err := meiliindex.Open(context.Background(), config); err == nil {
		t.Error("a wrong key gave no error")
	}
}

// fails checks that nothing hangs and everything says that it failed.
func fails(t *testing.T, index *meiliindex.Index) {
	t.Helper()
	ctx := context.Background()
	if _, err := find(index); err == nil {
		t.Error("Search gave no error")
	}
	if _, err := index.Filled(ctx); err == nil {
		t.Error("Filled gave no error")
	}
	for name, err := range map[string]error{"Put": index.Put(ctx, ramen()), "Replace": index.Replace(ctx, ramen()),
		"Remove": index.Remove(ctx, []jobs.GigID{indextest.GigID(1)})} {
		if err == nil {
			t.Errorf("%s gave no error", name)
		}
	}
}

func TestDown(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.Close() // from here on: connection refused
	fails(t, index)
	if _, err := meiliindex.Open(context.Background(), f.config()); err == nil {
		t.Error("Open gave no error")
	}
}

func TestSlow(t *testing.T) {
	f := newFake(t)
	config := f.config()
	config.Timeout = 100 * time.Millisecond
	index := open(t, config)
	f.set(func() { f.slow = true })
	fails(t, index)
	f.set(func() { f.slow = false })
	if _, err := find(index); err != nil {
		t.Errorf("back again, Search says %v", err)
	}
}

// TestFailedTask: what the server took on and could not do is an error too, with
// its code.
func TestFailedTask(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() {
		f.failing = refuse(0, "invalid_document_fields", "The document `Ramen lappen` is wrong.\n1:5 Ramen")
	})
	for name, err := range map[string]error{"Put": index.Put(t.Context(), ramen()), "Replace": index.Replace(t.Context(), ramen())} {
		if err == nil || !strings.Contains(err.Error(), "invalid_document_fields: The document … is wrong.") || strings.Contains(err.Error(), "Ramen") {
			t.Errorf("%s says %v", name, err)
		}
	}
	if filled, err := index.Filled(t.Context()); err != nil || filled {
		t.Errorf("Filled is %v, %v", filled, err)
	}
}

// TestStale: while the server does nothing, a search gives what it had, and Put
// does not say that it is done.
func TestStale(t *testing.T) {
	f := newFake(t)
	config := f.config()
	config.Wait = 100 * time.Millisecond
	index := open(t, config)
	f.set(func() { f.stale = true })
	if err := index.Put(context.Background(), ramen()); err == nil {
		t.Error("Put says that it is done")
	}
	if hits, err := find(index); err != nil || hits.Total != 0 {
		t.Errorf("found %d, %v", hits.Total, err)
	}
	f.set(func() { f.stale = false })
	if err := index.Put(context.Background(), ramen()); err != nil {
		t.Fatal(err)
	}
	if hits, err := find(index); err != nil || hits.Total != 1 {
		t.Errorf("caught up, found %d, %v", hits.Total, err)
	}
}
