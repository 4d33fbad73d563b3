package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

const (
	indexing   = "documents put, until all are found"
	postgres   = "Postgres"
	openWord   = "Postgres, last word open" // as ours takes it, while somebody types
	meili      = "Meilisearch"
	noMeili    = "Meilisearch: skipped: MEILI_URL is not set, or none"
	eachQuery  = 150 // in a round of each kind
	eachOpen   = 50
	leastMeant = 90 // percent of the mistyped words by which their gig is found, at least
)

func (k queries) p50() string  { return k.name + ", p50" }
func (k queries) p99() string  { return k.name + ", p99" }
func (k queries) same() string { return k.name + ", as many as Postgres" }
func (k queries) gig() string  { return k.name + ", finds the gig that is meant" }

// runSearch measures the browse index inside the program beside Postgres' full
// text, and Meilisearch where there is one.
func runSearch(ctx context.Context, n int, progress io.Writer) (_ report, err error) {
	h, err := openHouse(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	fmt.Fprintf(progress, "writing %d gigs\n", n)
	c, err := newCorpus(n)
	if err != nil {
		return report{}, err
	}
	s := newSearching(c.docs, c.queries(eachQuery))
	figures, err := h.measure(ctx, s.trials(), progress)
	if err != nil {
		return report{}, err
	}
	figures = append(figures, s.shares()...)
	return report{Benchmark: "search", N: n, Figures: judge(group(figures), searchGoals(s.kinds)), Notes: s.notes()}, nil
}

func searchGoals(kinds []queries) []goal {
	goals := []goal{{indexing, atLeast, .25, postgres}}
	for _, k := range kinds {
		if k.most > 0 {
			goals = append(goals, goal{k.p50(), atMost, k.most, postgres}, goal{k.p99(), atMost, k.most, postgres})
		}
		if k.like {
			goals = append(goals, goal{k.gig(), atLeast, leastMeant, ""})
		}
	}
	return goals
}

func (s *searching) notes() []string {
	notes := []string{
		fmt.Sprintf("medians of %d rounds of %d queries of each kind, one after the other; %d gigs of one cooperative, made up from the program's own skills, places and texts with 20 000 words, the frequent far more often", rounds, eachQuery, len(s.docs)),
		"every side gives the first twenty, the best match first and then the soonest, and the exact number of all; with counts also how many there are of each value of nine facets, each without its own choice",
		"Postgres (fsync on): dutch tsvector with weights and GIN, ts_rank; columns with indexes for all else; a table of words with trigrams, whose eight closest stand in for a word that nobody has. COPY, then indexes, then ANALYZE; prepared statements, one session",
		fmt.Sprintf("Postgres is measured with whole words, which costs it less; as many: with the last word open, as Meent takes it, over %d queries", eachOpen),
		"a mistyped word is one of some gig's with another letter in its middle; that gig is meant, and all else that is found counts neither for nor against",
	}
	if meiliURL() == "" {
		notes = append(notes, noMeili)
	}
	return notes
}
