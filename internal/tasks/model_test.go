package tasks

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
	"pgregory.net/rapid"

	"meent/internal/pg/pgtest"
)

// TestNothingIsLostOrDoubled plays random stories of commits, roll-backs,
// failures, panics, relays and workers that vanish at any step and may come
// back, a Redis that is emptied, away, or holds rubbish, sweeps and hours gone
// by. In the end each committed task has had its effect exactly once.
func TestNothingIsLostOrDoubled(t *testing.T) {
	db, server := pgtest.New(t, Schema()), miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), MaxRetries: -1})
	defer client.Close()
	if _, err := db.Exec(t.Context(), `CREATE TABLE effect (name text)`); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t, db, server, client)
		t.Repeat(map[string]func(*rapid.T){
			"commit":              func(t *rapid.T) { s.enqueue(t, nil) },
			"rollback":            func(t *rapid.T) { s.enqueue(t, errStory) },
			"relay":               s.relay,
			"relay vanishes":      s.relayVanishes,
			"do":                  func(t *rapid.T) { s.try(t, "do") },
			"fail":                func(t *rapid.T) { s.try(t, "fail") },
			"panic":               func(t *rapid.T) { s.try(t, "panic") },
			"reader vanishes":     func(t *rapid.T) { s.read(t) },
			"worker vanishes":     s.workerVanishes,
			"worker returns":      s.workerReturns,
			"adopt":               s.adopt,
			"Redis is emptied":    func(*rapid.T) { s.server.FlushAll() },
			"Redis goes":          func(*rapid.T) { s.server.SetError("ERR away") },
			"Redis comes":         func(*rapid.T) { s.server.SetError("") },
			"rubbish in Redis":    s.rubbish,
			"doubled in Redis":    s.doubled,
			"work without Redis":  s.withoutRedis,
			"sweep":               s.sweep,
			"later":               s.later,
			"another worker runs": func(t *rapid.T) { s.runDue(t) },
		})
		s.end(t)
	})
}

var errStory = errors.New("so the story goes")

type story struct {
	ctx      context.Context
	server   *miniredis.Miniredis
	queue    *Queue
	worker   *Worker
	now      time.Time
	mood     string // what the handler does next
	keys     map[string]bool
	want     map[string]bool
	sent     []string // ids that were once in Redis
	vanished []attempt
}

type step struct{ Name string }

func (step) Kind() string { return "test.step" }

func newStory(t *rapid.T, db *pgxpool.Pool, server *miniredis.Miniredis, client *redis.Client) *story {
	s := &story{ctx: t.Context(), server: server, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), keys: map[string]bool{}, want: map[string]bool{}}
	if _, err := db.Exec(s.ctx, `TRUNCATE tasks.task, tasks.delivery, effect`); err != nil {
		t.Fatal(err)
	}
	server.SetError("")
	server.FlushAll()
	s.queue = New(db, Config{Now: func() time.Time { return s.now }})
	s.worker = s.newWorker(t, client)
	return s
}

func (s *story) newWorker(t *rapid.T, client *redis.Client) *Worker {
	m := NewMux()
	HandleTx(m, s.handle, Attempts(1000), Backoff(time.Second, time.Minute))
	w, err := NewWorker(s.queue, client, m)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (s *story) deliver(t *rapid.T, list []message) {
	_, err := s.worker.doAll(s.ctx, list)
	s.must(t, err)
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
		Lane: rapid.SampledFrom(lanes()).Draw(t, "lane"),
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

// relay looks at Redis afresh, as it does now and then.
func (s *story) relay(t *rapid.T) {
	s.worker.relay.checked = time.Time{}
	if _, _, err := s.worker.relay.turn(s.ctx); err != nil && !errors.Is(err, errAway) {
		t.Fatal(err)
	}
}

// relayVanishes after it has marked the rows.
func (s *story) relayVanishes(t *rapid.T) {
	if _, err := s.worker.relay.take(s.ctx, map[Lane]int{Hi: 1, Std: 1, Low: 1}); err != nil {
		t.Fatal(err)
	}
}

func (s *story) withoutRedis(t *rapid.T) {
	s.mood = "do"
	list, err := s.worker.relay.take(s.ctx, map[Lane]int{Hi: 2, Std: 2, Low: 2})
	s.must(t, err)
	s.deliver(t, messagesFor(list))
}

// read gives nothing while Redis is away or has no group.
func (s *story) read(t *rapid.T) []message {
	list, _ := s.worker.streams.read(s.ctx, lanes(), 1, -1)
	for _, m := range list {
		s.sent = append(s.sent, m.task.String())
	}
	return list
}

func (s *story) try(t *rapid.T, mood string) {
	s.mood = mood
	s.deliver(t, s.read(t))
}

func (s *story) must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func (s *story) workerVanishes(t *rapid.T) {
	taken, err := s.worker.claim(s.ctx, s.read(t))
	s.must(t, err)
	s.vanished = append(s.vanished, taken...)
}

func (s *story) workerReturns(*rapid.T) {
	s.mood = "do"
	for _, taken := range s.vanished {
		s.worker.do(s.ctx, taken)
	}
	s.worker.acks.flush(s.ctx)
}

func (s *story) adopt(t *rapid.T) {
	s.mood = "do"
	for _, lane := range lanes() {
		list, _, _ := s.worker.streams.adopt(s.ctx, lane, 0, "", 10)
		s.deliver(t, list)
	}
}

func (s *story) rubbish(t *rapid.T) {
	values := rapid.SampledFrom([][]string{{"id", "nobody"}, {"kind", "test.step"}, {"id", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "kind", "odd"}}).Draw(t, "values")
	_, _ = s.server.XAdd(streamOf(Std), "*", values)
}

// doubled puts a message once more that was there before.
func (s *story) doubled(t *rapid.T) {
	if len(s.sent) > 0 {
		_, _ = s.server.XAdd(streamOf(Hi), "*", []string{"id", rapid.SampledFrom(s.sent).Draw(t, "id"), "kind", "test.step"})
	}
}

func (s *story) sweep(t *rapid.T) { s.must(t, s.worker.sweep(s.ctx)) }

func (s *story) later(t *rapid.T) {
	s.pass(t, rapid.SampledFrom([]time.Duration{time.Second, 10 * time.Second, time.Minute}).Draw(t, "later"))
}

// pass lets time go by, for Postgres too.
func (s *story) pass(t *rapid.T, d time.Duration) {
	s.now = s.now.Add(d)
	_, err := s.queue.db.Exec(s.ctx, `UPDATE tasks.task SET held_until = held_until - make_interval(secs => $1) WHERE held_until IS NOT NULL`, d.Seconds())
	s.must(t, err)
}

func (s *story) runDue(t *rapid.T) {
	s.mood = "do"
	other := s.newWorker(t, s.worker.streams.redis.(*redis.Client))
	if _, err := other.RunDue(s.ctx); err != nil && !errors.Is(err, errAway) {
		t.Fatal(err)
	}
}

func (s *story) end(t *rapid.T) {
	s.server.SetError("")
	s.pass(t, 2*time.Hour)
	s.runDue(t)
	rows, _ := s.queue.db.Query(s.ctx, `SELECT name FROM effect ORDER BY name`)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	s.must(t, err)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(s.want)), got, equateEmpty); diff != "" {
		t.Fatal(diff)
	}
}

// equateEmpty lets no names be equal to no names.
var equateEmpty = cmp.Transformer("names", func(names []string) map[int]string { return maps.Collect(slices.All(names)) })
