package tasks

import (
	"context"
	"time"
)

// reader reads messages for as many handlers as are free, and starts them. A
// worker has two: one for everything, and one with a few handlers of its own
// that are kept free for Hi.
type reader struct {
	worker *Worker
	order  func(int) []Lane
	slots  chan struct{} // one for each handler that may run now
	reads  int
}

func newReader(w *Worker, slots int, order func(int) []Lane) *reader {
	return &reader{worker: w, order: order, slots: make(chan struct{}, slots)}
}

// run starts tasks until ctx ends; handlers go on in work.
func (r *reader) run(ctx, work context.Context) {
	for ctx.Err() == nil {
		free := r.takeSlots(ctx)
		if ctx.Err() != nil {
			return // nobody will need the slots
		}
		messages, err := r.read(work, free) // not ctx: its end would leave unread what was read
		r.start(ctx, work, messages, free)
		if err != nil {
			r.recover(ctx, err)
		}
	}
}

// takeSlots waits for one slot, or the end of ctx, and takes the other free ones
// too.
func (r *reader) takeSlots(ctx context.Context) (taken int) {
	select {
	case <-ctx.Done():
		return 0
	case r.slots <- struct{}{}:
		taken = 1
	}
	for {
		select {
		case r.slots <- struct{}{}:
			taken++
		default:
			return taken
		}
	}
}

// read looks into one lane after the other until it has enough, and when there
// is nothing waits for the first message in any of them.
func (r *reader) read(ctx context.Context, free int) (messages []message, err error) {
	order := r.order(r.reads)
	r.reads++
	for _, lane := range order {
		more, err := r.worker.streams.read(ctx, []Lane{lane}, free-len(messages), -1)
		if messages = append(messages, more...); err != nil || len(messages) >= free {
			return messages, err
		}
	}
	if len(messages) > 0 {
		return messages, nil
	}
	return r.worker.streams.read(ctx, order, 1, longestRead)
}

// longestRead bounds how long a stop waits for a reader that waits for Redis.
const longestRead = 500 * time.Millisecond

// recover waits a moment for a Redis that is away, and makes the groups of one
// that was emptied.
func (r *reader) recover(ctx context.Context, err error) {
	if isNoGroup(err) {
		err = r.worker.streams.ensureGroups(ctx)
		r.worker.relay.wake.ring()
	}
	if err != nil {
		pause(ctx, 100*time.Millisecond) // the relay says that Redis is away
	}
}

// start does the tasks of the messages, as many at once as there are slots, and
// gives back the slots that it does not need. At the end of ctx what has no
// slot yet stays pending.
func (r *reader) start(ctx, work context.Context, messages []message, free int) {
	for len(messages) > 0 && free > 0 {
		n := min(free, len(messages))
		r.startSome(work, messages[:n], n)
		messages, free = messages[n:], free-n
		if len(messages) > 0 {
			free = r.takeSlots(ctx)
		}
	}
	r.free(free)
}

// startAll starts tasks that were not read by this reader, and waits for slots.
func (r *reader) startAll(ctx, work context.Context, messages []message) error {
	r.start(ctx, work, messages, r.takeSlots(ctx))
	return ctx.Err()
}

// startSome does the tasks of the messages on n slots.
func (r *reader) startSome(work context.Context, messages []message, n int) {
	taken, err := r.worker.claim(work, messages)
	if err != nil {
		r.worker.queue.config.Log.Error("tasks: cannot take", "err", err)
	}
	r.free(n - len(taken))
	for _, try := range taken {
		r.worker.busy.Go(func() {
			defer r.free(1)
			r.worker.do(work, try)
		})
	}
}

func (r *reader) free(n int) {
	for range n {
		<-r.slots
	}
}
