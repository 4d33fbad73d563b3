package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/payments"
)

// pump makes new payments again and again, of the courses that are asked for.
type pump struct {
	till  *till
	asked atomic.Pointer[[]course]
}

const (
	betweenRounds = 100 * time.Millisecond
	newEvery      = 2  // rounds
	newAnyway     = 30 // rounds, however much is to be done
	mostToDo      = 10 // tasks, until there is a new payment
	ahead         = 2  // points for which payments are under way: some take a second to pass theirs
)

// askFor is for payments that pass the first of these points, and soon the next.
func (p *pump) askFor(points []string) {
	var list []course
	named := map[string]bool{}
	for _, point := range points[:min(ahead, len(points))] {
		if c := courseOf(point); !named[c.name] {
			named[c.name] = true
			list = append(list, c)
		}
	}
	p.asked.Store(&list)
}

// run goes on until it is over, and breaks off nothing.
func (p *pump) run(ctx context.Context, over <-chan struct{}) error {
	for round := 0; ; round++ {
		if err := p.once(ctx, round); err != nil {
			return err
		}
		select {
		case <-over:
			return nil
		case <-time.After(betweenRounds):
		}
	}
}

func (p *pump) once(ctx context.Context, round int) error {
	if round%newEvery == 0 {
		if err := p.begin(ctx, round%newAnyway == 0); err != nil {
			return err
		}
	}
	var group errgroup.Group
	group.SetLimit(tillClients)
	for _, j := range p.till.undone() {
		group.Go(func() error { return p.till.try(ctx, j) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return errors.Join(p.till.answerDisputes(ctx), p.till.hurry(ctx))
}

// begin makes a payment of each course that is asked for, but seldom while the program has
// more to do than its short lives allow.
func (p *pump) begin(ctx context.Context, anyway bool) error {
	var busy int
	const query = `SELECT count(*) FROM tasks.task WHERE state IN ('sent', 'running') AND kind ~ '^payments[.]' AND kind <> ALL ($1)`
	hourly := []string{payments.FillGaps{}.Kind(), payments.Reconcile{}.Kind()}
	err := p.till.rig.db.QueryRow(ctx, query, hourly).Scan(&busy)
	if err != nil || busy > mostToDo && !anyway {
		return err
	}
	for _, c := range *p.asked.Load() {
		if _, err := p.till.newCourse(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
