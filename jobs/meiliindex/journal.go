package meiliindex

import (
	"context"
	"sync"

	"meent/jobs"
)

// journal is what was put and removed while a Replace is under way, so that it
// is done to the new index, too.
type journal struct {
	mu    sync.Mutex
	open  bool
	steps []step
}

// step is one call of Put or of Remove.
type step struct {
	put    []jobs.Document
	remove []jobs.GigID
}

// keep begins a journal, or ends it.
func (j *journal) keep(open bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.open, j.steps = open, nil
}

func (j *journal) add(s step) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.open {
		j.steps = append(j.steps, s)
	}
}

// redo does to the index of this name what the journal says. Nobody may change
// the index meanwhile.
func (x *Index) redo(ctx context.Context, name string) error {
	for _, s := range x.journal.steps {
		if err := x.put(ctx, name, s.put); err != nil {
			return err
		}
		if len(s.remove) == 0 {
			continue
		}
		if err := x.remove(ctx, name, s.remove); err != nil {
			return err
		}
	}
	return nil
}
