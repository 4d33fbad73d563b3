package indextest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"meent/jobs"
)

// plainIndex is the oracle as an index, that knows words as they stand.
type plainIndex struct {
	mutex  sync.Mutex
	docs   []jobs.Document
	filled bool
}

func (p *plainIndex) Put(_ context.Context, docs []jobs.Document) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, d := range docs {
		p.docs = append(p.left(d.Gig), d)
	}
	return nil
}

func (p *plainIndex) Remove(_ context.Context, gigs []jobs.GigID) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.docs = p.left(gigs...)
	return nil
}

func (p *plainIndex) left(without ...jobs.GigID) []jobs.Document {
	return slices.DeleteFunc(slices.Clone(p.docs), func(d jobs.Document) bool { return slices.Contains(without, d.Gig) })
}

func (p *plainIndex) Replace(_ context.Context, docs []jobs.Document) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.docs, p.filled = slices.Clone(docs), true
	return nil
}

func (p *plainIndex) Digests(context.Context) (map[jobs.GigID]string, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	all := map[jobs.GigID]string{}
	for _, d := range p.docs {
		all[d.Gig] = d.Digest()
	}
	return all, nil
}

func (p *plainIndex) Filled(context.Context) (bool, error) { return p.filled, nil }

func (p *plainIndex) Search(_ context.Context, q jobs.Query) (jobs.Hits, error) {
	q, err := q.Tidy()
	if err != nil {
		return jobs.Hits{}, err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return newOracle(slices.DeleteFunc(slices.Clone(p.docs), func(d jobs.Document) bool {
		return slices.ContainsFunc(q.Words(), func(word string) bool { return !strings.Contains(said(d), word) })
	})).answer(q), nil
}

func said(d jobs.Document) string {
	return strings.Join(jobs.Words(d.Title+" "+d.Description+" "+d.PlaceName+" "+labels(d)+" "+strings.Join(d.More, " ")), " ")
}

// TestOracle holds the oracle against what was counted by hand.
func TestOracle(t *testing.T) {
	for name, test := range map[string]func(*testing.T, jobs.Index){
		"facts": facts, "choices": choices, "place": place, "dates": dates, "facets behind the wall": facetsBehindTheWall,
		"remove": remove, "replace": replace, "nearest": nearest, "paging with choices": pagingWithChoices, "facets": facets, "facets follow": facetsFollow,
		"odd input": oddInput, "quotes": quotes, "many at once": manyAtOnce, "nothing": nothing, "typing": typing,
		"thousand": func(t *testing.T, x jobs.Index) { tenThousand(t, x, 1_000, bigWords()) },
	} {
		t.Run(name, func(t *testing.T) { test(t, &plainIndex{}) })
	}
}

// TestWrittenGigs: every gig that a query should find is there, under its own key.
func TestWrittenGigs(t *testing.T) {
	docs, keys := written(t)
	queries := rows(t, queriesCSV)[1:]
	if len(docs) < 120 || len(keys) != len(docs) || len(queries) < 40 {
		t.Errorf("%d gigs, %d keys and %d queries", len(docs), len(keys), len(queries))
	}
	known := map[string]bool{}
	for _, key := range keys {
		known[key] = true
	}
	for _, row := range queries {
		if !known[row[1]] {
			t.Errorf("%q should find %q, which there is not", row[0], row[1])
		}
	}
}
