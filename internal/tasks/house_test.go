package tasks_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
)

// house is a queue with a clock that only the test moves, and a table in which
// handlers leave their effects.
type house struct {
	*testing.T
	db    *pgxpool.Pool
	queue *tasks.Queue
	clock *clock
	log   *logbook
}

// newHouse starts at noon; change, which may be nil, adjusts the settings.
func newHouse(t *testing.T, change func(*tasks.Config)) *house {
	t.Helper()
	h := &house{T: t, db: pgtest.New(t, tasks.Schema()), clock: &clock{at: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}, log: &logbook{}}
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
	w, err := tasks.NewWorker(h.queue, m)
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

// run starts the worker; stop ends it and gives Run's error.
func (h *house) run(w *tasks.Worker) (stop func() error) {
	ctx, cancel := context.WithCancel(h.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-ended })
	h.Cleanup(func() { stop() })
	return stop
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
