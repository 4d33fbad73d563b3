package main

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

const enqueuers = 8

// enqueueRate enqueues n tasks, each in a transaction of its own, from several
// goroutines at once, and gives how many that is a second.
func enqueueRate(ctx context.Context, _ *room, q queue, n int) ([]float64, error) {
	var last atomic.Int64
	begin := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for range enqueuers {
		group.Go(func() error {
			for number := int(last.Add(1)); number <= n; number = int(last.Add(1)) {
				if err := q.enqueue(ctx, number); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	return []float64{float64(n) / time.Since(begin).Seconds()}, err
}
