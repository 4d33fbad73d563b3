package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/cmd/drill/errand"
	"meent/internal/tasks"
)

// hurtRedis empties Redis again and again; between, it is killed and started
// again at once, or hangs, and once it stays away.
func (r *rig) hurtRedis(ctx context.Context) error {
	begin := time.Now()
	for away := false; time.Since(begin) < r.last; {
		if err := r.rest(ctx, 300*time.Millisecond+time.Duration(r.random.IntN(600))*time.Millisecond); err != nil {
			return err
		}
		err := r.burst(ctx, fmt.Sprint("burst", r.tally["bursts"]))
		switch {
		case err != nil:
		case !away && time.Since(begin) > r.last/3:
			away = true
			err = r.takeRedisAway(ctx, r.down)
		case r.random.IntN(4) == 0:
			err = r.takeRedisAway(ctx, 0)
		case r.random.IntN(4) == 0:
			err = r.hangRedis(ctx)
		default:
			err = r.emptyRedis(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// burst fills the streams, so that there is something to lose, and waits until
// some of it lies there.
func (r *rig) burst(ctx context.Context, name string) error {
	r.count("bursts")
	err := pgx.BeginFunc(ctx, r.db, func(tx pgx.Tx) error {
		for i := range burstSize {
			task := errand.Write{Name: fmt.Sprintf("%s-%d", name, i)}
			if _, err := r.queue.EnqueueTx(ctx, tx, task, tasks.Opts{Lane: tasks.Low}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range burstSize {
		r.commit(fmt.Sprintf("%s-%d", name, i), errand.Write{})
	}
	return r.rest(ctx, 20*time.Millisecond)
}

const burstSize = 100

func (r *rig) emptyRedis(ctx context.Context) error {
	client := r.redis.Client()
	defer client.Close()
	r.count("times emptied")
	return client.FlushAll(ctx).Err()
}

// hangRedis lets Redis answer nobody for a moment, without refusing.
func (r *rig) hangRedis(ctx context.Context) error {
	r.count("hangs")
	if err := r.redis.Hang(); err != nil {
		return err
	}
	err := r.rest(ctx, 3*time.Second)
	return errors.Join(err, r.redis.Resume())
}

func (r *rig) takeRedisAway(ctx context.Context, down time.Duration) error {
	if err := r.redis.Kill(); err != nil {
		return err
	}
	r.count("times killed")
	if down > 0 {
		r.count("long absences")
	}
	if err := r.rest(ctx, down); err != nil {
		return err
	}
	return r.redis.Restart()
}

func (r *rig) rest(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
