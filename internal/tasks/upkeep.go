package tasks

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
)

// mostLost is how many workers a task may take down with it.
const mostLost = 10

// statementLimit bounds one statement of the queue's own, so that a database
// that is silent stops neither the upkeep nor a stop.
const statementLimit = 5 * time.Second

// keepUp sweeps now and then until ctx ends.
func (w *Worker) keepUp(ctx context.Context) {
	for ctx.Err() == nil {
		err := w.upkeep(ctx)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errAway) { // the relay says that Redis is away
			w.queue.config.Log.Error("tasks: upkeep", "err", err)
		}
		pause(ctx, w.queue.config.Upkeep)
	}
}

// upkeep queues what is periodic, gives back what vanished workers and messages
// held, and tidies. Each part is tried, so that a Redis that is away stops none
// of the others.
func (w *Worker) upkeep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*statementLimit)
	defer cancel()
	err := errors.Join(w.enqueuePeriodic(ctx), w.sweep(ctx), w.tidy(ctx))
	if gone := w.streams.ensureGroups(ctx); gone != nil {
		err = errors.Join(err, away(gone))
	}
	return err
}

// sweep gives back the rows whose hold has ended.
func (w *Worker) sweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, statementLimit)
	defer cancel()
	vanished, overdue, err := sweepHeld(ctx, w.queue.db)
	if vanished+overdue == 0 {
		return err
	}
	level := slog.LevelInfo // a message that waited long for its turn is no trouble
	if vanished > 0 {
		level = slog.LevelWarn
	}
	w.queue.config.Log.Log(ctx, level, "tasks: sent again", "workers vanished", vanished, "messages overdue", overdue)
	w.meters.redelivered.Add(float64(vanished))
	w.relay.wake.ring()
	return err
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
		deleteOver(ctx, w.queue.db, w.queue.config.Keep),
		w.warnOfStrangers(ctx),
		w.forgetWorkers(ctx))
}

// forgetWorkers has Redis forget workers that were silent for a day. A Redis
// that is away or new has none.
func (w *Worker) forgetWorkers(ctx context.Context) error {
	err := w.streams.forget(ctx, func(c redis.XInfoConsumer) bool { return c.Idle > 24*time.Hour })
	if err != nil && !isNoGroup(err) && !redis.HasErrorPrefix(err, "ERR no such key") {
		return away(err)
	}
	return nil
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
