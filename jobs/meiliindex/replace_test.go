package meiliindex_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

// when does something once, at the first such request.
func when(request string, do func()) func(string) (int, any) {
	done := false
	return func(asked string) (int, any) {
		if !done && strings.HasPrefix(asked, request) {
			done = true
			do()
		}
		return 0, nil
	}
}

// TestReplaceHasNoGap: until the swap the old gigs are found, and afterwards
// the new ones; nothing else.
func TestReplaceHasNoGap(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		index := open(t, config)
		put(t, index, titled(1, "Ramen lappen"), titled(2, "Ramen zemen"))
		ctx, stop := context.WithCancel(t.Context())
		seen := make(chan map[int]bool)
		go func() {
			totals := map[int]bool{}
			for ctx.Err() == nil {
				hits, err := find(index)
				if err != nil {
					t.Error(err)
				}
				totals[hits.Total] = true
			}
			seen <- totals
		}()
		var docs []jobs.Document
		for n := range 2_500 { // three batches
			docs = append(docs, titled(n+10, "Ramen wassen"))
		}
		err := index.Replace(t.Context(), docs)
		stop()
		for total := range <-seen {
			if total != 2 && total != 2_500 {
				t.Errorf("a search found %d", total)
			}
		}
		if hits, _ := find(index); err != nil || hits.Total != 2_500 {
			t.Errorf("found %d, %v", hits.Total, err)
		}
	})
}

func (f *fake) names() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.indexes))
}

// TestReplaceLeavesOneIndex: the old one goes, and what earlier ones left behind.
func TestReplaceLeavesOneIndex(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	for range 2 {
		if err := index.Replace(t.Context(), ramen()); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.names(); !slices.Equal(got, []string{"gigs_v4"}) {
		t.Errorf("there are %v", got)
	}
}

// TestReplaceMissesNothing: what is put and removed while the new index is
// filled is in it, whatever the list that it was filled with says.
func TestReplaceMissesNothing(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	put(t, index, titled(1, "Ramen lappen"), titled(2, "Ramen zemen"))
	f.set(func() {
		f.wrong = when("POST /indexes/gigs_v4_next", func() {
			done := make(chan struct{})
			go func() {
				defer close(done)
				put(t, index, titled(1, "Piano stemmen"), titled(3, "Ramen wassen"))
				if err := index.Remove(t.Context(), []jobs.GigID{indextest.GigID(2)}); err != nil {
					t.Error(err)
				}
			}()
			f.mu.Unlock() // so that the fake answers
			<-done
			f.mu.Lock()
		})
	})
	if err := index.Replace(t.Context(), []jobs.Document{titled(1, "Ramen lappen"), titled(2, "Ramen zemen")}); err != nil {
		t.Fatal(err)
	}
	finds(t, index, jobs.Query{}, 1, 3)
	finds(t, index, jobs.Query{Text: "piano"}, 1)
}

// TestReplaceCutShort: the old index serves on, and a later Replace takes away
// what lies about: not what somebody may still work at.
func TestReplaceCutShort(t *testing.T) {
	for name, at := range map[string]string{"filling": "POST /indexes/gigs_v4_next", "swapping": "POST /swap-indexes"} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			now := time.Now()
			config := f.config()
			config.Now = func() time.Time { return now }
			index := open(t, config)
			if err := index.Replace(t.Context(), ramen()); err != nil {
				t.Fatal(err)
			}
			f.set(func() {
				f.wrong = func(asked string) (int, any) {
					if strings.HasPrefix(asked, at) || strings.HasPrefix(asked, "DELETE") {
						return 500, "down"
					}
					return 0, nil
				}
			})
			if err := index.Replace(t.Context(), []jobs.Document{titled(2, "Ramen zemen")}); err == nil {
				t.Error("Replace says that it is done")
			}
			finds(t, index, jobs.Query{}, 1)
			if filled, err := index.Filled(t.Context()); err != nil || !filled {
				t.Errorf("Filled is %v, %v", filled, err)
			}
			f.set(func() { f.wrong = nil })
			for _, step := range []struct {
				later time.Duration
				want  int
			}{{time.Minute, 2}, {2 * time.Hour, 1}} {
				now = now.Add(step.later)
				if err := index.Replace(t.Context(), ramen()); err != nil || len(f.names()) != step.want {
					t.Errorf("%v later there are %v, %v", step.later, f.names(), err)
				}
			}
		})
	}
}

// TestReplaceGivenUp: also one whose caller gave up takes away what it began.
func TestReplaceGivenUp(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	ctx, giveUp := context.WithCancel(t.Context())
	f.set(func() { f.wrong = when("POST /indexes/gigs_v4_next", giveUp) })
	if err := index.Replace(ctx, ramen()); err == nil {
		t.Error("Replace says that it is done")
	}
	if got := f.names(); !slices.Equal(got, []string{"gigs_v4"}) {
		t.Errorf("there are %v", got)
	}
}

// TestReplaceCounts: a server that says it has done all and has not does not
// get to serve.
func TestReplaceCounts(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	put(t, index, ramen()...)
	f.set(func() {
		f.wrong = func(asked string) (int, any) {
			if strings.HasSuffix(asked, "/documents/fetch") {
				return 200, `{"results":[],"total":1}`
			}
			return 0, nil
		}
	})
	if err := index.Replace(t.Context(), []jobs.Document{titled(2, "Ramen zemen")}); err == nil {
		t.Error("Replace says that it is done")
	}
	finds(t, index, jobs.Query{}, 1)
}

// TestReplaceAfterTheServerWasEmptied: it sets up again what was lost, also the
// key for searches, and also when somebody has put a gig meanwhile.
func TestReplaceAfterTheServerWasEmptied(t *testing.T) {
	for _, meanwhile := range [][]jobs.Document{nil, {titled(3, "Piano stemmen")}} {
		f := newFake(t)
		index := open(t, f.config())
		if err := index.Replace(t.Context(), ramen()); err != nil {
			t.Fatal(err)
		}
		finds(t, index, jobs.Query{}, 1)
		f.set(func() { clear(f.indexes); clear(f.keys) })
		if _, err := find(index); err == nil {
			t.Error("Search found something")
		}
		if filled, err := index.Filled(t.Context()); err != nil || filled {
			t.Errorf("Filled is %v, %v", filled, err)
		}
		put(t, index, meanwhile...)
		if err := index.Replace(t.Context(), ramen()); err != nil {
			t.Fatal(err)
		}
		finds(t, index, jobs.Query{}, 1)
	}
}

// TestWhole: a new index, and one that was emptied, does not answer with the few
// gigs that were put since.
func TestWhole(t *testing.T) {
	f := newFake(t)
	config := f.config()
	config.Whole = true
	searches, works := meiliindex.New(config), open(t, config) // in two programs
	none := func() {
		t.Helper()
		if hits, err := find(searches); !errors.Is(err, meiliindex.ErrNotFilled) {
			t.Errorf("found %v, %v", hits, err)
		}
	}
	none()
	put(t, works, ramen()...)
	none()
	if err := works.Replace(t.Context(), ramen()); err != nil {
		t.Fatal(err)
	}
	finds(t, searches, jobs.Query{}, 1)
	f.set(func() { clear(f.indexes) })
	if _, err := find(searches); err == nil {
		t.Error("an index that is gone found something")
	}
	put(t, open(t, config), ramen()...)
	none()
}
