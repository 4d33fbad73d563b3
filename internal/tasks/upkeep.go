package tasks

import (
	"context"
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// mostLost is how many workers a task may take down with it.
const mostLost = 10

// keepUp sweeps now and then until ctx ends.
func (w *Worker) keepUp(ctx context.Context) {
	for ctx.Err() == nil {
		if err := w.upkeep(ctx); err != nil && ctx.Err() == nil {
			w.queue.config.Log.Error("tasks: upkeep", "err", err)
		}
		pause(ctx, w.queue.config.Upkeep)
	}
}

// upkeep frees what vanished workers held, queues the periodic tasks, deletes
// old done tasks and warns of kinds that nobody handles. Each part is tried.
func (w *Worker) upkeep(ctx context.Context) error {
	q, now := w.queue, w.queue.now()
	freed, err := freeLost(ctx, q.db, now, mostLost)
	if freed > 0 {
		q.config.Log.Warn("tasks: freed from vanished workers", "tasks", freed)
		w.ring()
	}
	return errors.Join(err, w.enqueuePeriodic(ctx), deleteDone(ctx, q.db, now.Add(-q.config.Keep)), w.warnOfUnknown(ctx))
}

// enqueuePeriodic relies on the unique key: whoever comes first queues the task
// of the period.
func (w *Worker) enqueuePeriodic(ctx context.Context) error {
	for _, p := range w.mux.periodic {
		start := w.queue.now().Truncate(p.period)
		err := pgx.BeginFunc(ctx, w.queue.db, func(tx pgx.Tx) error {
			_, err := w.queue.EnqueueTx(ctx, tx, p.task, Opts{Lane: Low, Key: "every:" + strconv.FormatInt(start.Unix(), 10)})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *Worker) warnOfUnknown(ctx context.Context) error {
	kinds, err := selectUnknownKinds(ctx, w.queue.db, w.kinds)
	for _, kind := range kinds {
		if !w.warned[kind] {
			w.warned[kind] = true
			w.queue.config.Log.Warn("tasks: nobody here handles this kind, its tasks wait", "kind", kind)
		}
	}
	return err
}
