package tasks_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/redisd"
	"meent/internal/tasks"
)

// notes enqueues the notes of these numbers and gives their names.
func (h *house) notes(from, to int) (names []string) {
	h.Helper()
	for i := from; i < to; i++ {
		name := fmt.Sprintf("%04d", i)
		h.enqueue(note{name}, tasks.Opts{Lane: tasks.Lane(i%3 - 1)})
		names = append(names, name)
	}
	return names
}

// all waits until each of the names had its effect, and checks that it is one.
func (h *house) all(names []string) {
	h.Helper()
	h.until("all done", func() bool { return len(h.effects()) >= len(names) })
	if diff := cmp.Diff(names, h.effects()); diff != "" {
		h.Error(diff)
	}
}

// realTime lets the clock go, for tests in which Redis' own time counts.
func realTime(c *tasks.Config) {
	c.Now = time.Now
	c.Hold, c.Upkeep, c.Poll = 200*time.Millisecond, 20*time.Millisecond, 20*time.Millisecond
}

func TestRedisIsEmptiedAllTheTime(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, realTime)
		for range 2 {
			h.run(h.worker(noteMux()))
		}
		var names []string
		for i := range 20 {
			names = append(names, h.notes(i*10, i*10+10)...)
			if err := client.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
		}
		h.all(names)
	})
}

// TestEmptiedRedisIsNoticedAtOnce, and nobody waits for holds to end.
func TestEmptiedRedisIsNoticedAtOnce(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { realTime(c); c.Hold = time.Hour })
		m, called, release := held(true)
		h.run(h.worker(m))
		close(release)
		h.enqueue(errand{"before"}, tasks.Opts{})
		<-called
		h.exec(`INSERT INTO tasks.task (id, kind, payload, lane, state, created_at, due_at, held_until)
			VALUES (gen_random_uuid(), 'test.errand', '{"Name":"message lost"}', 0, 'sent', now(), now(), now() + interval '1 hour')`)
		if err := client.FlushAll(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		h.until("the lost message is sent again", func() bool { return slices.Contains(h.effects(), "message lost") })
	})
}

// TestWithoutRedisWorkGoesOn: more slowly, and a Redis that comes back is used.
func TestWithoutRedisWorkGoesOn(t *testing.T) {
	server, err := redisd.Start()
	if err != nil {
		newRedisServer(t) // skips, or fails in CI
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop() })
	client := server.Client()
	t.Cleanup(func() { client.Close() })
	h := newHouse(t, client, realTime)
	h.run(h.worker(noteMux()))
	names := h.notes(0, 20)
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	names = append(names, h.notes(20, 40)...)
	h.all(names)
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	h.all(append(names, h.notes(40, 60)...))
	h.until("Redis is used again", func() bool {
		n, err := client.Exists(t.Context(), "meent:{tasks}:mark").Result()
		return err == nil && n == 1
	})
}

func TestEightWorkersEightKinds(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Workers = 2 })
		for range 8 {
			m := tasks.NewMux()
			tasks.HandleTx(m, named[kind0])
			tasks.HandleTx(m, named[kind1])
			tasks.HandleTx(m, named[kind2])
			tasks.HandleTx(m, named[kind3])
			tasks.HandleTx(m, named[kind4])
			tasks.HandleTx(m, named[kind5])
			tasks.HandleTx(m, named[kind6])
			tasks.HandleTx(m, named[kind7])
			h.run(h.worker(m))
		}
		var want []string
		for i := range 10 {
			for _, t := range []tasks.Task{kind0(i), kind1(i), kind2(i), kind3(i), kind4(i), kind5(i), kind6(i), kind7(i)} {
				h.enqueue(t, tasks.Opts{})
				want = append(want, t.Kind())
			}
		}
		slices.Sort(want)
		h.all(want)
	})
}

type (
	kind0 int
	kind1 int
	kind2 int
	kind3 int
	kind4 int
	kind5 int
	kind6 int
	kind7 int
)

func (kind0) Kind() string { return "test.0" }
func (kind1) Kind() string { return "test.1" }
func (kind2) Kind() string { return "test.2" }
func (kind3) Kind() string { return "test.3" }
func (kind4) Kind() string { return "test.4" }
func (kind5) Kind() string { return "test.5" }
func (kind6) Kind() string { return "test.6" }
func (kind7) Kind() string { return "test.7" }

// named leaves the kind as its effect.
func named[T tasks.Task](ctx context.Context, tx pgx.Tx, t T) error {
	return writeEffect(ctx, tx, note{t.Kind()})
}

func TestStopUnderLoad(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { realTime(c); c.Patience = 50 * time.Millisecond })
		m := tasks.NewMux()
		var calls atomic.Int32
		tasks.HandleTx(m, func(ctx context.Context, tx pgx.Tx, n note) error {
			if calls.Add(1)%10 == 0 { // now and then one that outlasts the patience
				if _, err := tx.Exec(ctx, `SELECT pg_sleep(0.2)`); err != nil {
					return err
				}
			}
			return writeEffect(ctx, tx, n)
		})
		names := h.notes(0, 300)
		for i := range 5 {
			stop := h.run(h.worker(m))
			h.until("some are done", func() bool { return len(h.effects()) >= 40*(i+1) })
			if err := stop(); err != nil {
				t.Fatal(err)
			}
		}
		h.run(h.worker(m))
		h.all(names)
		var failures int
		if err := h.db.QueryRow(t.Context(), `SELECT sum(failures) FROM tasks.task`).Scan(&failures); err != nil || failures != 0 {
			t.Errorf("%d failures, %v: a stop is none", failures, err)
		}
	})
}

// TestHiHasHandlersOfItsOwn, however slow the others are.
func TestHiHasHandlersOfItsOwn(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Workers = 2 })
		m, called, release := held(true)
		h.run(h.worker(m))
		for range 4 {
			h.enqueue(errand{"slow"}, tasks.Opts{Lane: tasks.Low})
		}
		<-called
		<-called
		h.enqueue(note{"urgent"}, tasks.Opts{Lane: tasks.Hi})
		h.until("the urgent one is done", func() bool { return slices.Contains(h.effects(), "urgent") })
		close(release)
	})
}

// TestDueLaterWakesTheRelay at the right moment, and not at its next look.
func TestDueLaterWakesTheRelay(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { realTime(c); c.Poll = time.Hour })
		h.run(h.worker(noteMux()))
		due := time.Now().Add(400 * time.Millisecond)
		h.enqueue(note{"later"}, tasks.Opts{Due: due})
		h.enqueue(note{"now"}, tasks.Opts{}) // makes the relay look, and see when the other is due
		h.until("both are done", func() bool { return len(h.effects()) == 2 })
		if late := time.Since(due); late < 0 || late > 10*time.Second {
			t.Errorf("done %v after it was due", late)
		}
	})
}

func TestRedisHoldsIdsAndKindsOnly(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		m, called, release := held(true)
		h.run(h.worker(m))
		h.enqueue(errand{"Anna de Vries"}, tasks.Opts{Key: "anna"})
		<-called
		entries, err := client.XRange(t.Context(), "meent:{tasks}:std", "-", "+").Result()
		if err != nil || len(entries) != 1 {
			t.Fatalf("%v, %v; want one entry", entries, err)
		}
		var task string
		if err := h.db.QueryRow(t.Context(), `SELECT id::text FROM tasks.task`).Scan(&task); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]any{"id": task, "kind": "test.errand"}, entries[0].Values); diff != "" {
			t.Error(diff)
		}
		close(release)
		h.until("the stream is empty again", func() bool { return client.XLen(t.Context(), "meent:{tasks}:std").Val() == 0 })
	})
}

// TestPostgresCutsAllConnections again and again, while the lanes are full:
// nothing is lost, doubled, or counted as a failure.
func TestPostgresCutsAllConnections(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, realTime)
		m, cuts := tasks.NewMux(), atomic.Int32{}
		tasks.HandleTx(m, func(ctx context.Context, tx pgx.Tx, n note) error {
			if cuts.Add(1)%5 == 0 && cuts.Load() < 40 {
				const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
				if _, err := tx.Exec(ctx, cut); err != nil {
					return err
				}
			}
			return writeEffect(ctx, tx, n)
		}, tasks.Attempts(1))
		names := h.notes(0, 60)
		h.run(h.worker(m))
		h.until("all done", func() bool {
			var left int
			err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE state <> 'done'`).Scan(&left)
			return err == nil && left == 0
		})
		h.all(names)
	})
}

// TestKindOfANewerProgram is not held up by workers that do not know it.
func TestKindOfANewerProgram(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { realTime(c); c.Hold = time.Hour })
		for range 3 {
			h.run(h.worker(noteMux()))
		}
		m := tasks.NewMux()
		tasks.HandleTx(m, func(ctx context.Context, tx pgx.Tx, e errand) error { return writeEffect(ctx, tx, note(e)) })
		h.run(h.worker(m))
		var names []string
		for i := range 20 {
			names = append(names, fmt.Sprintf("%02d", i))
			h.enqueue(errand{names[i]}, tasks.Opts{})
		}
		h.all(names)
	})
}

// TestKeyOfARunningTask is taken, and nobody waits for the handler to say so.
func TestKeyOfARunningTask(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		called, release := make(chan struct{}), make(chan struct{})
		m := tasks.NewMux()
		tasks.HandleTx(m, func(context.Context, pgx.Tx, note) error { close(called); <-release; return nil })
		h.enqueue(note{"a"}, tasks.Opts{Key: "k"})
		h.run(h.worker(m))
		<-called
		defer close(release)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		err := pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
			queued, err := h.queue.EnqueueTx(ctx, tx, note{"b"}, tasks.Opts{Key: "k"})
			if queued {
				t.Error("the key is free")
			}
			return err
		})
		if err != nil {
			t.Errorf("enqueueing waited for the handler: %v", err)
		}
	})
}

// TestUpkeepGoesOnWhileAllHandlersAreBusy: periodic tasks are queued, and what a
// vanished worker left is adopted later.
func TestUpkeepGoesOnWhileAllHandlersAreBusy(t *testing.T) {
	h := newHouse(t, newMiniredis(t), func(c *tasks.Config) { realTime(c); c.Workers = 1 })
	m, called, release := held(true)
	tasks.Every(m, time.Second, note{"tick"})
	h.run(h.worker(m))
	h.enqueue(errand{"slow"}, tasks.Opts{})
	<-called
	defer close(release)
	periods := func() (n int) {
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'test.note'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := periods()
	h.until("two more periods", func() bool { return periods() >= before+2 })
}

// TestHiHasHandlersOfItsOwnWithoutRedis, too.
func TestHiHasHandlersOfItsOwnWithoutRedis(t *testing.T) {
	gone := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1, DialerRetries: 1})
	t.Cleanup(func() { gone.Close() })
	h := newHouse(t, gone, func(c *tasks.Config) { realTime(c); c.Workers = 2 })
	m, called, release := held(true)
	h.run(h.worker(m))
	for range 4 {
		h.enqueue(errand{"slow"}, tasks.Opts{Lane: tasks.Low})
	}
	<-called
	<-called
	h.enqueue(note{"urgent"}, tasks.Opts{Lane: tasks.Hi})
	h.until("the urgent one is done", func() bool { return slices.Contains(h.effects(), "urgent") })
	close(release)
	h.until("the others are done", func() bool { return len(h.effects()) == 5 })
}

// TestRedisHangs without refusing: a long task goes on and is not begun again,
// other work is done without Redis, and the stop is quick.
func TestRedisHangs(t *testing.T) {
	server, err := redisd.Start()
	if err != nil {
		newRedisServer(t) // skips, or fails in CI
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Resume(); server.Stop() })
	client := server.Client()
	t.Cleanup(func() { client.Close() })
	h := newHouse(t, client, func(c *tasks.Config) { realTime(c); c.Hold, c.Patience = time.Second, time.Second })
	m, called, release := held(true)
	stop := h.run(h.worker(m))
	h.enqueue(errand{"long"}, tasks.Opts{})
	<-called
	if err := server.Hang(); err != nil {
		t.Fatal(err)
	}
	names := h.notes(0, 100)
	h.until("the others are done", func() bool { return len(h.effects()) == len(names) })
	time.Sleep(3 * time.Second) // three holds
	if len(called) != 0 {
		t.Errorf("the long task was begun again while it ran:\n%s", h.log)
	}
	close(release)
	h.until("the long task is done", func() bool { return len(h.effects()) == len(names)+1 })
	begin := time.Now()
	if err := stop(); err != nil || time.Since(begin) > 8*time.Second {
		t.Errorf("the stop took %v, %v", time.Since(begin), err)
	}
	h.all(append(names, "long"))
}
