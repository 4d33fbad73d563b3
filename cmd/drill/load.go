package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/cmd/drill/errand"
	"meent/internal/tasks"
)

// perSecond is how many errands are enqueued, by so many clients.
const (
	perSecond = 120
	clients   = 4
)

// underLoad makes a drill of copies that work while they, or what they need, are
// hurt; hurt returns when the trouble is over.
func underLoad(hurt func(*rig, context.Context) error) func(*rig, context.Context) (verdict, error) {
	return func(r *rig, ctx context.Context) (verdict, error) {
		if err := r.startCopies(); err != nil {
			return verdict{}, err
		}
		load := r.startLoad(ctx)
		if err := errors.Join(hurt(r, ctx), load()); err != nil {
			return verdict{}, err
		}
		if err := r.calmDown(ctx); err != nil {
			return verdict{}, err
		}
		return r.judge(ctx)
	}
}

// startLoad enqueues errands until the trouble is over; wait gives the first error.
func (r *rig) startLoad(ctx context.Context) (wait func() error) {
	ctx, cancel := context.WithTimeout(ctx, r.last)
	var group sync.WaitGroup
	errs := make([]error, clients)
	for i := range clients {
		random := rand.New(rand.NewPCG(r.seed, uint64(i+1)))
		group.Go(func() { errs[i] = r.load(ctx, random, fmt.Sprint("c", i)) })
	}
	return func() error { group.Wait(); cancel(); return errors.Join(errs...) }
}

func (r *rig) load(ctx context.Context, random *rand.Rand, client string) error {
	ticker := time.NewTicker(time.Second * clients / perSecond)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := r.enqueue(context.WithoutCancel(ctx), random, fmt.Sprintf("%s-%05d", client, n)); err != nil {
				return err
			}
		}
	}
}

var errRollback = errors.New("changed its mind")

// enqueue notes an errand and remembers it when the database has said that it
// is committed. One in twenty is rolled back.
func (r *rig) enqueue(ctx context.Context, random *rand.Rand, name string) error {
	var task tasks.Task = errand.Write{Name: name}
	if random.IntN(3) == 0 {
		task = errand.Call{Name: name}
	}
	var end error
	if random.IntN(20) == 0 {
		end = errRollback
	}
	err := pgx.BeginFunc(ctx, r.db, func(tx pgx.Tx) error { return errors.Join(r.enqueueTx(ctx, tx, task, random, name), end) })
	if err == nil {
		r.commit(name, task)
	}
	if errors.Is(err, errRollback) {
		return nil
	}
	return err
}

// commit remembers an errand whose transaction was acknowledged.
func (r *rig) commit(name string, task tasks.Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.committed[name] = task.Kind()
}

// enqueueTx gives every errand a key, and tries it twice: the second is none.
func (r *rig) enqueueTx(ctx context.Context, tx pgx.Tx, task tasks.Task, random *rand.Rand, name string) error {
	o := tasks.Opts{Key: name, Lane: tasks.Lane(random.IntN(3) - 1)}
	if random.IntN(5) == 0 {
		o.Due = time.Now().Add(time.Duration(random.IntN(4000)) * time.Millisecond)
	}
	for _, want := range []bool{true, false} {
		queued, err := r.queue.EnqueueTx(ctx, tx, task, o)
		if err != nil {
			return err
		}
		if queued != want {
			return fmt.Errorf("the key %s: queued %v, want %v", name, queued, want)
		}
	}
	return nil
}
