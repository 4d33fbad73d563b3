package tasks_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/pg/pgtest"
	"meent/internal/redisd"
	"meent/internal/tasks"
)

// onEveryRedis runs the test on the embedded Redis, and on a real redis-server
// where there is one; in CI there must be.
func onEveryRedis(t *testing.T, test func(*testing.T, *redis.Client)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) { test(t, newMiniredis(t)) })
	t.Run("redis-server", func(t *testing.T) { test(t, newRedisServer(t)) })
}

func newMiniredis(t *testing.T) *redis.Client {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(t).Addr()})
	t.Cleanup(func() { client.Close() })
	return client
}

func newRedisServer(t *testing.T) *redis.Client {
	t.Helper()
	server, err := redisd.Start()
	if errors.Is(err, redisd.ErrNotInstalled) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	client := server.Client()
	t.Cleanup(func() { client.Close() })
	return client
}

// house is a queue with a clock that only the test moves, and a table in which
// handlers leave their effects.
type house struct {
	*testing.T
	db    *pgxpool.Pool
	redis *redis.Client
	queue *tasks.Queue
	clock *clock
	log   *logbook
}

// newHouse starts at noon; change, which may be nil, adjusts the settings.
func newHouse(t *testing.T, client *redis.Client, change func(*tasks.Config)) *house {
	t.Helper()
	h := &house{T: t, redis: client, db: pgtest.New(t, tasks.Schema()), clock: &clock{at: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}, log: &logbook{}}
	config := tasks.Config{
		Now: h.clock.now, Random: longWaits{}, Log: slog.New(slog.NewTextHandler(h.log, nil)),
		Poll: 10 * time.Millisecond, Upkeep: 10 * time.Millisecond,
	}
	if change != nil {
		change(&config)
	}
	h.queue = tasks.New(h.db, config)
	h.exec(`CREATE TABLE effect (name text)`)
	return h
}

func (h *house) exec(sql string, args ...any) {
	h.Helper()
	if _, err := h.db.Exec(h.Context(), sql, args...); err != nil {
		h.Fatal(err)
	}
}

func (h *house) enqueue(t tasks.Task, o tasks.Opts) (queued bool) {
	h.Helper()
	err := pgx.BeginFunc(h.Context(), h.db, func(tx pgx.Tx) (err error) {
		queued, err = h.queue.EnqueueTx(h.Context(), tx, t, o)
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return queued
}

func (h *house) worker(m *tasks.Mux) *tasks.Worker {
	h.Helper()
	w, err := tasks.NewWorker(h.queue, h.redis, m)
	if err != nil {
		h.Fatal(err)
	}
	return w
}

// runDue fails the test when the number of tries is not want.
func (h *house) runDue(w *tasks.Worker, want int) {
	h.Helper()
	tries, err := w.RunDue(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	if tries != want {
		h.Fatalf("RunDue made %d tries, want %d", tries, want)
	}
}

// runDueBeside is runDue beside a worker whose relay goes on: that one may take
// the task first and send it, so that it comes a moment later.
func (h *house) runDueBeside(w *tasks.Worker, want int) {
	h.Helper()
	tries := 0
	for late := time.Now().Add(20 * time.Second); tries < want && time.Now().Before(late); {
		more, err := w.RunDue(h.Context())
		if tries += more; err != nil {
			h.Fatal(err)
		}
	}
	if tries != want {
		h.Fatalf("RunDue made %d tries, want %d", tries, want)
	}
}

// run starts the worker; stop ends it and gives Run's error.
func (h *house) run(w *tasks.Worker) (stop func() error) {
	ctx, cancel := context.WithCancel(h.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	h.Cleanup(func() { stop() })
	return stop
}

// silence lets every hold be over, as if workers and messages had vanished.
func (h *house) silence() {
	h.Helper()
	h.exec(`UPDATE tasks.task SET held_until = clock_timestamp() - interval '1 second' WHERE held_until IS NOT NULL`)
}

func (h *house) effects() []string {
	h.Helper()
	rows, _ := h.db.Query(h.Context(), `SELECT name FROM effect ORDER BY name`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		h.Fatal(err)
	}
	return names
}

// task is what the tests look at in a row.
type task struct {
	State    string
	Tries    int
	Failures int
	Lost     int
	Error    string
}

// only gives the one task that there is.
func (h *house) only() task {
	h.Helper()
	rows, _ := h.db.Query(h.Context(), `SELECT state, tries, failures, lost, coalesce(last_error, '') FROM tasks.task`)
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[task])
	if err != nil {
		h.Fatal(err)
	}
	return found
}

// until polls, because nothing else tells when another goroutine is that far.
func (h *house) until(what string, so func() bool) {
	h.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.Fatalf("%s: not after 20 seconds; log:\n%s", what, h.log)
		}
	}
}

// note is a task of the tests; its name is its effect.
type note struct{ Name string }

func (note) Kind() string { return "test.note" }

func writeEffect(ctx context.Context, tx pgx.Tx, n note) error {
	_, err := tx.Exec(ctx, `INSERT INTO effect (name) VALUES ($1)`, n.Name)
	return err
}

// errand is a task of another kind.
type errand struct{ Name string }

func (errand) Kind() string { return "test.errand" }

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// logbook is a log that several goroutines write.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// longWaits draws the longest wait of a backoff, and honest ids.
type longWaits struct{}

func (longWaits) Read(p []byte) (int, error) {
	if len(p) != 8 {
		return rand.Read(p)
	}
	return copy(p, bytes.Repeat([]byte{0xFF}, 8)), nil
}
