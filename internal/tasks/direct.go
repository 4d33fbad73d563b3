package tasks

import "context"

// direct does what is due without Redis, as much as there are free handlers,
// and reports whether there may be more. It never waits for a handler.
func (w *Worker) direct(ctx, work context.Context) (more bool, err error) {
	for i := len(w.readers) - 1; i >= 0; i-- { // Hi has its own handlers here, too
		r := w.readers[i]
		started, err := r.startDirectly(ctx, work)
		if err != nil {
			return more, err
		}
		more = more || started
	}
	return more, nil
}

// startDirectly takes tasks for the reader's free slots, lane by lane.
func (r *reader) startDirectly(ctx, work context.Context) (started bool, err error) {
	for _, lane := range r.nextOrder() {
		free := r.takeFreeSlots()
		if free == 0 {
			return started, nil
		}
		list, err := r.worker.relay.take(ctx, map[Lane]int{lane: free})
		if err != nil {
			r.free(free)
			return started, err
		}
		r.start(ctx, work, messagesFor(list), free)
		started = started || len(list) > 0
	}
	return started, nil
}

// messagesFor makes messages that lie in no stream.
func messagesFor(list []sent) []message {
	messages := make([]message, len(list))
	for i, one := range list {
		messages[i] = message{task: one.id, kind: one.kind, lane: one.lane}
	}
	return messages
}
