package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// effects are what handlers leave in the database: one row for each number from
// 0 up to, not including, the size. It also notes when each handler began.
type effects struct {
	mu    sync.Mutex
	began []time.Time
	left  int           // numbers that no handler has seen
	seen  chan struct{} // closed when none is left
	wrong atomic.Pointer[error]
}

func newEffects(size int) *effects {
	return &effects{began: make([]time.Time, size), left: size, seen: make(chan struct{})}
}

// write is the work of a handler. A second effect of a task is an error.
func (e *effects) write(ctx context.Context, tx pgx.Tx, number int) error {
	e.begin(number)
	_, err := tx.Exec(ctx, `INSERT INTO effect (number) VALUES ($1)`, number)
	return e.note(err)
}

// writeOnce is the work of a handler that may be called twice for one task,
// because its queue and the database cannot commit together.
func (e *effects) writeOnce(ctx context.Context, tx pgx.Tx, number int) error {
	e.begin(number)
	_, err := tx.Exec(ctx, `INSERT INTO effect (number) VALUES ($1) ON CONFLICT DO NOTHING`, number)
	return e.note(err)
}

func (e *effects) begin(number int) {
	now := time.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.began[number].IsZero() {
		return
	}
	e.began[number] = now
	if e.left--; e.left == 0 {
		close(e.seen)
	}
}

// note keeps an error, so that no measurement with a failed handler counts.
func (e *effects) note(err error) error {
	if err != nil {
		e.wrong.Store(&err)
	}
	return err
}

// wait returns when all effects are committed.
func (e *effects) wait(ctx context.Context, db *pgxpool.Pool) error {
	select {
	case <-e.seen:
	case <-ctx.Done():
		return errors.Join(fmt.Errorf("%d tasks were never done", e.missing()), ctx.Err())
	}
	for {
		var rows int
		if err := db.QueryRow(ctx, `SELECT count(*) FROM effect`).Scan(&rows); err != nil {
			return err
		}
		if rows >= len(e.began) {
			return nil
		}
		time.Sleep(time.Millisecond)
	}
}

func (e *effects) missing() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.left
}

// check returns an error unless the database holds each effect exactly once and
// no handler failed.
func (e *effects) check(ctx context.Context, db *pgxpool.Pool) error {
	if wrong := e.wrong.Load(); wrong != nil {
		return fmt.Errorf("a handler failed: %w", *wrong)
	}
	const query = `
		SELECT count(*), count(DISTINCT number), count(*) FILTER (WHERE number >= 0 AND number < $1) FROM effect`
	var rows, distinct, expected int
	if err := db.QueryRow(ctx, query, len(e.began)).Scan(&rows, &distinct, &expected); err != nil {
		return err
	}
	if n := len(e.began); rows != n || distinct != n || expected != n {
		return fmt.Errorf("%d effects, %d of them distinct and %d of tasks that there are; there should be %d", rows, distinct, expected, n)
	}
	return nil
}
