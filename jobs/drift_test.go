package jobs_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/jobs/bleveindex"
)

// check does the task, and the second look that it may ask for.
func (h *house) check(t *testing.T, index jobs.Index) jobs.IndexChecked {
	t.Helper()
	h.checkOnce(t, index, jobs.IndexCheck{})
	rows, _ := h.db.Query(t.Context(), `DELETE FROM tasks.task WHERE kind = 'jobs.index_check' RETURNING payload`)
	again, err := pgx.CollectRows(rows, pgx.RowTo[jobs.IndexCheck])
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range again {
		h.checkOnce(t, index, task)
	}
	last, err := h.LastIndexCheck(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return last
}

func (h *house) checkOnce(t *testing.T, index jobs.Index, task jobs.IndexCheck) {
	t.Helper()
	finish, err := h.ChecksIndex(index)(t.Context(), "", task)
	if err != nil {
		t.Fatal(err)
	}
	if finish != nil {
		h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
	}
}

func checked(h *house, held, missing, surplus, stale int, repaired int64) jobs.IndexChecked {
	return jobs.IndexChecked{At: h.now, Held: held, Missing: missing, Surplus: surplus, Stale: stale, Repaired: repaired}
}

// TestIndexCheck finds what lacks, what should not be there and what is old, puts
// it right, and finds nothing after that.
func TestIndexCheck(t *testing.T) {
	h := newHouse(t)
	h.now = h.now.UTC()
	lost, old, kept, closed := h.titled("Ramen een", 0), h.titled("Ramen twee", 4), h.titled("Ramen drie", 8), h.titled("Ramen vier", 12)
	index := h.index(t)
	if got := h.check(t, index); !same(got, checked(h, 4, 0, 0, 0, 0)) {
		t.Errorf("a sound index: %+v", got)
	}
	if err := index.Remove(t.Context(), []jobs.GigID{lost}); err != nil {
		t.Fatal(err)
	}
	h.exec(`UPDATE jobs.gig SET title = 'Tegels leggen' WHERE id = $1`, old)
	h.exec(`UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, closed)
	if got := h.check(t, index); !same(got, checked(h, 3, 1, 1, 1, 3)) {
		t.Errorf("a wrong index: %+v", got)
	}
	if got := h.check(t, index); !same(got, checked(h, 3, 0, 0, 0, 3)) {
		t.Errorf("once more: %+v", got)
	}
	hits, err := index.Search(t.Context(), jobs.Query{Cooperative: h.coordinator.Cooperative})
	if err != nil || !slices.Equal(hits.Gigs, []jobs.GigID{lost, old, kept}) {
		t.Errorf("the index holds %v, %v", hits.Gigs, err)
	}
}

func same(a, b jobs.IndexChecked) bool {
	ok := a.At.Equal(b.At)
	a.At, b.At = time.Time{}, time.Time{}
	return ok && a == b
}

// TestIndexCheckWaitsForWhatIsOnItsWay: a gig that the index has by the second
// look was never wrong.
func TestIndexCheckWaitsForWhatIsOnItsWay(t *testing.T) {
	h := newHouse(t)
	index := h.index(t)
	h.titled("Ramen lappen", 0)
	h.checkOnce(t, index, jobs.IndexCheck{})
	if last, err := h.LastIndexCheck(t.Context()); err != nil || !last.At.IsZero() {
		t.Errorf("at the first look: %+v, %v", last, err)
	}
	h.follow(t, index)
	if last := h.check(t, index); last.Repaired != 0 || last.Held != 1 {
		t.Errorf("at the second: %+v", last)
	}
}

// TestIndexCheckFillsAnEmptiedIndex at once where it was filled before, and lets one
// that is new be filled, by one.
func TestIndexCheckFillsAnEmptiedIndex(t *testing.T) {
	h := newHouse(t)
	h.post(h.client, h.gig())
	h.many(t, 210)
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	h.checkOnce(t, index, jobs.IndexCheck{})
	h.holds(t, index, 0)
	if n := h.tasksOf("jobs.index_asked"); n != 1 {
		t.Errorf("it is asked to be filled %d times", n)
	}
	if err := index.Replace(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	h.checkOnce(t, index, jobs.IndexCheck{})
	h.holds(t, index, 210)
	h.checkOnce(t, nil, jobs.IndexCheck{})
	if n := h.tasksOf("jobs.index_asked"); n != 1 {
		t.Errorf("one that is filled is asked to be filled: %d", n)
	}
}

// TestRebuildLeavesNoGap: whoever searches meanwhile finds what is there before
// and after.
func TestRebuildLeavesNoGap(t *testing.T) {
	h := newHouse(t)
	gig := h.titled("Zeppelin poetsen", 0)
	h.many(t, 300)
	index := h.index(t)
	over, cancel := context.WithCancel(t.Context())
	built := make(chan error, 1)
	go func() {
		defer cancel()
		for range 3 {
			if err := h.RebuildIndex(context.WithoutCancel(over), index); err != nil {
				built <- err
				return
			}
		}
		built <- nil
	}()
	searches := 0
	for ; over.Err() == nil; searches++ {
		hits, err := index.Search(t.Context(), jobs.Query{Cooperative: h.coordinator.Cooperative, Text: "zeppelin"})
		if err != nil || !slices.Equal(hits.Gigs, []jobs.GigID{gig}) {
			t.Errorf("search %d found %v, %v", searches, hits.Gigs, err)
			break
		}
	}
	if err := <-built; err != nil || searches < 3 {
		t.Errorf("%d searches, %v", searches, err)
	}
}

// TestRebuildSeesWhatMovesMeanwhile: a gig that is posted, changed or closed while
// the index is filled is in it afterwards as it is by then.
func TestRebuildSeesWhatMovesMeanwhile(t *testing.T) {
	h := newHouse(t)
	closed, changed := h.titled("Ramen een", 0), h.titled("Ramen twee", 4)
	var posted jobs.GigID
	index := meanwhile{h.index(t), func() {
		posted = h.titled("Ramen drie", 8)
		h.exec(`UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, closed)
		h.exec(`UPDATE jobs.gig SET title = 'Tegels leggen' WHERE id = $1`, changed)
	}}
	if err := h.RebuildIndex(t.Context(), index); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]jobs.GigID{"": {changed, posted}, "tegels": {changed}} {
		hits, err := index.Search(t.Context(), jobs.Query{Cooperative: h.coordinator.Cooperative, Text: text})
		if err != nil || !slices.Equal(hits.Gigs, want) {
			t.Errorf("%q finds %v, %v; want %v", text, hits.Gigs, err, want)
		}
	}
}

// meanwhile does something after a Replace has begun.
type meanwhile struct {
	*bleveindex.Index
	then func()
}

func (m meanwhile) Replace(ctx context.Context, docs []jobs.Document) error {
	m.then()
	return m.Index.Replace(ctx, docs)
}

// TestIndexCheckFollowsWhatMoves: a gig that is open again while it is taken out is in
// the index afterwards.
func TestIndexCheckFollowsWhatMoves(t *testing.T) {
	h := newHouse(t)
	gig, other := h.titled("Ramen een", 0), h.titled("Ramen twee", 4)
	index := h.index(t)
	h.exec(`UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, gig)
	reopens := reopening{index, func() { h.exec(`UPDATE jobs.gig SET state = 'open' WHERE id = $1`, gig) }}
	h.check(t, reopens)
	hits, err := index.Search(t.Context(), jobs.Query{Cooperative: h.coordinator.Cooperative})
	if err != nil || !slices.Equal(hits.Gigs, []jobs.GigID{gig, other}) {
		t.Errorf("the index holds %v, %v", hits.Gigs, err)
	}
}

// reopening does something before gigs are taken out.
type reopening struct {
	*bleveindex.Index
	first func()
}

func (r reopening) Remove(ctx context.Context, gigs []jobs.GigID) error {
	if len(gigs) > 0 {
		r.first()
	}
	return r.Index.Remove(ctx, gigs)
}
