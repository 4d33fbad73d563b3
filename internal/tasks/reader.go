package tasks

import (
	"context"
	"sync/atomic"
	"time"
)

// reader reads messages for as many handlers as are free, and starts them. A
// worker has two: one for everything, and one with a few handlers of its own
// that are kept free for Hi.
type reader struct {
	worker *Worker
	order  func(int) []Lane
	adopts bool          // also what vanished workers left
	slots  chan struct{} // one for each handler that may run now
	reads  atomic.Int64  // by its own run and by the relay's, without Redis

	adopted time.Time       // when there was nothing more to adopt
	cursors map[Lane]string // where the search for it goes on
}

func newReader(w *Worker, slots int, order func(int) []Lane) *reader {
	return &reader{worker: w, order: order, slots: make(chan struct{}, slots), cursors: map[Lane]string{}}
}

// run starts tasks until ctx ends; handlers go on in work. While Redis is away
// the relay hands out tasks without it.
func (r *reader) run(ctx, work context.Context) {
	for ctx.Err() == nil {
		if r.worker.relay.away.Load() {
			pause(ctx, 50*time.Millisecond)
			continue
		}
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
		return 1 + r.takeFreeSlots()
	}
}

// takeFreeSlots takes what is free now, perhaps nothing.
func (r *reader) takeFreeSlots() (taken int) {
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
// is nothing waits for the first message in any of them. Now and then it begins
// with what vanished workers left.
func (r *reader) read(ctx context.Context, free int) (messages []message, err error) {
	if messages, err = r.adopt(ctx, free); err != nil {
		return messages, err
	}
	order := r.nextOrder()
	for _, lane := range order {
		if len(messages) >= free {
			return messages, nil
		}
		more, err := r.worker.streams.read(ctx, []Lane{lane}, free-len(messages), -1)
		if messages = append(messages, more...); err != nil {
			return messages, err
		}
	}
	if len(messages) > 0 {
		return messages, nil
	}
	return r.worker.streams.read(ctx, order, 1, longestRead)
}

// nextOrder gives every lane its turn at the front.
func (r *reader) nextOrder() []Lane { return r.order(int(r.reads.Add(1) - 1)) }

// longestRead bounds how long a stop waits for a reader that waits for Redis.
const longestRead = 500 * time.Millisecond

// adopt takes over at most so many messages whose reader has been silent too
// long, once in each upkeep, and again at once while there are more.
func (r *reader) adopt(ctx context.Context, most int) (adopted []message, err error) {
	config := r.worker.queue.config
	if !r.adopts || time.Since(r.adopted) < config.Upkeep {
		return nil, nil
	}
	for _, lane := range lanes() {
		more, next, err := r.worker.streams.adopt(ctx, lane, config.Hold, r.cursors[lane], most-len(adopted))
		if adopted = append(adopted, more...); err != nil {
			return adopted, err
		}
		if r.cursors[lane] = next; len(adopted) >= most {
			break // go on from here with the next free slots
		}
	}
	if len(adopted) < most {
		r.adopted = time.Now()
	}
	r.worker.meters.redelivered.Add(float64(len(adopted)))
	return adopted, nil
}

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
		r.startSome(ctx, work, messages[:n], n)
		messages, free = messages[n:], free-n
		if len(messages) > 0 {
			free = r.takeSlots(ctx)
		}
	}
	r.free(free)
}

// startSome does the tasks of the messages on n slots. While the database is
// away it keeps both and tries again: whoever read on would only fill the list
// of what is pending.
func (r *reader) startSome(ctx, work context.Context, messages []message, n int) {
	taken, err := r.worker.claim(work, messages)
	for err != nil && len(taken) == 0 && ctx.Err() == nil {
		r.worker.queue.config.Log.Error("tasks: cannot take, trying again", "err", err)
		pause(ctx, r.worker.queue.config.Poll)
		taken, err = r.worker.claim(work, messages)
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
