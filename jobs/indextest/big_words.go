package indextest

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"meent/jobs"
)

// withWord: who types this finds every gig that has the word in its title, and no
// other: of all that is written in the big index nothing else begins like that, or is
// one letter from it.
func withWord(t *testing.T, x jobs.Index, plain oracle, typed, word string, random *rand.Rand) {
	t.Helper()
	with := plain.titled(word)
	for _, q := range []jobs.Query{
		{Cooperative: Cooperative(1), Sort: jobs.Soonest, Size: 100, Page: 2, Count: true},
		{Cooperative: Cooperative(2), Sort: jobs.Nearest, Near: towns()[2].at, Metres: 80_000, Loads: []jobs.Load{jobs.Light, jobs.Heavy}, Count: true},
		{Cooperative: Cooperative(3), Sort: jobs.Soonest, Groups: []string{pick(random, groups())}},
		{Cooperative: Cooperative(1), Days: []time.Weekday{time.Monday}, Only: plain.some(random, 50)},
	} {
		q.Text = typed
		agrees(t, x, with, q)
	}
	all := search(t, x, jobs.Query{Text: typed, Size: 100}) // the best first
	if n := len(with.fitting(jobs.Query{Cooperative: Cooperative(1)})); all.Total != n {
		t.Errorf("%q found %d, want %d", typed, all.Total, n)
	}
	for _, gig := range all.Gigs {
		if !slices.ContainsFunc(with, func(d *looked) bool { return d.Gig == gig }) {
			t.Errorf("%q found %v, which is not titled %q", typed, gig, word)
		}
	}
}

// titled are the gigs that have this word in their title.
func (o oracle) titled(word string) (with oracle) {
	for _, d := range o {
		if slices.Contains(jobs.Words(d.Title), word) {
			with = append(with, d)
		}
	}
	return with
}

func (o oracle) some(random *rand.Rand, many int) (gigs []jobs.GigID) {
	for range many {
		gigs = append(gigs, pick(random, o).Gig)
	}
	return gigs
}
