package jobs_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// TestWider: what Browse finds with less, by the index, by Postgres, and by Postgres
// where the index is down; Postgres is asked once for the list and all its ways out.
func TestWider(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Title, n.Load, n.SupportOnSite = "Ramen lappen", jobs.Light, true
	h.post(h.client, n)
	h.titled("Ramen zemen", 2)
	empty := jobs.Wish{Text: "zemen", Loads: []jobs.Load{jobs.Light}, Support: true, LeastPay: 2500}
	less := []jobs.Wish{{Text: "zemen"}, {Text: "ramen"}, {Loads: empty.Loads, Support: true}, {Text: "zeppelin"}, {Metres: 5000}, {Only: []jobs.GigID{}}, {}}
	for name, index := range map[string]jobs.Index{"the index": h.index(t), "postgres": nil, "an index that is down": slowIndex{h.index(t)}} {
		for _, by := range []members.Actor{h.member, h.coordinator} {
			found := h.browse(t, index, by, empty)
			if found.Total != 0 {
				t.Fatalf("%s finds %d", name, found.Total)
			}
			var want []int
			for _, w := range less {
				want = append(want, h.browse(t, nil, by, w).Total)
			}
			got, err := h.Wider(t.Context(), index, by, found, less)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v, %v; want %v", name, got, err, want)
			}
		}
	}
}

// TestWiderAsksNoMore: where Postgres found that there is nothing, it has read all
// that the ways out need.
func TestWiderAsksNoMore(t *testing.T) {
	h := newHouse(t)
	h.titled("Ramen lappen", 0)
	found := h.browse(t, nil, h.member, jobs.Wish{Text: "ramen", Support: true, LeastPay: 2500})
	h.exec(`UPDATE jobs.gig SET state = 'paused' WHERE cooperative_id = $1`, h.client.Cooperative)
	if got, err := h.Wider(t.Context(), nil, h.member, found, []jobs.Wish{{Text: "ramen"}, {LeastPay: 2500}}); err != nil || !slices.Equal(got, []int{1, 0}) {
		t.Errorf("%v, %v: it read the gigs again", got, err)
	}
}

// TestWiderWaitsOnce: however many ways out there are, and however slow the index.
func TestWiderWaitsOnce(t *testing.T) {
	h := newHouse(t)
	h.titled("Ramen lappen", 0)
	index := lateIndex{h.index(t), 60 * time.Millisecond, new(atomic.Int32)}
	ways := slices.Repeat([]jobs.Wish{{Text: "ramen"}}, 20)
	began := time.Now()
	got, err := h.Wider(t.Context(), index, h.member, jobs.Found{}, ways)
	if took := time.Since(began); err != nil || len(got) > 3 || took > 800*time.Millisecond { // each alone would take 1.2 seconds
		t.Errorf("%v, %v after %v", got, err, took)
	}
	if n := index.counted.Load(); n > 0 {
		t.Errorf("%d of them counted facets", n)
	}
}

// lateIndex answers after so long, and counts who wants counts.
type lateIndex struct {
	jobs.Index
	after   time.Duration
	counted *atomic.Int32
}

func (l lateIndex) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	if q.Count {
		l.counted.Add(1)
	}
	select {
	case <-ctx.Done():
		return jobs.Hits{}, ctx.Err()
	case <-time.After(l.after):
		return l.Index.Search(ctx, q)
	}
}
