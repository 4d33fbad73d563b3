package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

const (
	asked50    = "post to first offer in the database, p50"
	asked99    = "post to first offer in the database, p99"
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
	fmt.Fprintln(progress, "building and starting meent, signing everybody in")
	p, err := startProgram(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	t, err := settle(ctx, p)
	if err != nil {
		return report{}, err
	}
	var runs []*street
	for round := range rounds {
		fmt.Fprintf(progress, "round %d of %d: %d gigs, %d a second\n", round+1, rounds, n, storyRate)
		s, err := newStreet(ctx, t, round, n)
		if err == nil {
			err = s.run(ctx)
		}
		if err != nil {
			return report{}, err
		}
		runs = append(runs, s)
	}
	return report{Benchmark: "story", N: n, Figures: judge(storyFigures(runs), storyGoals()), Notes: storyNotes()}, nil
}

func storyGoals() []goal {
	return []goal{{visible99, atMost, 150, ""}, {lostGigs, atMost, 0, ""}, {doubled, atMost, 0, ""}}
}

func storyNotes() []string {
	return []string{
		fmt.Sprintf("medians of %d rounds, and all that was lost or doubled in them; one process with a private Postgres (fsync on) and its own Redis; the visitors run on the same machine", rounds),
		fmt.Sprintf("posts start on schedule, %d a second, whether earlier ones were answered or not", storyRate),
		"visible: from sending the form until the whole page of the member with the most points has come, with its button to say yes; " +
			fmt.Sprintf("the page is asked for when the offer is in the database, which is looked at each %v", glance),
		"each member who is asked opens the offer and says no, so that there is room for the next (three open offers at most)",
		"doubled: a gig posted twice, a shift with more offers than one wave has, the same mail twice, a task tried twice without a failure",
	}
}

func storyFigures(runs []*street) []figure {
	share := func(of func(*street) []float64, share float64) func(*street) float64 {
		return func(s *street) float64 { return quantile(of(s), share) }
	}
	asked := func(s *street) []float64 { return s.asked }
	visible := func(s *street) []float64 { return s.visible }
	homes := func(s *street) []float64 { return s.homes }
	return []figure{
		middle(runs, asked50, "ms", share(asked, .5)),
		middle(runs, asked99, "ms", share(asked, .99)),
		middle(runs, visible50, "ms", share(visible, .5)),
		middle(runs, visible99, "ms", share(visible, .99)),
		middle(runs, visibleMax, "ms", share(visible, 1)),
		middle(runs, posted99, "ms", share(func(s *street) []float64 { return s.posted }, .99)),
		middle(runs, homes50, "ms", share(homes, .5)),
		middle(runs, homes99, "ms", share(homes, .99)),
		middle(runs, "requests", "1/s", func(s *street) float64 { return float64(s.requests) / s.took.Seconds() }),
		middle(runs, "tasks", "1/s", func(s *street) float64 { return float64(s.left.tasks) / s.took.Seconds() }),
		sum(runs, lostGigs, "gigs", func(s *street) float64 { return float64(len(s.forms) - len(s.visible)) }),
		sum(runs, doubled, "effects", func(s *street) float64 { return float64(s.left.doubled) }),
	}
}

// middle is the median of the rounds, sum all of them together.
func middle[Run any](runs []Run, what, unit string, value func(Run) float64) figure {
	f := figure{What: what, Peer: ours, Unit: unit}
	for _, run := range runs {
		f.Rounds = append(f.Rounds, value(run))
	}
	f.Value = median(f.Rounds)
	return f
}

func sum(runs []*street, what, unit string, value func(*street) float64) figure {
	f := middle(runs, what, unit, value)
	f.Value = 0
	for _, one := range f.Rounds {
		f.Value += one
	}
	return f
}

// ms is a time in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
