package tasks

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"meent/internal/id"
)

// Worker takes tasks from a queue and does them; it also relays and sweeps. Any
// number of workers, on any number of machines, may share a queue.
type Worker struct {
	queue   *Queue
	mux     *Mux
	kinds   []string
	streams streams
	relay   *relay
	readers []*reader
	acks    *acks
	held    held
	meters  *meters

	busy   sync.WaitGroup
	warned map[string]bool // kinds without a handler; only the upkeep touches it
	tidied time.Time       // by the queue's clock; only the upkeep touches it
	queued []time.Time     // by schedule, the period that is queued; only the upkeep touches it
}

// NewWorker makes a worker for the kinds in m. It returns an error when m was
// filled wrongly: a kind twice, a limit or a period out of range.
func NewWorker(q *Queue, client redis.UniversalClient, m *Mux) (*Worker, error) {
	if err := m.err(); err != nil {
		return nil, err
	}
	w := &Worker{queue: q, mux: m, kinds: m.kinds(), meters: newMeters(), warned: map[string]bool{}}
	w.queued = make([]time.Time, len(m.periodic))
	w.streams = streams{redis: client, consumer: id.New[Worker](q.config.Random).String()}
	w.relay = &relay{queue: q, streams: w.streams, kinds: w.kinds, wake: newBell(), meters: w.meters}
	q.waker.add(w.relay.wake)
	w.acks = newAcks(w.streams, q.config.Log)
	everything := newReader(w, q.config.Workers, readingOrder)
	urgent := newReader(w, (q.config.Workers+3)/4, func(int) []Lane { return []Lane{Hi} })
	everything.adopts = true
	w.readers = []*reader{everything, urgent}
	return w, nil
}

// Run does tasks until ctx ends. Then it reads no more, and waits for the
// running handlers: after Config.Patience their contexts end, and what does not
// return then is left to its hold and reported as ErrUnfinished. A database or
// a Redis that is away is no reason to return. Run is called once.
func (w *Worker) Run(ctx context.Context) error {
	work, hurry := context.WithCancel(context.WithoutCancel(ctx))
	defer hurry()
	w.relay.direct = func(ctx context.Context) (bool, error) { return w.direct(ctx, work) }
	var taking, beside sync.WaitGroup
	for _, r := range w.readers {
		taking.Go(func() { r.run(ctx, work) })
	}
	taking.Go(func() { w.relay.listen(ctx) })
	taking.Go(func() { w.relay.run(ctx) })
	taking.Go(func() { w.keepUp(ctx) })
	besideCtx, stopBeside := context.WithCancel(context.WithoutCancel(ctx))
	beside.Go(func() { w.keepHolding(besideCtx) })
	beside.Go(func() { w.keepTouching(besideCtx) })
	beside.Go(func() { w.acks.run(besideCtx) })
	<-ctx.Done()
	err := w.stop(&taking, hurry)
	stopBeside()
	beside.Wait()
	w.leave()
	return err
}

// stop waits until nothing is taken any more and the handlers have ended, first
// with patience and then without.
func (w *Worker) stop(taking *sync.WaitGroup, hurry context.CancelFunc) error {
	ended := make(chan struct{})
	go func() { taking.Wait(); w.busy.Wait(); close(ended) }()
	for _, patience := range []time.Duration{w.queue.config.Patience, longestRead + min(w.queue.config.Patience, 5*time.Second)} {
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

// leave says goodbye to Redis, if that answers at once.
func (w *Worker) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := w.streams.leave(ctx); err != nil {
		w.queue.config.Log.Debug("tasks: cannot say goodbye to Redis", "err", err)
	}
}

// RunDue does, one after the other, everything that is due until nothing is,
// and says how many tries that took. Tests and tools use it instead of Run.
func (w *Worker) RunDue(ctx context.Context) (tries int, err error) {
	do := func(ctx context.Context, list []message) error {
		done, err := w.doAll(ctx, list)
		tries += done
		return err
	}
	w.relay.checked = time.Time{} // look at Redis now, and not only now and then
	if err = w.upkeep(ctx); err == nil {
		err = w.adoptAll(ctx, do)
	}
	for more := true; more && (err == nil || errors.Is(err, errAway)); {
		more, err = w.turn(ctx, do)
	}
	return tries, err
}

// adoptAll does the tasks of vanished workers.
func (w *Worker) adoptAll(ctx context.Context, do func(context.Context, []message) error) error {
	for {
		adopted, err := w.readers[0].adopt(ctx, w.queue.config.Workers)
		if err != nil || len(adopted) == 0 {
			return err
		}
		if err := do(ctx, adopted); err != nil {
			return err
		}
	}
}

// turn relays once, reads one message of each lane and does their tasks; without
// Redis it takes one of each lane.
func (w *Worker) turn(ctx context.Context, do func(context.Context, []message) error) (more bool, err error) {
	moved, _, err := w.relay.turn(ctx)
	if errors.Is(err, errAway) {
		list, err := w.relay.take(ctx, map[Lane]int{Hi: 1, Std: 1, Low: 1})
		return len(list) > 0, errors.Join(err, do(ctx, messagesFor(list)))
	}
	if err != nil {
		return false, err
	}
	messages, err := w.streams.read(ctx, lanes(), 1, -1)
	if err != nil {
		return false, err
	}
	return moved+len(messages) > 0, do(ctx, messages)
}

// doAll does the tasks of the messages, one after the other.
func (w *Worker) doAll(ctx context.Context, messages []message) (tries int, err error) {
	taken, err := w.claim(ctx, messages)
	if err != nil {
		return 0, err
	}
	for _, try := range taken {
		w.do(ctx, try)
	}
	w.acks.flush(ctx)
	return len(taken), nil
}
