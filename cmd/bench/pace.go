package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// views is how long pages took to come at one rate, from the moment at which
// somebody wanted to look, in ms.
type views struct {
	rate  float64 // a second
	mu    sync.Mutex
	took  map[kind][]float64
	order []float64 // of all, by when they were to begin
}

const (
	step     = 4 * time.Second // of the search for the full load
	keepsUp  = 100             // ms that half of the last views of a step may wait
	mostLate = 10 * time.Second
)

// atRate starts each view on time, whatever became of those before.
func (a *audience) atRate(all context.Context, rate float64, long time.Duration) (*views, error) {
	n := int(rate * long.Seconds())
	v := &views{rate: rate, took: map[kind][]float64{}, order: make([]float64, n)}
	all, stop := context.WithTimeout(all, long+mostLate)
	defer stop()
	group, ctx := errgroup.WithContext(all)
	began := time.Now()
	for i := range n {
		begin := began.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		if err := sleepUntil(ctx, begin); err != nil {
			return nil, errors.Join(err, group.Wait())
		}
		group.Go(func() error { return a.note(ctx, v, i, begin) })
	}
	return v, group.Wait()
}

func (a *audience) note(ctx context.Context, v *views, i int, begin time.Time) error {
	k := mix(i)
	took, err := a.look(ctx, k, a.of(k, i), begin)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.took[k], v.order[i] = append(v.took[k], took), took
	return err
}

// fullLoad is the highest rate at which the house keeps up: half of the last
// views of a step wait less than keepsUp. It doubles the rate, and then halves
// what is between.
func (a *audience) fullLoad(ctx context.Context, progress io.Writer) (float64, error) {
	good, bad := 0.0, 0.0
	for rate := 25.0; bad == 0 || bad-good > good/16; {
		ok, err := a.holds(ctx, rate)
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(progress, "%.0f views a second: %s\n", rate, map[bool]string{true: "it keeps up", false: "too many"}[ok])
		if ok {
			good = rate
		} else {
			bad = rate
		}
		if bad > 0 && bad < 2 {
			return 0, errors.New("no rate is slow enough")
		}
		if rate = 2 * good; bad > 0 {
			rate = (good + bad) / 2
		}
	}
	return good, nil
}

// holds reports whether the house keeps up; too many views may also fail.
func (a *audience) holds(ctx context.Context, rate float64) (bool, error) {
	v, err := a.atRate(ctx, rate, step)
	if err != nil {
		return false, ctx.Err()
	}
	last := v.order[len(v.order)*2/3:]
	return median(last) < keepsUp, a.program.calm(ctx)
}

// alone is one view after another, each page of some people so many times.
func (a *audience) alone(ctx context.Context, k kind, people, times int) (took []float64, err error) {
	for i := range people * times {
		one, err := a.look(ctx, k, a.of(k, i%people), time.Now())
		if err != nil {
			return nil, err
		}
		took = append(took, one)
	}
	return took, nil
}
