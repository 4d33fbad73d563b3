package main

import (
	"context"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	arrivals = 100 // a second, on average
	warmUp   = 20  // the first tasks do not count
)

// pickup enqueues n tasks at random moments and times each from the return of
// its commit to the first line of its handler. It gives p50 and p99 in
// milliseconds.
func pickup(ctx context.Context, r *room, q queue, n int) ([]float64, error) {
	e := newEffects(n + warmUp)
	committed := make([]time.Time, n+warmUp)
	err := working(ctx, r, q, e, func(ctx context.Context, _ time.Time) error {
		time.Sleep(200 * time.Millisecond) // the worker gets ready
		if err := arrive(ctx, q, committed); err != nil {
			return err
		}
		return e.wait(ctx, r.db)
	})
	waits := make([]float64, 0, n)
	for i := warmUp; i < len(committed); i++ {
		wait := e.began[i].Sub(committed[i]) // below zero when the handler was faster than the answer
		waits = append(waits, max(0, wait.Seconds()*1000))
	}
	return []float64{quantile(waits, .5), quantile(waits, .99)}, err
}

// arrive enqueues at moments that are the same in each run, and waits for no
// earlier task: a slow queue gets them just as often.
func arrive(ctx context.Context, q queue, committed []time.Time) error {
	random := rand.New(rand.NewPCG(1, 2))
	group, ctx := errgroup.WithContext(ctx)
	next := time.Now()
	for number := range committed {
		next = next.Add(time.Duration(random.ExpFloat64() * float64(time.Second) / arrivals))
		time.Sleep(time.Until(next))
		group.Go(func() error {
			err := q.enqueue(ctx, number)
			committed[number] = time.Now()
			return err
		})
	}
	return group.Wait()
}
