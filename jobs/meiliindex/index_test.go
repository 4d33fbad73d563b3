package meiliindex_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

func TestSuite(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		n, many := 0, []indextest.Option(nil)
		if config.Name == "" {
			many = append(many, indextest.Many(1_000)) // the fake is slow
		}
		indextest.Run(t, func(t *testing.T) jobs.Index {
			if config.Name == "" {
				return open(t, newFake(t).config())
			}
			own := config
			n++
			own.Name += "-" + string(rune('a'+n/26)) + string(rune('a'+n%26))
			return open(t, own)
		}, many...)
	})
}

func TestOpenAgainKeepsTheGigs(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		if err := open(t, config).Replace(t.Context(), ramen()); err != nil {
			t.Fatal(err)
		}
		again := open(t, config)
		finds(t, again, jobs.Query{Text: "ramen"}, 1)
		if filled, err := again.Filled(t.Context()); err != nil || !filled {
			t.Errorf("Filled is %v, %v", filled, err)
		}
	})
}

func TestWrongKey(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		config.Key = "another"
		if _, err := meiliindex.Open(t.Context(), config); !meiliindex.Refused(err) {
			t.Errorf("Open with a wrong key says %v", err)
		}
		if _, err := find(meiliindex.New(config)); !meiliindex.Refused(err) {
			t.Errorf("Search with a wrong key says %v", err)
		}
	})
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

// TestSlowKeepsNobodyWaiting: each search gives up when its own page does, also
// when many ask at once.
func TestSlowKeepsNobodyWaiting(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() { f.slow = true })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	ended := make(chan error)
	for range 20 {
		go func() {
			_, err := index.Search(ctx, jobs.Query{Cooperative: indextest.Cooperative(1)})
			ended <- err
		}()
	}
	begin := time.Now()
	for range 20 {
		if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Search says %v", err)
		}
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("20 searches of 50 ms took %v", took)
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
	if err := index.Put(context.Background(), ramen()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Put says %v", err)
	}
	if hits, err := find(index); err != nil || hits.Total != 0 {
		t.Errorf("found %d, %v", hits.Total, err)
	}
	f.set(func() { f.stale = false })
	put(t, index, ramen()...)
	if hits, err := find(index); err != nil || hits.Total != 1 {
		t.Errorf("caught up, found %d, %v", hits.Total, err)
	}
}
