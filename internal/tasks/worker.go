package tasks

import (
	"context"
	"sync"
	"time"
)

// Worker takes tasks from a queue and does them. Any number of workers, on any
// number of machines, may share a queue.
type Worker struct {
	queue  *Queue
	mux    *Mux
	kinds  []string
	leases []float64

	slots  chan struct{} // one for each handler that may run now
	wake   chan struct{} // a notice that something became due
	busy   sync.WaitGroup
	warned map[string]bool // kinds without a handler; only the upkeep touches it
}

// NewWorker makes a worker for the kinds in m. It returns an error when m was
// filled wrongly: a kind twice, a limit or a period out of range.
func NewWorker(q *Queue, m *Mux) (*Worker, error) {
	if err := m.err(); err != nil {
		return nil, err
	}
	w := &Worker{
		queue: q, mux: m, warned: map[string]bool{},
		slots: make(chan struct{}, q.config.Workers), wake: make(chan struct{}, 1),
	}
	w.kinds, w.leases = m.leases()
	return w, nil
}

// Run does tasks until ctx ends. Then it takes no more, and waits for the
// running handlers: after Config.Patience their contexts end, and what does not
// return then is left to its lease and reported as ErrUnfinished. A database
// that is away is no reason to return. Run is called once.
func (w *Worker) Run(ctx context.Context) error {
	work, hurry := context.WithCancel(context.WithoutCancel(ctx))
	defer hurry()
	var beside sync.WaitGroup
	beside.Go(func() { w.listen(ctx) })
	beside.Go(func() { w.keepUp(ctx) })
	for ctx.Err() == nil {
		if !w.startDue(ctx, work) {
			w.rest(ctx)
		}
	}
	beside.Wait()
	return w.stop(hurry)
}

// startDue starts as many due tasks as there are free slots, and reports whether
// there may be more.
func (w *Worker) startDue(ctx, work context.Context) bool {
	free := w.takeSlots(ctx)
	if ctx.Err() != nil {
		return false // nobody will need the slots
	}
	taken, err := w.claim(work, free) // not ctx: its end would leave unknown what was taken
	if err != nil {
		w.queue.config.Log.Error("tasks: cannot take", "err", err)
	}
	for range free - len(taken) {
		<-w.slots
	}
	for _, try := range taken {
		w.busy.Go(func() {
			defer func() { <-w.slots }()
			w.do(work, try)
		})
	}
	return len(taken) == free
}

// takeSlots waits for one slot, or the end of ctx, and takes the other free ones
// too.
func (w *Worker) takeSlots(ctx context.Context) (taken int) {
	select {
	case <-ctx.Done():
		return 0
	case w.slots <- struct{}{}:
		taken = 1
	}
	for {
		select {
		case w.slots <- struct{}{}:
			taken++
		default:
			return taken
		}
	}
}

func (w *Worker) claim(ctx context.Context, most int) ([]attempt, error) {
	return claimDue(ctx, w.queue.db, claim{kinds: w.kinds, leases: w.leases, now: w.queue.now(), most: most})
}

func (w *Worker) rest(ctx context.Context) {
	timer := time.NewTimer(w.queue.config.Poll)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-timer.C:
	}
}

// stop waits for the handlers, first with patience and then without.
func (w *Worker) stop(hurry context.CancelFunc) error {
	ended := make(chan struct{})
	go func() { w.busy.Wait(); close(ended) }()
	for _, patience := range []time.Duration{w.queue.config.Patience, min(w.queue.config.Patience, 5*time.Second)} {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-ended:
			return nil
		case <-timer.C:
			hurry()
		}
	}
	return ErrUnfinished
}

// RunDue does, one after the other, everything that is due until nothing is,
// and says how many tries that took. Tests and tools use it instead of Run.
func (w *Worker) RunDue(ctx context.Context) (tries int, err error) {
	if err := w.upkeep(ctx); err != nil {
		return 0, err
	}
	for {
		taken, err := w.claim(ctx, 1)
		if err != nil || len(taken) == 0 {
			return tries, err
		}
		w.do(ctx, taken[0])
		tries++
	}
}
