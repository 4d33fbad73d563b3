package tasks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"
)

// fullLane is how many messages of one lane may lie in Redis. What is more
// waits in Postgres, in order, and cannot be lost there.
const fullLane = 1000

// relay moves what is due from Postgres to Redis. Several may run at once.
type relay struct {
	queue   *Queue
	streams streams
	kinds   []string
	wake    bell
	meters  *meters
	direct  func(context.Context) (more bool, err error) // does without Redis what is due

	mark    string      // the Redis that answered last
	checked time.Time   // when, by the machine's own clock
	away    atomic.Bool // Redis, or the database, does not answer
}

func (r *relay) log() *slog.Logger { return r.queue.config.Log }

// run relays until ctx ends.
func (r *relay) run(ctx context.Context) {
	for ctx.Err() == nil {
		_, crowded, err := r.turn(ctx)
		r.report(ctx, err)
		if errors.Is(err, errAway) {
			r.goOn(ctx)
		}
		r.wake.wait(ctx, r.patience(ctx, crowded, err))
	}
}

// errAway means that Redis does not answer.
var errAway = errors.New("redis is away")

func away(err error) error { return fmt.Errorf("%w: %w", errAway, err) }

// goOn works without Redis for a moment, and then looks whether it is back.
func (r *relay) goOn(ctx context.Context) {
	for begin := time.Now(); time.Since(begin) < 2*time.Second && ctx.Err() == nil; {
		more, err := r.direct(ctx)
		if err != nil && ctx.Err() == nil {
			r.log().Error("tasks: cannot work without Redis", "err", err)
		}
		if err != nil || !more {
			return
		}
		pause(ctx, 5*time.Millisecond)
	}
}

// report says once that tasks are not delivered, and once that they are again.
func (r *relay) report(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
	case err != nil && !r.away.Load():
		r.log().Error("tasks: cannot relay", "err", err)
	case err == nil && r.away.Load():
		r.log().Info("tasks: relaying again")
	}
	r.away.Store(err != nil)
}

// crowdedWait is how soon a relay looks again whether a full lane has room.
const crowdedWait = 20 * time.Millisecond

// patience is how long there is nothing to do: until the next task is due, or
// room is likely, or it is time to look anyway.
func (r *relay) patience(ctx context.Context, crowded bool, err error) time.Duration {
	if crowded {
		return crowdedWait
	}
	wait := r.queue.config.Poll
	if err != nil {
		return wait
	}
	next, err := nextDue(ctx, r.queue.db, r.kinds, r.queue.now())
	if err == nil && next != nil {
		wait = max(min(wait, next.Sub(r.queue.now())), time.Millisecond)
	}
	return wait
}

// turn sends what is due and fits. crowded means that a lane is full now.
func (r *relay) turn(ctx context.Context) (moved int, crowded bool, err error) {
	if err := r.check(ctx); err != nil {
		return 0, false, err
	}
	room, crowded, err := r.room(ctx)
	if err != nil || len(room) == 0 {
		return 0, crowded, err
	}
	list, err := r.take(ctx, room)
	if err != nil || len(list) == 0 {
		return 0, crowded, err
	}
	for _, one := range list {
		room[one.lane]--
		crowded = crowded || room[one.lane] == 0
	}
	return len(list), crowded, r.send(ctx, list)
}

// take marks what is due and fits; what it gives is this relay's to send.
func (r *relay) take(ctx context.Context, room map[Lane]int) ([]sent, error) {
	ctx, cancel := context.WithTimeout(ctx, statementLimit)
	defer cancel()
	q := r.queue
	return markSent(ctx, q.db, send{room: room, kinds: r.kinds, now: q.now(), hold: q.config.Hold})
}

// send puts the messages into Redis. The rows are marked already: a relay that
// dies here leaves rows whose hold ends, and never a message without its row.
func (r *relay) send(ctx context.Context, list []sent) error {
	err := r.streams.add(context.WithoutCancel(ctx), list)
	if err != nil {
		return away(errors.Join(err, markUnsent(ctx, r.queue.db, list)))
	}
	for _, one := range list {
		r.meters.lag.Observe(max(0, r.queue.now().Sub(one.due)).Seconds())
	}
	return nil
}

// room is how many messages each lane may take; a full lane is left out.
func (r *relay) room(ctx context.Context) (room map[Lane]int, crowded bool, err error) {
	lengths, err := r.streams.lengths(ctx)
	if err != nil {
		return nil, false, away(err)
	}
	room = map[Lane]int{}
	for lane, length := range lengths {
		if length < fullLane {
			room[lane] = fullLane - length
		} else {
			crowded = true
		}
	}
	return room, crowded, nil
}

// check looks now and then whether the Redis that got the messages is still
// there. One that was emptied or restarted may have lost them.
func (r *relay) check(ctx context.Context) error {
	if r.mark != "" && time.Since(r.checked) < r.queue.config.Poll && !r.away.Load() {
		return nil
	}
	mark, err := r.streams.mark(ctx)
	if err != nil {
		return away(err)
	}
	r.checked = time.Now()
	if mark == r.mark {
		return nil
	}
	if err := r.streams.ensureGroups(ctx); err != nil {
		return away(err)
	}
	return r.greet(ctx, mark)
}

// greet sends anew to a Redis that was not there before.
func (r *relay) greet(ctx context.Context, mark string) error {
	changed, again, err := noteDelivery(ctx, r.queue.db, mark, r.queue.now())
	if err != nil {
		return err
	}
	if changed && again > 0 {
		r.log().Warn("tasks: Redis is another or was emptied, tasks are sent again", "tasks", again)
		r.meters.redelivered.Add(float64(again))
	}
	r.mark = mark
	return nil
}
