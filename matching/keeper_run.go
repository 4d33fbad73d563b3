package matching

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"meent/internal/feed"
)

// How often a running Keeper does something, in seconds; and the longest that it
// waits after a fault.
const (
	tellEvery    = 10  // how it stands
	saveEvery    = 300 // its file
	saveFirst    = 60
	longestPause = 15 * time.Second
)

// Run loads everything, unless that was done, and keeps it in step until ctx ends: it is
// woken by each commit, and looks every second as well. It never fails: whatever goes
// wrong, also a fault of the program, is written in the log, counted, and tried again;
// meanwhile the tables alone choose.
func (k *Keeper) Run(ctx context.Context, log *slog.Logger) {
	r := &running{Keeper: k, log: log, bell: make(chan struct{}, 1)}
	if r.step = r.begin; k.stats.at.Load() != nil { // it is loaded
		r.step = r.follow
	}
	defer r.ends(ctx)
	k.service.engines.keeper.Store(k)
	_ = r.guard(ctx, r.tell)
	r.others.Go(func() { _ = safely(func() error { k.listen(ctx, r.bell); return nil }) })
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		pause := r.next(ctx)
		if pause > 0 {
			wait(ctx, pause)
			continue
		}
		select {
		case <-ctx.Done():
		case <-r.bell:
			wait(ctx, gather)
		case <-tick.C:
			r.second(ctx)
		}
	}
}

// gather is how long it waits for more after a commit, so that many at once are
// followed together.
const gather = 10 * time.Millisecond

func wait(ctx context.Context, pause time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

// running is one Run.
type running struct {
	*Keeper
	log     *slog.Logger
	bell    chan struct{}
	step    func(context.Context) error // what comes next
	failed  int                         // so often, one after the other
	seconds int
	others  sync.WaitGroup
}

// next does the next step, and says how long to wait when that failed. After a fault
// in asking it loads everything anew, until that is done.
func (r *running) next(ctx context.Context) (pause time.Duration) {
	if found := r.broken.Swap(nil); found != nil {
		r.log.Error("matching: the engine has a fault, the tables choose", "err", *found)
		r.step = r.Load
	}
	err := r.guard(ctx, r.step)
	switch {
	case err == nil:
		if r.stats.followed.Load() == nil || r.failed > 0 {
			r.log.Info("matching: the engine is loaded", "members", r.stats.members.Load(), "warm", r.stats.warm.Load())
		}
		r.step, r.failed = r.follow, 0
		return 0
	case ctx.Err() != nil:
		return 0
	}
	r.stats.faults.Add(1)
	r.log.Error("matching: the engine is not in step, the tables choose", "err", err)
	_ = r.guard(ctx, r.tell)
	r.failed = min(r.failed+1, 10)
	return min(longestPause, 250*time.Millisecond<<r.failed)
}

// begin says what became of the file.
func (r *running) begin(ctx context.Context) error {
	why, err := r.Begin(ctx)
	if why != nil && !errors.Is(why, os.ErrNotExist) {
		r.log.Warn("matching: the engine's file is of no use, everything is loaded", "why", why)
	}
	return err
}

// fault is a panic of the Keeper, or of columns.
type fault struct{ error }

// safely does something, of which a panic is an error.
func safely(do func() error) (err error) {
	defer func() {
		if was := recover(); was != nil {
			err = fault{fmt.Errorf("a fault: %v\n%s", was, debug.Stack())}
		}
	}()
	return do()
}

// guard does a step. After a fault of the program nothing that is kept can be trusted:
// the next step loads it anew.
func (r *running) guard(ctx context.Context, step func(context.Context) error) error {
	err := safely(func() error { return step(ctx) })
	if is := (fault{}); errors.As(err, &is) {
		r.step = r.Load
	}
	return err
}

func (k *Keeper) follow(ctx context.Context) error {
	_, err := k.Follow(ctx)
	return err
}

// second is what comes back: a look at what drifted, how the Keeper stands, its file.
func (r *running) second(ctx context.Context) {
	r.seconds++
	r.also(ctx, "cannot look for drift", r.look)
	if r.seconds%tellEvery == 1 {
		r.also(ctx, "cannot tell how the engine is", r.tell)
	}
	if r.seconds%saveEvery == saveFirst {
		r.also(ctx, "cannot save the engine", r.save)
	}
}

func (r *running) also(ctx context.Context, what string, do func(context.Context) error) {
	err := r.guard(ctx, do)
	if err == nil || ctx.Err() != nil {
		return
	}
	if is := (fault{}); errors.As(err, &is) {
		r.stats.faults.Add(1)
	}
	r.log.Error("matching: "+what, "err", err)
}

func (r *running) look(ctx context.Context) error {
	wrong, err := r.driftOfOne(ctx)
	if wrong > 0 {
		r.log.Error("matching: members were not as the tables say", "wrong", wrong)
	}
	return err
}

// ends waits for those that it started, and tells that it is gone.
func (r *running) ends(ctx context.Context) {
	r.others.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := endKeeper(last, r.service.db, r.id, r.service.now()); err != nil {
		r.log.Warn("matching: cannot tell that the engine ends", "err", err)
	}
}

// listen rings until ctx ends.
func (k *Keeper) listen(ctx context.Context, bell chan<- struct{}) {
	for ctx.Err() == nil {
		_ = feed.Listen(ctx, k.service.db, func() {
			select {
			case bell <- struct{}{}:
			default: // it rings already
			}
		})
		wait(ctx, time.Second) // the connection broke
	}
}
