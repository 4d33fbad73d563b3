package tasks

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// listen wakes the worker as soon as a task is committed. It is only for speed:
// without it the worker finds the task at its next poll.
func (w *Worker) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := w.hear(ctx); err != nil && ctx.Err() == nil {
			w.queue.config.Log.Warn("tasks: not listening, only polling", "err", err)
			pause(ctx, w.queue.config.Upkeep)
		}
	}
}

// hear returns when the connection breaks. It takes the connection out of the
// pool, so that the pool keeps its size.
func (w *Worker) hear(ctx context.Context) error {
	pooled, err := w.queue.db.Acquire(ctx)
	if err != nil {
		return err
	}
	conn := pooled.Hijack()
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, `LISTEN tasks`); err != nil {
		return err
	}
	for {
		w.ring() // at first for what was committed before we listened
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

func hangUp(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // nothing was under way on it
}

func (w *Worker) ring() {
	select {
	case w.wake <- struct{}{}:
	default: // it rings already
	}
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
