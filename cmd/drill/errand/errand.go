// Package errand is the work that a drill gives to real copies of the program,
// which are built with -tags drill. Each errand leaves one effect, and some
// fail, panic or take long on the way.
//
// What is left behind stands in the schema "drill": effect, which only the
// drill reads, and fault, the failures that were made on purpose.
package errand

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
)

// Schema makes the tables; the drill runs it before anything else.
const Schema = `
	CREATE SCHEMA drill;
	CREATE TABLE drill.effect (name text NOT NULL, kind text NOT NULL);
	CREATE TABLE drill.fault (kind text NOT NULL);
	CREATE TABLE drill.call (key text PRIMARY KEY);`

// Write leaves its effect in the transaction that marks it done.
type Write struct{ Name string }

// Call does something outside, idempotent by its key, and then leaves its effect.
type Call struct{ Name string }

// Tick comes every second.
type Tick struct{}

// The kinds.
func (Write) Kind() string { return "drill.write" }
func (Call) Kind() string  { return "drill.call" }
func (Tick) Kind() string  { return "drill.tick" }

// Double is a planted bug: effects are written outside the transaction of their
// task.
const Double = "double"

// Twice is another: the program transfers each wage twice, and pays it out twice.
const Twice = "twice"

// Short is another: the program sends a cent less than it should, to members and back
// to clients.
const Short = "short"

// Believe is another: the program takes events that nobody signed.
const Believe = "believe"

// Add lets the program do errands.
func Add(m *tasks.Mux, db *pgxpool.Pool, plant string) {
	w := worker{db: db, double: plant == Double}
	again := []tasks.Limit{tasks.Attempts(1000), tasks.Backoff(100*time.Millisecond, time.Second)}
	tasks.HandleTx(m, w.write, again...)
	tasks.Handle(m, w.call, again...)
	tasks.HandleTx(m, w.tick, again...)
	tasks.Every(m, time.Second, Tick{})
}

type worker struct {
	db     *pgxpool.Pool
	double bool
}

func (w worker) write(ctx context.Context, tx pgx.Tx, t Write) error {
	if err := w.effect(ctx, tx, t.Name, t.Kind()); err != nil {
		return err
	}
	return w.mishap(ctx, t.Kind())
}

func (w worker) call(ctx context.Context, key string, t Call) (func(context.Context, pgx.Tx) error, error) {
	if _, err := w.db.Exec(ctx, `INSERT INTO drill.call (key) VALUES ($1) ON CONFLICT DO NOTHING`, key); err != nil {
		return nil, err
	}
	if err := w.mishap(ctx, t.Kind()); err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) error { return w.effect(ctx, tx, t.Name, t.Kind()) }, nil
}

func (w worker) tick(ctx context.Context, tx pgx.Tx, t Tick) error {
	return w.effect(ctx, tx, "tick", t.Kind())
}

func (w worker) effect(ctx context.Context, tx pgx.Tx, name, kind string) error {
	const query = `INSERT INTO drill.effect (name, kind) VALUES ($1, $2)`
	if w.double {
		_, err := w.db.Exec(ctx, query, name, kind)
		return err
	}
	_, err := tx.Exec(ctx, query, name, kind)
	return err
}

// mishap is what happens on the way: mostly nothing.
func (w worker) mishap(ctx context.Context, kind string) error {
	switch n := rand.IntN(100); {
	case n < 6:
		return w.fault(ctx, kind, errors.New("a failure on purpose"))
	case n < 8:
		panic(w.fault(ctx, kind, errors.New("a panic on purpose")))
	case n < 12:
		return sleep(ctx, 2*time.Second)
	case n < 40:
		return sleep(ctx, time.Duration(rand.IntN(60))*time.Millisecond)
	}
	return nil
}

// fault notes the failure before it happens, whatever becomes of the task's
// transaction.
func (w worker) fault(ctx context.Context, kind string, why error) error {
	_, err := w.db.Exec(ctx, `INSERT INTO drill.fault (kind) VALUES ($1)`, kind)
	return errors.Join(err, why)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
