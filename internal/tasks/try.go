package tasks

import (
	"context"
	"errors"
	"runtime/debug"
	"time"
)

// do makes one try, records how it ended and acknowledges the message.
func (w *Worker) do(work context.Context, try attempt) {
	h, start := w.mux.handlers[try.kind], time.Now()
	w.held.add(hold{attempt: try, since: start, most: start.Add(h.deadline + grace)})
	defer w.held.remove(try)
	defer w.acks.add(try.message)
	ctx, cancel := context.WithTimeout(work, h.deadline)
	defer cancel()
	end := w.meters.begin(try.kind)
	err := w.call(ctx, h, try)
	end(err)
	if err == nil {
		return
	}
	if err := w.undone(work, h, try, err); err != nil {
		w.queue.config.Log.Error("tasks: cannot record a failure, the task returns by itself", "kind", try.kind, "id", try.task, "err", err)
	}
}

// call turns a panic into an error.
func (w *Worker) call(ctx context.Context, h handler, try attempt) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panicError(value)
			w.queue.config.Log.Error("tasks: "+err.Error(), "kind", try.kind, "id", try.task, "stack", string(debug.Stack()))
		}
	}()
	return h.do(ctx, w.queue, try)
}

// undone decides what becomes of a task that was tried and is not done.
func (w *Worker) undone(work context.Context, h handler, try attempt, why error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(work), grace/2)
	defer cancel()
	log := w.queue.config.Log.With("kind", try.kind, "id", try.task, "try", try.try)
	switch {
	case errors.Is(why, errLost):
		log.Warn("tasks: another worker has the task")
		return nil
	case work.Err() != nil:
		log.Info("tasks: given back at the stop")
		return markWaiting(ctx, w.queue.db, try, w.queue.now())
	case notItsFault(why):
		log.Warn("tasks: the database was away or busy, that is no failure of the task", "err", failureOf(why).text)
		return markWaiting(ctx, w.queue.db, try, w.queue.now().Add(time.Second))
	}
	due, err := w.nextTry(h, try, why)
	if err != nil {
		return err
	}
	f := failureOf(why)
	log.Warn("tasks: failed", "err", f.text, "dead", due.IsZero())
	return markFailed(ctx, w.queue.db, try, f, due)
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
