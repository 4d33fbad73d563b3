package tasks

import (
	"context"
	"crypto/rand"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/pg"
)

// waker wakes the relays when a transaction that noted a task has committed: its
// own process' at once, those of others by NOTIFY. It does not notify inside that
// transaction: Postgres lets only one transaction that notifies commit at a time,
// and each would wait for the disk alone.
type waker struct {
	db    *pgxpool.Pool
	name  string // on the notifications, so that our own are not heard twice
	calls atomic.Int64

	mu    sync.Mutex
	bells []bell
}

func newWaker(db *pgxpool.Pool) *waker { return &waker{db: db, name: rand.Text()} }

func (w *waker) add(b bell) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bells = append(w.bells, b)
}

// afterTx wakes the relays after the commit.
func (w *waker) afterTx(ctx context.Context, tx pgx.Tx) error {
	if pg.AfterCommit(tx, w, w.wake) {
		return nil
	}
	_, err := tx.Exec(ctx, `SELECT pg_notify('tasks', '')`)
	return err
}

// wake rings, and calls the others: one call is under way at a time, and one
// more follows for all who came meanwhile.
func (w *waker) wake() {
	w.mu.Lock()
	for _, b := range w.bells {
		b.ring()
	}
	w.mu.Unlock()
	if w.calls.Add(1) == 1 {
		go w.callOthers()
	}
}

// callOthers is only for speed: where it fails, they find the task when they
// look the next time.
func (w *waker) callOthers() {
	for {
		calls := w.calls.Load()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		_, _ = w.db.Exec(ctx, `SELECT pg_notify('tasks', $1)`, w.name)
		cancel()
		if w.calls.CompareAndSwap(calls, 0) {
			return
		}
	}
}
