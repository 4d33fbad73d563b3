package main

import (
	"maps"
	"slices"
	"testing"

	"meent/jobs"
)

// TestSearch: over a few gigs both sides find about the same, count it alike,
// and every figure is there.
func TestSearch(t *testing.T) {
	h := newHouse(t)
	c, err := newCorpus(2_000)
	if err != nil {
		t.Fatal(err)
	}
	s := newSearching(c.docs, c.queries(40))
	for _, one := range s.trials()[:2] {
		for i, value := range try(t, h, one) {
			if value <= 0 {
				t.Errorf("%s: no figure %d", one.peer, i)
			}
		}
	}
	for _, f := range s.shares() {
		if f.Peer == ours && f.Value < 80 {
			t.Errorf("%s: only %g %%", f.What, f.Value)
		}
	}
	sameAnswers(t, s)
	findsMeant(t, s)
}

// findsMeant holds the goal for mistyped words, and shows Postgres' share.
func findsMeant(t *testing.T, s *searching) {
	t.Helper()
	figures := judge(s.shares(), searchGoals(s.kinds))
	for _, k := range s.kinds {
		if !k.like {
			continue
		}
		mine, _ := find(figures, k.gig(), ours)
		theirs, ok := find(figures, k.gig(), postgres)
		t.Logf("%s: %g %%, Postgres %g %%", mine.What, mine.Value, theirs.Value)
		if mine.Verdict != passed || !ok {
			t.Errorf("%s: %s with %g %%, Postgres %g %%", k.gig(), mine.Verdict, mine.Value, theirs.Value)
		}
	}
}

// TestNoMeilisearch is measured where there is none, however that is said.
func TestNoMeilisearch(t *testing.T) {
	for said, trials := range map[string]int{"": 2, "none": 2, "http://localhost:7700": 3} {
		t.Setenv("MEILI_URL", said)
		s := newSearching(nil, nil)
		if got := s.trials(); len(got) != trials {
			t.Errorf("MEILI_URL=%s: %d peers, want %d", said, len(got), trials)
		}
		if got := slices.Contains(s.notes(), noMeili); got != (trials == 2) {
			t.Errorf("MEILI_URL=%s: it says that it was skipped: %v", said, got)
		}
	}
}

// sameAnswers compares pages and counts where both found as many.
func sameAnswers(t *testing.T, s *searching) {
	for _, k := range s.kinds {
		for i, theirs := range s.found[k.alike()+k.name] {
			if !k.like {
				compare(t, k.list[i], s.found[ours+k.name][i], theirs)
			}
		}
	}
}

// compare looks at all that is counted; pages may differ where the words' worth
// does.
func compare(t *testing.T, q jobs.Query, a, b jobs.Hits) {
	t.Helper()
	if a.Total != b.Total {
		return // the shares say of how many
	}
	for _, f := range jobs.Facets() {
		if q.Count && q.Text == "" && !maps.Equal(a.Counts[f], b.Counts[f]) {
			t.Errorf("%+v: %s counts %v, Postgres %v", q, f, a.Counts[f], b.Counts[f])
		}
	}
	if a.Total <= jobs.PageSize && !slices.Equal(sortedIDs(a), sortedIDs(b)) {
		t.Errorf("%q found other gigs than Postgres", q.Text)
	}
}

func sortedIDs(hits jobs.Hits) (ids []string) {
	for _, gig := range hits.Gigs {
		ids = append(ids, gig.String())
	}
	slices.Sort(ids)
	return ids
}
