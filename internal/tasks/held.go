package tasks

import (
	"context"
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

// keepHolding tells Postgres, and keepTouching Redis, again and again that the
// long tasks of this worker are alive, until ctx ends. They go apart, so that a
// Redis that hangs ends no hold.
func (w *Worker) keepHolding(ctx context.Context)  { w.beat(ctx, w.holdOn) }
func (w *Worker) keepTouching(ctx context.Context) { w.beat(ctx, w.touch) }

func (w *Worker) beat(ctx context.Context, tell func(context.Context) error) {
	for ctx.Err() == nil {
		pause(ctx, w.queue.config.Hold/4)
		if err := tell(ctx); err != nil && ctx.Err() == nil && !w.relay.away.Load() {
			w.queue.config.Log.Warn("tasks: cannot tell that long tasks are alive", "err", err)
		}
	}
}

// longTries leaves out what has just begun: most tasks are over before it matters.
func (w *Worker) longTries() []attempt {
	now := time.Now()
	return w.held.long(now.Add(-w.queue.config.Hold/4), now)
}

func (w *Worker) holdOn(ctx context.Context) error {
	tries := w.longTries()
	if len(tries) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, w.queue.config.Hold/2) // and then once more, before the hold ends
	defer cancel()
	return extendHolds(ctx, w.queue.db, tries, w.queue.config.Hold)
}

func (w *Worker) touch(ctx context.Context) error {
	var messages []message
	for _, try := range w.longTries() {
		messages = append(messages, try.message)
	}
	if len(messages) == 0 {
		return nil
	}
	return w.streams.touch(ctx, messages)
}
