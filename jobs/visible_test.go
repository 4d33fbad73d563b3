package jobs_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
	"meent/jobs"
)

// TestFoundWithinHalfASecond of the commit, with a worker as it runs, and nothing
// else to do: it fails when more than one gig in ten is found later, and those, of a
// machine that stalls, are only told.
func TestFoundWithinHalfASecond(t *testing.T) {
	h := newHouse(t)
	index := h.index(t)
	h.runs(t, index)
	var took []time.Duration
	for n := range 20 {
		word := strings.Repeat(string(rune('a'+n)), 8) // unlike all others
		h.titled("Ramen lappen "+word, n)
		took = append(took, findable(t, index, jobs.Query{Cooperative: h.coordinator.Cooperative, Text: word}))
	}
	slices.Sort(took)
	t.Logf("half within %v, all within %v", took[len(took)/2], took[len(took)-1])
	if took[len(took)*9/10] > 500*time.Millisecond {
		t.Error("too many gigs are found later")
	}
}

// runs starts a worker, which follows the gigs until the test ends.
func (h *house) runs(t *testing.T, index jobs.Index) {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	m := tasks.NewMux()
	tasks.Handle(m, h.FollowGigs(index), tasks.Attempts(40))
	w, err := tasks.NewWorker(h.queue, client, m)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		client.Close()
	})
}

// findable is how long it took until a search finds something.
func findable(t *testing.T, index jobs.Index, q jobs.Query) time.Duration {
	t.Helper()
	begin := time.Now()
	for time.Since(begin) < 20*time.Second {
		hits, err := index.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if hits.Total > 0 {
			return time.Since(begin)
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatal("not found within 20 s")
	return 0
}
