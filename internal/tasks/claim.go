package tasks

import (
	"context"
	"slices"
	"time"
)

// claim takes the tasks of the messages, each once, in the order of the
// messages. A message whose task is not to be taken is acknowledged: the task is
// done, or its row brings it back.
func (w *Worker) claim(ctx context.Context, messages []message) (taken []attempt, err error) {
	for try := range claimTries {
		var some []attempt
		if some, messages, err = w.claimOnce(ctx, messages); err != nil {
			return taken, err
		}
		taken = append(taken, some...)
		if len(messages) == 0 {
			return taken, nil
		}
		pause(ctx, time.Duration(try+1)*time.Millisecond)
	}
	return taken, nil // what is locked for so long stays pending, and is adopted
}

// claimTries is how often a claim is made when somebody holds a lock. A relay
// locks for a moment also rows that it then leaves as they are.
const claimTries = 8

// claimOnce gives back the messages that are worth another try.
func (w *Worker) claimOnce(ctx context.Context, messages []message) (taken []attempt, locked []message, err error) {
	ctx, cancel := context.WithTimeout(ctx, statementLimit)
	defer cancel()
	q, ids := w.queue, idsOf(messages)
	if len(ids) > 0 {
		taken, err = claimTasks(ctx, q.db, claim{tasks: ids, kinds: w.kinds, now: q.now(), hold: q.config.Hold})
		if err != nil {
			return nil, nil, err
		}
	}
	taken, rest := join(messages, taken)
	var free []ID
	if ids := idsOf(rest); len(ids) > 0 {
		if free, err = selectFree(ctx, q.db, claim{tasks: ids, kinds: w.kinds, now: q.now()}); err != nil {
			return taken, nil, nil // they stay pending
		}
	}
	if foreign := idsOf(w.foreign(rest)); len(foreign) > 0 {
		if err := markForeign(ctx, q.db, foreign); err != nil {
			return taken, nil, nil // they stay pending
		}
	}
	for _, m := range rest {
		if slices.Contains(free, m.task) {
			locked = append(locked, m)
		} else {
			w.acks.add(m)
		}
	}
	return taken, locked, nil
}

// foreign picks the messages for kinds that nobody here does.
func (w *Worker) foreign(messages []message) (foreign []message) {
	for _, m := range messages {
		if _, known := w.mux.handlers[m.kind]; !known {
			foreign = append(foreign, m)
		}
	}
	return foreign
}

func idsOf(messages []message) (ids []ID) {
	for _, m := range messages {
		if !m.task.IsZero() {
			ids = append(ids, m.task)
		}
	}
	return ids
}

// join gives each attempt its message, in the order of the messages, and the
// messages that are left.
func join(messages []message, taken []attempt) (joined []attempt, rest []message) {
	for _, m := range messages {
		i := slices.IndexFunc(taken, func(a attempt) bool { return a.task == m.task })
		if i < 0 {
			rest = append(rest, m)
			continue
		}
		try := taken[i]
		try.message.id, try.message.lane = m.id, m.lane
		joined = append(joined, try)
		taken = slices.Delete(taken, i, i+1)
	}
	return joined, rest
}
