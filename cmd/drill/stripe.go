package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/payments/stripesim"
)

// keysAreForgotten is after how long the gateway knows no key any more.
const keysAreForgotten = 25 * time.Hour

// playStripe lets clients pay while the gateway is ill in one way after another,
// and forgets all keys in between.
func (r *rig) playStripe(ctx context.Context) (v verdict, err error) {
	t, err := r.openTill(ctx, tillSize{workers: 2, coops: 1, members: 12, sim: []string{"-unruly"}})
	if err != nil {
		return v, err
	}
	r.phase("open")
	var slowest []time.Duration
	for i, half := range [][]stripesim.Fault{
		{stripesim.HangAfter, stripesim.RateLimit, stripesim.Saved500Done, stripesim.ResetAfter},
		{stripesim.LockTimeout, stripesim.Saved500, stripesim.LoseAfter, stripesim.Unavailable, stripesim.HangBefore},
	} {
		if i > 0 {
			if err := t.later(ctx, keysAreForgotten); err != nil {
				return v, err
			}
			r.count("times all keys forgotten")
		}
		took, err := t.ail(ctx, half, r.last)
		if err != nil {
			return v, err
		}
		slowest = append(slowest, took...)
	}
	fell, err := t.fell(ctx)
	if err != nil {
		return v, err
	}
	r.phase("calm")
	if err := t.later(ctx, keysAreForgotten); err != nil {
		return v, err
	}
	if err := t.calmDown(ctx); err != nil {
		return v, err
	}
	r.say(&v, fell > 0, "%d faults fell in the second half", fell)
	if len(slowest) < 10 {
		r.say(&v, false, "%d pages asked meanwhile", len(slowest))
		return v, t.judge(ctx, &v)
	}
	slices.Sort(slowest)
	r.say(&v, slowest[len(slowest)*9/10] < 2*time.Second, "%d pages asked meanwhile; nine of ten came within %.1f s, all within %.1f s",
		len(slowest), slowest[len(slowest)*9/10].Seconds(), slowest[len(slowest)-1].Seconds())
	return v, t.judge(ctx, &v)
}

// ail lets one illness follow on the other, each for its share of the time.
func (t *till) ail(ctx context.Context, faults []stripesim.Fault, last time.Duration) (took []time.Duration, err error) {
	paying, stop := context.WithTimeout(ctx, last)
	defer stop()
	var group errgroup.Group
	for range 3 {
		group.Go(func() error { return t.payOn(paying, ctx) })
	}
	group.Go(func() (err error) { took, err = t.lookAt(paying); return err })
	for _, fault := range faults {
		err = errors.Join(err, t.faults(ctx, map[stripesim.Fault]string{fault: "0.4"}, nil), t.rig.rest(ctx, last/time.Duration(len(faults))))
	}
	return took, errors.Join(err, group.Wait(), t.faults(ctx, nil, nil))
}

// payOn lets clients pay until the time is over.
func (t *till) payOn(until, ctx context.Context) error {
	for until.Err() == nil {
		random := rand.New(rand.NewPCG(t.rig.seed, uint64(t.number.Load())))
		j := t.newJob(random, t.members[random.IntN(len(t.members))])
		if err := t.bring(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

// lookAt opens a page again and again, and says how long that took.
func (t *till) lookAt(until context.Context) (took []time.Duration, err error) {
	for until.Err() == nil {
		begin := time.Now()
		w, err := http.Get(t.door.url + "/signin")
		if err != nil {
			return took, err
		}
		w.Body.Close()
		if w.StatusCode != http.StatusOK {
			return took, fmt.Errorf("a page gave %s while the gateway is ill", w.Status)
		}
		took = append(took, time.Since(begin))
		_ = t.rig.rest(until, 100*time.Millisecond)
	}
	return took, nil
}
