package tasks

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// mostLost is how many workers a task may take down with it.
const mostLost = 10

// keepUp sweeps now and then until ctx ends. What it adopts is done in work.
func (w *Worker) keepUp(ctx, work context.Context) {
	for ctx.Err() == nil {
		adopted, err := w.upkeep(ctx)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errAway) { // the relay says that Redis is away
			w.queue.config.Log.Error("tasks: upkeep", "err", err)
		}
		if len(adopted) > 0 {
			_ = w.readers[0].startAll(ctx, work, adopted) // what has no slot at the stop stays pending
		}
		pause(ctx, w.queue.config.Upkeep)
	}
}

// upkeep queues what is periodic, gives back what vanished workers and messages
// held, tidies, and adopts the messages of vanished workers. Each part is
// tried, so that a Redis that is away stops none of the others.
func (w *Worker) upkeep(ctx context.Context) (adopted []message, err error) {
	err = errors.Join(w.enqueuePeriodic(ctx), w.sweep(ctx))
	if gone := w.streams.ensureGroups(ctx); gone != nil {
		return nil, errors.Join(err, away(gone))
	}
	adopted, adoptErr := w.adopt(ctx)
	return adopted, errors.Join(err, adoptErr, w.tidy(ctx))
}

// sweep gives back the rows whose hold has ended.
func (w *Worker) sweep(ctx context.Context) error {
	swept, err := sweepHeld(ctx, w.queue.db, w.queue.now())
	if swept > 0 {
		w.queue.config.Log.Warn("tasks: sent again, their message or worker vanished", "tasks", swept)
		w.meters.redelivered.Add(float64(swept))
		w.relay.wake.ring()
	}
	return err
}

// adopt takes over messages that a vanished worker read, as many as can be done
// soon.
func (w *Worker) adopt(ctx context.Context) (adopted []message, err error) {
	for _, lane := range lanes() {
		more, err := w.streams.adopt(ctx, lane, w.queue.config.Hold, w.queue.config.Workers)
		if err != nil {
			return adopted, away(err)
		}
		adopted = append(adopted, more...)
	}
	w.meters.redelivered.Add(float64(len(adopted)))
	return adopted, nil
}

// tidyPeriod is how often the slower parts of the upkeep are done.
const tidyPeriod = time.Minute

// tidy deletes old rows, forgets old workers and warns of kinds that nobody
// handles.
func (w *Worker) tidy(ctx context.Context) error {
	now := w.queue.now()
	if since := now.Sub(w.tidied); since >= 0 && since < tidyPeriod {
		return nil
	}
	w.tidied = now
	return errors.Join(
		deleteOver(ctx, w.queue.db, now.Add(-w.queue.config.Keep)),
		w.warnOfStrangers(ctx),
		w.streams.forget(ctx, func(c redis.XInfoConsumer) bool { return c.Idle > time.Hour }))
}

func (w *Worker) warnOfStrangers(ctx context.Context) error {
	kinds, err := selectStrangers(ctx, w.queue.db, w.kinds, w.queue.now())
	for _, kind := range kinds {
		if !w.warned[kind] {
			w.warned[kind] = true
			w.queue.config.Log.Warn("tasks: nobody here handles this kind, its tasks wait", "kind", kind)
		}
	}
	return err
}
