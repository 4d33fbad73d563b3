package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/meiliindex"
)

// finder is what one peer does for us.
type finder interface {
	Replace(ctx context.Context, docs []jobs.Document) error
	Search(ctx context.Context, q jobs.Query) (jobs.Hits, error)
}

// searching is one benchmark that goes on.
type searching struct {
	docs  []jobs.Document
	kinds []queries
	found map[string][]jobs.Hits // by peer and kind, of each query
	meant map[string][]jobs.Hits // the same of the gigs that are meant, alone
}

func newSearching(docs []jobs.Document, kinds []queries) *searching {
	return &searching{docs: docs, kinds: kinds, found: map[string][]jobs.Hits{}, meant: map[string][]jobs.Hits{}}
}

// opener makes an empty finder, and what closes it.
type opener func(ctx context.Context, r *room) (finder, func() error, error)

func (s *searching) trials() []trial {
	trials := []trial{s.trial(ours, openBleve), s.trial(postgres, openTextSearch)}
	if meiliURL() != "" {
		trials = append(trials, s.trial(meili, openMeili))
	}
	return trials
}

func (s *searching) trial(peer string, open opener) trial {
	gives := []quantity{{indexing, "1/s"}}
	for _, k := range s.kinds {
		gives = append(gives, quantity{k.p50(), "ms"}, quantity{k.p99(), "ms"})
	}
	return trial{peer, false, len(s.docs), gives, func(ctx context.Context, r *room, _ int) (values []float64, err error) {
		f, shut, err := open(ctx, r)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, shut()) }()
		return s.measure(ctx, peer, f)
	}}
}

func (s *searching) measure(ctx context.Context, peer string, f finder) (values []float64, err error) {
	began := time.Now()
	if err := f.Replace(ctx, s.docs); err != nil {
		return nil, err
	}
	values = []float64{float64(len(s.docs)) / time.Since(began).Seconds()}
	for _, k := range s.kinds {
		took, err := s.ask(ctx, peer, f, k)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
		values = append(values, quantile(took, .5), quantile(took, .99))
		if err := s.askMeant(ctx, peer, f, k); err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
	}
	if t, ok := f.(*textSearch); ok {
		t.open = true
		return values, s.open(ctx, t)
	}
	return values, nil
}

// open asks Postgres the first queries once more, so that they mean what they
// mean to Meent.
func (s *searching) open(ctx context.Context, t *textSearch) error {
	for _, k := range s.kinds {
		if k.open {
			k.list = k.list[:min(eachOpen, len(k.list))]
			if _, err := s.ask(ctx, openWord, t, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask gives the milliseconds of each query. The first few come twice, so that
// nobody is measured while waking up.
func (s *searching) ask(ctx context.Context, peer string, f finder, k queries) (took []float64, err error) {
	for _, q := range k.list[:min(5, len(k.list))] {
		if _, err := f.Search(ctx, q); err != nil {
			return nil, err
		}
	}
	s.found[peer+k.name] = nil
	for _, q := range k.list {
		began := time.Now()
		hits, err := f.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
		s.found[peer+k.name] = append(s.found[peer+k.name], hits)
	}
	return took, nil
}

// askMeant asks of each gig that is meant whether the query finds it. Once is
// enough: every round has the same gigs.
func (s *searching) askMeant(ctx context.Context, peer string, f finder, k queries) error {
	if s.meant[peer+k.name] != nil {
		return nil
	}
	for i, gig := range k.meant {
		q := k.list[i]
		q.Only = []jobs.GigID{gig}
		hits, err := f.Search(ctx, q)
		if err != nil {
			return err
		}
		s.meant[peer+k.name] = append(s.meant[peer+k.name], hits)
	}
	return nil
}

// shares say of how many queries the others found as many as Postgres; and each,
// of how many with a typo the gig that is meant.
func (s *searching) shares() (list []figure) {
	for _, k := range s.kinds {
		for _, peer := range []string{ours, postgres, meili} {
			switch {
			case k.like:
				list = append(list, shareOf(k.gig(), peer, s.meant[peer+k.name], func(i int) bool { return s.meant[peer+k.name][i].Total == 1 }))
			case peer != postgres:
				theirs := s.found[k.alike()+k.name]
				some := s.found[peer+k.name]
				list = append(list, shareOf(k.same(), peer, some[:min(len(some), len(theirs))], func(i int) bool { return some[i].Total == theirs[i].Total }))
			}
		}
	}
	return list
}

// shareOf is how many percent of the hits are so; of none it is no figure.
func shareOf(what, peer string, hits []jobs.Hits, so func(i int) bool) figure {
	f := figure{What: what, Peer: peer, Unit: "%"}
	if len(hits) == 0 {
		return f
	}
	n := 0
	for i := range hits {
		if so(i) {
			n++
		}
	}
	f.Value = 100 * float64(n) / float64(len(hits))
	f.Rounds = []float64{f.Value}
	return f
}

// alike is the peer that looks for the same.
func (k queries) alike() string {
	if k.open {
		return openWord
	}
	return postgres
}

func openBleve(context.Context, *room) (finder, func() error, error) {
	index, err := bleveindex.Open("")
	if err != nil {
		return nil, nil, err
	}
	return index, index.Close, nil
}

// openMeili uses an index of its own on the server.
func openMeili(ctx context.Context, _ *room) (finder, func() error, error) {
	index, err := meiliindex.Open(ctx, meiliindex.Config{URL: meiliURL(), Key: os.Getenv("MEILI_KEY"), Name: "bench", Wait: 10 * time.Minute})
	return index, func() error { return index.Replace(context.WithoutCancel(ctx), nil) }, err
}

// meiliURL is "" where there is no server; Meent itself is told so with none.
func meiliURL() string {
	if url := os.Getenv("MEILI_URL"); url != "none" {
		return url
	}
	return ""
}
