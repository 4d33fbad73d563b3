package indextest

import (
	"context"
	"testing"

	"meent/jobs"
)

func putAgain(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	put(t, x, gig(1, "Piano stemmen", load(jobs.Heavy)))
	finds(t, x, jobs.Query{Text: "ramen"})
	finds(t, x, jobs.Query{Text: "piano"}, 1)
	finds(t, x, jobs.Query{Skills: []string{"window-cleaning"}})
	finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Heavy}}, 1, 4, 6)
	put(t, x, town()...)
	put(t, x, town()...)
	finds(t, x, jobs.Query{}, 1, 2, 3, 4, 5, 6)
	put(t, x) // nothing
}

func remove(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	for range 2 { // the second time they are gone already
		if err := x.Remove(context.Background(), []jobs.GigID{GigID(1), GigID(4), GigID(77)}); err != nil {
			t.Fatal(err)
		}
		finds(t, x, jobs.Query{}, 2, 3, 5, 6)
		finds(t, x, jobs.Query{Text: "ramen"})
	}
	if err := x.Remove(context.Background(), nil); err != nil {
		t.Error(err)
	}
}

func replace(t *testing.T, x jobs.Index) {
	filled(t, x, false)
	put(t, x, town()...)
	filled(t, x, false)
	if err := x.Replace(context.Background(), []jobs.Document{gig(2, "Piano stemmen"), gig(9, "Ramen wassen")}); err != nil {
		t.Fatal(err)
	}
	filled(t, x, true)
	finds(t, x, jobs.Query{}, 2, 9)
	finds(t, x, jobs.Query{Text: "ramen"}, 9)
	put(t, x, gig(3, "Honden uitlaten"))
	finds(t, x, jobs.Query{}, 2, 3, 9)
	if err := x.Replace(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	finds(t, x, jobs.Query{})
	filled(t, x, true)
}

func filled(t *testing.T, x jobs.Index, want bool) {
	t.Helper()
	if got, err := x.Filled(context.Background()); err != nil || got != want {
		t.Errorf("Filled is %v, %v; want %v", got, err, want)
	}
}

func nothing(t *testing.T, x jobs.Index) {
	finds(t, x, jobs.Query{})
	finds(t, x, jobs.Query{Text: "ramen", Skills: []string{"gardening"}, Near: arnhem(), Metres: 100})
}
