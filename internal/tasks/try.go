package tasks

import (
	"context"
	"errors"
	"runtime/debug"
	"time"
)

// do makes one try and records how it ended.
func (w *Worker) do(work context.Context, try attempt) {
	h := w.mux.handlers[try.kind]
	ctx, cancel := context.WithTimeout(work, h.deadline)
	defer cancel()
	err := w.call(ctx, h, try)
	if err == nil {
		return
	}
	if err := w.undone(work, h, try, err); err != nil {
		w.queue.config.Log.Error("tasks: cannot record a failure, the lease will return the task", "kind", try.kind, "id", try.id, "err", err)
	}
}

// call turns a panic into an error.
func (w *Worker) call(ctx context.Context, h handler, try attempt) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panicError(value)
			w.queue.config.Log.Error("tasks: "+err.Error(), "kind", try.kind, "id", try.id, "stack", string(debug.Stack()))
		}
	}()
	return h.do(ctx, w.queue, try)
}

// undone decides what becomes of a task that was tried and is not done.
func (w *Worker) undone(work context.Context, h handler, try attempt, why error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(work), grace/2)
	defer cancel()
	log := w.queue.config.Log.With("kind", try.kind, "id", try.id, "try", try.try)
	switch {
	case errors.Is(why, errLost):
		log.Warn("tasks: the lease was lost, another worker has the task")
		return nil
	case work.Err() != nil:
		log.Info("tasks: given back at the stop")
		return markWaiting(ctx, w.queue.db, try, w.queue.now())
	}
	due, err := w.nextTry(h, try, why)
	if err != nil {
		return err
	}
	log.Warn("tasks: failed", "err", errorText(why), "dead", due.IsZero())
	return markFailed(ctx, w.queue.db, try, errorText(why), w.queue.now(), due)
}

// nextTry is zero when there will be none.
func (w *Worker) nextTry(h handler, try attempt, why error) (time.Time, error) {
	failures := try.failures + 1
	if failures >= h.attempts || isFinal(why) {
		return time.Time{}, nil
	}
	wait, err := h.wait(failures, w.queue.config.Random)
	return w.queue.now().Add(wait), err
}
