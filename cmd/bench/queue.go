package main

import (
	"context"
	"errors"
	"fmt"
	"io"
)

const (
	emptying = "drain, no work"
	draining = "drain, effect in Postgres"
	median50 = "pickup at 100/s, p50"
	worst99  = "pickup at 100/s, p99"
	entering = "enqueue, one transaction each"
)

// runQueue measures Meent's queue beside River and asynq.
func runQueue(ctx context.Context, n int, progress io.Writer) (_ report, err error) {
	h, err := openHouse(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	figures, err := h.measure(ctx, queueTrials(n), progress)
	return report{Benchmark: "queue", N: n, Figures: judge(figures, queueGoals()), Notes: queueNotes()}, err
}

func queueGoals() []goal {
	return []goal{
		{draining, atLeast, .8, riverFast().name},
		{worst99, atMost, 25, ""},
		{median50, atMost, .05, asynqAsIs().name},
	}
}

func queueTrials(n int) []trial {
	few := max(n/10, 100) // for what is slow or needs no more
	perSecond := func(what string) quantity { return quantity{what, "tasks/s"} }
	trials := []trial{
		{"bare Redis stream", true, n, []quantity{perSecond(emptying)}, drainStream},
		{"asynq", true, n, []quantity{perSecond(emptying)}, drainAsynq},
		riverAsIs().on(few, drain, perSecond(draining)),
	}
	for _, p := range []peer{meent(), riverFast(), asynqApart()} {
		trials = append(trials, p.on(n, drain, perSecond(draining)))
	}
	for _, p := range []peer{meent(), riverAsIs(), riverFast(), asynqAsIs(), asynqFast()} {
		trials = append(trials, p.on(min(max(n/30, 100), 1000), pickup, quantity{median50, "ms"}, quantity{worst99, "ms"}))
	}
	for _, p := range []peer{meent(), riverAsIs(), asynqAsIs()} {
		trials = append(trials, p.on(few*2, enqueueRate, perSecond(entering)))
	}
	return trials
}

func queueNotes() []string {
	return []string{
		fmt.Sprintf("medians of %d rounds; one Postgres (fsync on), one Redis (appendonly, everysec), %d handlers, %d connections", rounds, handlers, connections),
		fmt.Sprintf("River fetches at most each 100 ms unless told, for at most %d handlers; fast: each %v, and polls each %v", handlers, riverCooldown, riverPoll),
		fmt.Sprintf("asynq commits a task's end apart from its effect, and its enqueueing joins no transaction; fast: looks each %v and not each second", asynqCheck),
		"pickup: from the return of the commit to the first line of the handler, in Meent's case after its mark \"done\"",
	}
}
