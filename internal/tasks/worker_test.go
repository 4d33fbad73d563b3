package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
)

// held is a handler of errands that tells when it is called and waits. obey
// says whether it returns when its context ends.
func held(obey bool) (m *tasks.Mux, called chan string, release chan struct{}) {
	m, called, release = noteMux(), make(chan string, 8), make(chan struct{})
	tasks.Handle(m, func(ctx context.Context, _ string, e errand) (func(context.Context, pgx.Tx) error, error) {
		called <- e.Name
		ended := ctx.Done()
		if !obey {
			ended = nil
		}
		select {
		case <-release:
			return func(ctx context.Context, tx pgx.Tx) error { return writeEffect(ctx, tx, note(e)) }, nil
		case <-ended:
			return nil, ctx.Err()
		}
	})
	return m, called, release
}

func TestManyWorkersNoDoubleEffects(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Workers = 2 })
		var want []string
		for i := range 200 {
			name := fmt.Sprintf("%03d", i)
			want = append(want, name)
			h.enqueue(note{name}, tasks.Opts{})
		}
		for range 3 {
			h.run(h.worker(noteMux()))
		}
		h.until("all done", func() bool { return len(h.effects()) >= len(want) })
		if diff := cmp.Diff(want, h.effects()); diff != "" {
			t.Error(diff)
		}
		var most int
		if err := h.db.QueryRow(t.Context(), `SELECT max(tries) FROM tasks.task`).Scan(&most); err != nil || most != 1 {
			t.Errorf("a task was taken %d times, %v; want once", most, err)
		}
	})
}

func TestCommitWakesIdleWorker(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Poll, c.Upkeep = time.Hour, time.Hour })
		h.run(h.worker(noteMux()))
		for _, name := range []string{"a", "b", "c"} {
			h.enqueue(note{name}, tasks.Opts{})
			h.until(name, func() bool { return slices.Contains(h.effects(), name) })
		}
	})
}

func TestVanishedWorkersTaskReturns(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Upkeep, c.Hold, c.Workers = time.Hour, time.Hour, 1 })
		m, called, release := held(false)
		h.enqueue(errand{"a"}, tasks.Opts{})
		stop := h.run(h.worker(m))
		<-called // from here on the first worker is as good as dead

		second := noteMux()
		tasks.HandleTx(second, func(ctx context.Context, tx pgx.Tx, e errand) error { return writeEffect(ctx, tx, note(e)) })
		w := h.worker(second)
		h.clock.add(time.Hour) // the hold is not of this clock
		h.runDue(w, 0)
		h.silence()
		h.runDueBeside(w, 1)

		close(release) // the first comes back to life, too late
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"a"}, h.effects()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(task{State: "done", Tries: 2, Lost: 1}, h.only()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOpenTransactionKeepsItsTask(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Upkeep = time.Hour })
		called, release := make(chan struct{}, 1), make(chan struct{})
		m := tasks.NewMux()
		tasks.HandleTx(m, func(ctx context.Context, tx pgx.Tx, n note) error {
			called <- struct{}{}
			<-release
			return writeEffect(ctx, tx, n)
		})
		h.enqueue(note{"a"}, tasks.Opts{})
		stop := h.run(h.worker(m))
		<-called
		blocked := make(chan struct{})
		go func() { defer close(blocked); h.silence() }() // waits for the handler's transaction
		h.runDue(h.worker(noteMux()), 0)
		close(release)
		<-blocked
		if err := stop(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"a"}, h.effects()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestStopWaitsForRunningAndTakesNoMore(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Workers = 1 })
		m, called, release := held(true)
		h.enqueue(errand{"runs"}, tasks.Opts{})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		w := h.worker(m)
		go func() { ended <- w.Run(ctx) }()
		<-called
		cancel()
		h.enqueue(errand{"waits"}, tasks.Opts{})
		select {
		case err := <-ended:
			t.Fatalf("Run returned %v while a handler ran", err)
		case <-time.After(50 * time.Millisecond):
		}
		close(release)
		if err := <-ended; err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
		if diff := cmp.Diff([]string{"runs"}, h.effects()); diff != "" {
			t.Error(diff)
		}
		if len(called) != 0 {
			t.Error("a task was taken after the stop")
		}
	})
}

func TestStopGivesBackWhatTakesTooLong(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Patience = time.Millisecond })
		m, called, _ := held(true)
		h.enqueue(errand{"a"}, tasks.Opts{})
		stop := h.run(h.worker(m))
		<-called
		if err := stop(); err != nil && !errors.Is(err, tasks.ErrUnfinished) {
			t.Error(err)
		}
		h.until("given back", func() bool { return h.only().State == "waiting" })
		if diff := cmp.Diff(task{State: "waiting", Tries: 1}, h.only()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestStopReportsWhatDoesNotEnd(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Patience = time.Millisecond })
		m, called, release := held(false)
		h.enqueue(errand{"a"}, tasks.Opts{})
		stop := h.run(h.worker(m))
		<-called
		if err := stop(); !errors.Is(err, tasks.ErrUnfinished) {
			t.Errorf("Run = %v, want ErrUnfinished", err)
		}
		if got := h.only().State; got != "running" {
			t.Errorf("state %q, want running until the lease ends", got)
		}
		close(release)
		h.until("the handler ended", func() bool { return h.only().State == "done" })
	})
}

func TestPanicLeavesWorkerAlive(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Workers = 1 })
		m := noteMux()
		tasks.HandleTx(m, func(context.Context, pgx.Tx, errand) error { panic(errRefused) }, tasks.Attempts(1))
		h.run(h.worker(m))
		h.enqueue(errand{"a"}, tasks.Opts{})
		h.enqueue(note{"b"}, tasks.Opts{Lane: tasks.Low})
		h.until("the next task is done", func() bool { return len(h.effects()) == 1 })
	})
}

func TestEveryOncePerPeriod(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		var ran atomic.Int32
		worker := func() *tasks.Worker {
			m := tasks.NewMux()
			tasks.HandleTx(m, func(context.Context, pgx.Tx, note) error { ran.Add(1); return nil })
			tasks.Every(m, time.Hour, note{"tidy"})
			return h.worker(m)
		}
		a, b := worker(), worker()
		h.runDue(a, 1)
		h.runDue(b, 0)
		h.clock.add(59 * time.Minute)
		h.runDue(b, 0)
		h.clock.add(time.Minute)
		h.runDue(b, 1)
		h.runDue(a, 0)
		if ran.Load() != 2 {
			t.Errorf("ran %d times in two periods", ran.Load())
		}
	})
}

func TestDoneTasksAreForgotten(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Keep = 9 * 24 * time.Hour })
		w := h.worker(noteMux())
		h.enqueue(note{"a"}, tasks.Opts{Key: "k"})
		h.runDue(w, 1)
		h.clock.add(15 * 24 * time.Hour) // a wrong clock of ours forgets nothing
		h.runDue(w, 0)
		h.exec(`UPDATE tasks.task SET ended_at = ended_at - interval '8 days 23 hours'`)
		h.clock.add(time.Minute)
		h.runDue(w, 0)
		if h.enqueue(note{"b"}, tasks.Opts{Key: "k"}) {
			t.Error("the key was forgotten too early")
		}
		h.exec(`UPDATE tasks.task SET ended_at = ended_at - interval '2 hours'`)
		h.clock.add(time.Minute)
		h.runDue(w, 0)
		if !h.enqueue(note{"c"}, tasks.Opts{Key: "k"}) {
			t.Error("the key was not forgotten")
		}
	})
}
