package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	visible50  = "post to first offer visible, p50"
	visible99  = "post to first offer visible, p99"
	visibleMax = "post to first offer visible, longest"
	posted99   = "post answered, p99"
	homes50    = "office's first page meanwhile, p50"
	homes99    = "office's first page meanwhile, p99"
	lostGigs   = "gigs for which nobody was asked"
	doubled    = "doubled effects"

	storyRate = 20 // gigs a second
)

// runStory posts n gigs in the pages of a Meent of its own, and times how soon
// the first member who is asked sees each.
func runStory(ctx context.Context, n int, progress io.Writer) (_ report, err error) {
	fmt.Fprintln(progress, "building and starting meent")
	p, err := startProgram(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	fmt.Fprintln(progress, "signing everybody in")
	t, err := settle(ctx, p)
	if err != nil {
		return report{}, err
	}
	s, err := newStreet(ctx, t, n)
	if err != nil {
		return report{}, err
	}
	fmt.Fprintf(progress, "posting %d gigs, %d a second\n", n, storyRate)
	if err := s.run(ctx); err != nil {
		return report{}, err
	}
	figures, err := s.figures(ctx)
	return report{Benchmark: "story", N: n, Figures: judge(figures, storyGoals()), Notes: storyNotes()}, err
}

func storyGoals() []goal {
	return []goal{{visible99, atMost, 150, ""}, {lostGigs, atMost, 0, ""}, {doubled, atMost, 0, ""}}
}

func storyNotes() []string {
	return []string{
		"one process with a private Postgres (fsync on) and its own Redis; the visitors run on the same machine",
		fmt.Sprintf("posts start on schedule, %d a second, whether earlier ones were answered or not", storyRate),
		"visible: from sending the form until the whole page of the member with the most points has come, with its button to say yes; " +
			fmt.Sprintf("the page is asked for when the offer is in the database, which is looked at each %v", glance),
		"each member who is asked opens the offer and says no, so that there is room for the next (three open offers at most)",
		"doubled: a gig posted twice, a shift with more offers than one wave has, the same mail twice, a task tried twice without a failure",
	}
}

func (s *street) figures(ctx context.Context) ([]figure, error) {
	c, err := s.count(ctx)
	if err != nil {
		return nil, err
	}
	took := s.ended.Sub(s.began).Seconds()
	one := func(what, unit string, value float64) figure {
		return figure{What: what, Peer: ours, Value: value, Rounds: []float64{value}, Unit: unit}
	}
	return []figure{
		one(visible50, "ms", quantile(s.visible, .5)), one(visible99, "ms", quantile(s.visible, .99)), one(visibleMax, "ms", quantile(s.visible, 1)),
		one(posted99, "ms", quantile(s.posted, .99)),
		one(homes50, "ms", quantile(s.homes, .5)), one(homes99, "ms", quantile(s.homes, .99)),
		one("requests", "1/s", float64(s.requests)/took), one("tasks", "1/s", float64(c.tasks)/took),
		one(lostGigs, "gigs", float64(s.n-len(s.visible))), one(doubled, "effects", float64(c.doubled)),
	}, nil
}

// ms is a time in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
