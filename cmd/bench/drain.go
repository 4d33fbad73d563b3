package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// longest bounds one measurement, so that a queue that stands still is an error
// and not a long wait.
const longest = 2 * time.Minute

// drain fills the queue and times its emptying: from the start of the worker
// until every effect is committed.
func drain(ctx context.Context, r *room, q queue, n int) ([]float64, error) {
	if err := q.fill(ctx, n); err != nil {
		return nil, err
	}
	if err := r.settle(ctx); err != nil {
		return nil, err
	}
	e := newEffects(n)
	var took time.Duration
	err := working(ctx, r, q, e, func(ctx context.Context, begin time.Time) error {
		err := e.wait(ctx, r.db)
		took = time.Since(begin)
		return err
	})
	return []float64{float64(n) / took.Seconds()}, err
}

// working runs the queue's worker beside during, stops it, and checks that
// everything was done exactly once.
func working(ctx context.Context, r *room, q queue, e *effects, during func(ctx context.Context, begin time.Time) error) error {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	begin := time.Now()
	stop, err := q.start(ctx, e)
	if err != nil {
		return err
	}
	if err := errors.Join(during(ctx, begin), stop()); err != nil {
		return err
	}
	if left, err := q.left(ctx); err != nil || left > 0 {
		return errors.Join(fmt.Errorf("%d tasks are left", left), err)
	}
	return e.check(ctx, r.db)
}
