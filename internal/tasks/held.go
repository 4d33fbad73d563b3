package tasks

import (
	"context"
	"errors"
	"sync"
	"time"
)

// held is what this worker is doing now.
type held struct {
	mu    sync.Mutex
	tries map[ID]hold
}

// hold is one try under way. Its times are this machine's, because they measure
// how long it takes, whatever the date.
type hold struct {
	attempt
	since time.Time
	most  time.Time // from then on it is not waited for any more
}

func (h *held) add(one hold) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tries == nil {
		h.tries = map[ID]hold{}
	}
	h.tries[one.task] = one
}

// remove forgets the try, unless a later one of the same task has taken its place.
func (h *held) remove(try attempt) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tries[try.task].try == try.try {
		delete(h.tries, try.task)
	}
}

// long lists the tries that began before, and may still go on.
func (h *held) long(before, now time.Time) (tries []attempt) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.tries {
		if !one.since.After(before) && now.Before(one.most) {
			tries = append(tries, one.attempt)
		}
	}
	return tries
}

// keepHolding tells Postgres and Redis again and again that the long tasks of
// this worker are alive, until ctx ends.
func (w *Worker) keepHolding(ctx context.Context) {
	for beat := w.queue.config.Hold / 4; ctx.Err() == nil; {
		pause(ctx, beat)
		if err := w.beat(ctx); err != nil && ctx.Err() == nil {
			w.queue.config.Log.Warn("tasks: cannot hold on to long tasks", "err", err)
		}
	}
}

// beat leaves out what has just begun: most tasks are over before it matters.
func (w *Worker) beat(ctx context.Context) error {
	q, now := w.queue, time.Now()
	tries := w.held.long(now.Add(-q.config.Hold/4), now)
	if len(tries) == 0 {
		return nil
	}
	messages := make([]message, len(tries))
	for i, try := range tries {
		messages[i] = try.message
	}
	limited, cancel := context.WithTimeout(ctx, q.config.Hold/4) // both, and the pause, are done before a hold ends
	defer cancel()
	return errors.Join(extendHolds(limited, q.db, tries, q.config.Hold), w.streams.touch(ctx, messages))
}
