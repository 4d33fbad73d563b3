package tasks

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"meent/internal/pg/pgtest"
)

// TestNothingIsLostOrDoubled plays random stories of commits, roll-backs,
// failures, panics, vanished workers that may come back, sweeps and hours
// gone by. In the end each committed task has had its effect exactly once.
func TestNothingIsLostOrDoubled(t *testing.T) {
	db := pgtest.New(t, Schema())
	if _, err := db.Exec(t.Context(), `CREATE TABLE effect (name text)`); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t, db)
		t.Repeat(map[string]func(*rapid.T){
			"commit":   func(t *rapid.T) { s.enqueue(t, nil) },
			"rollback": func(t *rapid.T) { s.enqueue(t, errStory) },
			"do":       func(t *rapid.T) { s.try(t, "do") },
			"fail":     func(t *rapid.T) { s.try(t, "fail") },
			"panic":    func(t *rapid.T) { s.try(t, "panic") },
			"vanish":   s.vanish,
			"return":   s.comeBack,
			"sweep":    s.sweep,
			"later":    s.later,
		})
		s.end(t)
	})
}

var errStory = errors.New("so the story goes")

type story struct {
	ctx      context.Context
	queue    *Queue
	worker   *Worker
	now      time.Time
	mood     string // what the handler does next
	keys     map[string]bool
	want     map[string]bool
	vanished []attempt
}

type step struct{ Name string }

func (step) Kind() string { return "test.step" }

func newStory(t *rapid.T, db *pgxpool.Pool) *story {
	s := &story{ctx: t.Context(), now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), keys: map[string]bool{}, want: map[string]bool{}}
	s.exec(t, db, `TRUNCATE tasks.task, effect`)
	s.queue = New(db, Config{Now: func() time.Time { return s.now }})
	m := NewMux()
	HandleTx(m, s.handle, Attempts(1000), Backoff(time.Second, time.Minute))
	w, err := NewWorker(s.queue, m)
	if err != nil {
		t.Fatal(err)
	}
	s.worker = w
	return s
}

func (s *story) exec(t *rapid.T, db *pgxpool.Pool, sql string) {
	if _, err := db.Exec(s.ctx, sql); err != nil {
		t.Fatal(err)
	}
}

func (s *story) handle(ctx context.Context, tx pgx.Tx, what step) error {
	if _, err := tx.Exec(ctx, `INSERT INTO effect (name) VALUES ($1)`, what.Name); err != nil {
		return err
	}
	switch s.mood {
	case "fail":
		return errStory
	case "panic":
		panic(errStory)
	}
	return nil
}

func (s *story) enqueue(t *rapid.T, end error) {
	name := fmt.Sprintf("%04d", rapid.IntRange(0, 9999).Filter(func(n int) bool { return !s.want[fmt.Sprintf("%04d", n)] }).Draw(t, "name"))
	o := Opts{
		Key:  rapid.SampledFrom([]string{"", "", "k", "l", "m"}).Draw(t, "key"),
		Lane: rapid.SampledFrom([]Lane{Hi, Std, Low}).Draw(t, "lane"),
		Due:  s.now.Add(rapid.SampledFrom([]time.Duration{-time.Hour, 0, time.Minute, time.Hour}).Draw(t, "due")),
	}
	err := pgx.BeginFunc(s.ctx, s.queue.db, func(tx pgx.Tx) error {
		queued, err := s.queue.EnqueueTx(s.ctx, tx, step{name}, o)
		if queued == s.keys[o.Key] {
			t.Fatalf("queued %v, but the key %q taken %v", queued, o.Key, s.keys[o.Key])
		}
		return errors.Join(err, end)
	})
	if !errors.Is(err, end) {
		t.Fatal(err)
	}
	if end == nil && !s.keys[o.Key] {
		s.want[name] = true
		s.keys[o.Key] = o.Key != ""
	}
}

func (s *story) take(t *rapid.T) []attempt {
	taken, err := s.worker.claim(s.ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func (s *story) try(t *rapid.T, mood string) {
	s.mood = mood
	for _, taken := range s.take(t) {
		s.worker.do(s.ctx, taken)
	}
}

func (s *story) vanish(t *rapid.T) { s.vanished = append(s.vanished, s.take(t)...) }

func (s *story) comeBack(*rapid.T) {
	s.mood = "do"
	for _, taken := range s.vanished {
		s.worker.do(s.ctx, taken)
	}
}

func (s *story) sweep(t *rapid.T) {
	if err := s.worker.upkeep(s.ctx); err != nil {
		t.Fatal(err)
	}
}

func (s *story) later(t *rapid.T) {
	s.now = s.now.Add(rapid.SampledFrom([]time.Duration{time.Second, time.Minute, 2 * time.Minute}).Draw(t, "later"))
}

func (s *story) end(t *rapid.T) {
	s.mood, s.now = "do", s.now.Add(2*time.Hour)
	if _, err := s.worker.RunDue(s.ctx); err != nil {
		t.Fatal(err)
	}
	rows, _ := s.queue.db.Query(s.ctx, `SELECT name FROM effect ORDER BY name`)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(s.want)), got, equateEmpty); diff != "" {
		t.Fatal(diff)
	}
}

// equateEmpty lets no names be equal to no names.
var equateEmpty = cmp.Transformer("names", func(names []string) map[int]string { return maps.Collect(slices.All(names)) })
