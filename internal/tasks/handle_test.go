package tasks_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
)

var errRefused = errors.New("refused")

func refuse(context.Context, pgx.Tx, errand) error { return errRefused }

func noteMux(l ...tasks.Limit) *tasks.Mux {
	m := tasks.NewMux()
	tasks.HandleTx(m, writeEffect, l...)
	return m
}

func constraintOf(err error) string {
	var broken *pgconn.PgError
	if !errors.As(err, &broken) {
		return ""
	}
	return broken.ConstraintName
}

func TestHandleTxEffectAndDoneAreOne(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		m, calls := tasks.NewMux(), 0
		tasks.HandleTx(m, func(ctx context.Context, tx pgx.Tx, n note) error {
			calls++
			if err := writeEffect(ctx, tx, n); err != nil || calls > 1 {
				return err
			}
			return errRefused
		})
		w := h.worker(m)
		h.enqueue(note{"a"}, tasks.Opts{})
		h.runDue(w, 1)
		if diff := cmp.Diff([]string{}, h.effects()); diff != "" {
			t.Errorf("effects of a failed try: %s", diff)
		}
		h.clock.add(time.Minute)
		h.runDue(w, 1)
		if diff := cmp.Diff([]string{"a"}, h.effects()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(task{State: "done", Tries: 2, Failures: 1}, h.only()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHandleFinishAndDoneAreOne(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		var keys []string
		m := tasks.NewMux()
		tasks.Handle(m, func(_ context.Context, key string, n note) (func(context.Context, pgx.Tx) error, error) {
			keys = append(keys, key)
			return func(ctx context.Context, tx pgx.Tx) error {
				if err := writeEffect(ctx, tx, n); err != nil || len(keys) > 1 {
					return err
				}
				return errRefused
			}, nil
		})
		w := h.worker(m)
		h.enqueue(note{"a"}, tasks.Opts{})
		h.runDue(w, 1)
		h.clock.add(time.Minute)
		h.runDue(w, 1)
		if diff := cmp.Diff([]string{"a"}, h.effects()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(task{State: "done", Tries: 2, Failures: 1}, h.only()); diff != "" {
			t.Error(diff)
		}
		if len(keys) != 2 || keys[0] == "" || keys[0] != keys[1] {
			t.Errorf("keys %q, want the same one twice", keys)
		}
	})
}

func TestHandleHoldsNoConnection(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		m := tasks.NewMux()
		tasks.Handle(m, func(context.Context, string, note) (func(context.Context, pgx.Tx) error, error) {
			// The pool itself takes one for a moment to see whether it lives; one that
			// is held for the call is there all the time.
			held := h.db.Stat().AcquiredConns()
			for late := time.Now().Add(5 * time.Second); held != 0 && time.Now().Before(late); held = h.db.Stat().AcquiredConns() {
				runtime.Gosched()
			}
			if held != 0 {
				t.Errorf("%d connections are held during the call", held)
			}
			return nil, nil
		})
		h.enqueue(note{"a"}, tasks.Opts{})
		h.runDue(h.worker(m), 1)
		if diff := cmp.Diff(task{State: "done", Tries: 1}, h.only()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBackoffUntilDead(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		m := tasks.NewMux()
		tasks.HandleTx(m, refuse, tasks.Attempts(4), tasks.Backoff(time.Second, 3*time.Second))
		w := h.worker(m)
		h.enqueue(errand{"a"}, tasks.Opts{})
		h.runDue(w, 1)
		for i, wait := range []time.Duration{time.Second, 2 * time.Second, 3 * time.Second} {
			if diff := cmp.Diff(task{State: "waiting", Tries: i + 1, Failures: i + 1, Error: "refused"}, h.only()); diff != "" {
				t.Error(diff)
			}
			h.clock.add(wait - time.Millisecond)
			h.runDue(w, 0)
			h.clock.add(time.Millisecond)
			h.runDue(w, 1)
		}
		if diff := cmp.Diff(task{State: "dead", Tries: 4, Failures: 4, Error: "refused"}, h.only()); diff != "" {
			t.Error(diff)
		}
		h.clock.add(30 * 24 * time.Hour)
		h.runDue(w, 0)
		h.only() // a dead task is not deleted
	})
}

func TestOneTryEnds(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		var nobody *note
		tests := []struct {
			name   string
			handle func(context.Context, pgx.Tx, note) error
			want   task
		}{
			{"give up", func(context.Context, pgx.Tx, note) error { return tasks.GiveUp(errRefused) },
				task{State: "dead", Tries: 1, Failures: 1, Error: "refused"}},
			{"give up nothing", func(context.Context, pgx.Tx, note) error { return tasks.GiveUp(nil) },
				task{State: "done", Tries: 1}},
			{"panic of the runtime", func(context.Context, pgx.Tx, note) error { return errors.New(nobody.Name) },
				task{State: "waiting", Tries: 1, Failures: 1, Error: "panic: runtime error: invalid memory address or nil pointer dereference"}},
			{"panic with somebody's name", func(context.Context, pgx.Tx, note) error { panic("Anna de Vries") },
				task{State: "waiting", Tries: 1, Failures: 1, Error: "panic with a string"}},
			{"deadline", func(ctx context.Context, _ pgx.Tx, _ note) error { <-ctx.Done(); return ctx.Err() },
				task{State: "waiting", Tries: 1, Failures: 1, Error: "context deadline exceeded"}},
			{"Postgres quotes a name", func(ctx context.Context, tx pgx.Tx, _ note) error {
				_, err := tx.Exec(ctx, `SELECT $1::text::date`, "Anna de Vries")
				return err
			}, task{State: "waiting", Tries: 1, Failures: 1, Error: `postgres: SQLSTATE 22007, table "", column "", constraint ""`}},
			{"Postgres ends", func(ctx context.Context, tx pgx.Tx, _ note) error {
				_, err := tx.Exec(ctx, `SELECT pg_terminate_backend(pg_backend_pid())`)
				return err
			}, task{State: "waiting", Tries: 1}},
			{"long error with a zero byte", func(context.Context, pgx.Tx, note) error { return errors.New("\x00x" + strings.Repeat("é", 300)) },
				task{State: "waiting", Tries: 1, Failures: 1, Error: "x" + strings.Repeat("é", 249)}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				h := newHouse(t, client, nil)
				m := tasks.NewMux()
				tasks.HandleTx(m, tt.handle, tasks.Deadline(100*time.Millisecond))
				h.enqueue(note{"a"}, tasks.Opts{})
				h.runDue(h.worker(m), 1)
				if diff := cmp.Diff(tt.want, h.only()); diff != "" {
					t.Error(diff)
				}
				if strings.Contains(h.log.String(), "Anna") {
					t.Errorf("the log quotes the panic:\n%s", h.log)
				}
			})
		}
	})
}

func TestPayloadOfAnotherShape(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		h.enqueue(note{"a"}, tasks.Opts{})
		h.exec(`UPDATE tasks.task SET payload = '{"Name": 12}'`)
		h.runDue(h.worker(noteMux()), 1)
		want := task{State: "waiting", Tries: 1, Failures: 1, Error: "tasks: the payload is not of this kind"}
		if diff := cmp.Diff(want, h.only()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUnknownKindWaits(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		h.enqueue(errand{"a"}, tasks.Opts{Lane: tasks.Hi})
		h.enqueue(errand{"b"}, tasks.Opts{Lane: tasks.Hi})
		w := h.worker(noteMux())
		h.runDue(w, 0)
		h.runDue(w, 0)
		if n := strings.Count(h.log.String(), "kind=test.errand"); n != 1 {
			t.Errorf("warned %d times of the kind, want 1; log:\n%s", n, h.log)
		}
		later := tasks.NewMux()
		tasks.HandleTx(later, func(context.Context, pgx.Tx, errand) error { return nil })
		h.runDue(h.worker(later), 2)
	})
}

func TestMuxFilledWrongly(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		tests := map[string]func(*tasks.Mux){
			"kind twice":                 func(m *tasks.Mux) { tasks.HandleTx(m, writeEffect) },
			"no deadline":                func(m *tasks.Mux) { tasks.HandleTx(m, refuse, tasks.Deadline(0)) },
			"no attempts":                func(m *tasks.Mux) { tasks.HandleTx(m, refuse, tasks.Attempts(0)) },
			"period of no time":          func(m *tasks.Mux) { tasks.Every(m, 0, note{}) },
			"period that divides no day": func(m *tasks.Mux) { tasks.Every(m, 7*time.Hour, note{}) },
			"two schedules of one name":  func(m *tasks.Mux) { tasks.Daily(m, 3, 30, note{"a"}); tasks.Daily(m, 3, 30, note{"b"}) },
			"no time of a day":           func(m *tasks.Mux) { tasks.Daily(m, 24, 0, note{}) },
			"period of two days":         func(m *tasks.Mux) { tasks.Every(m, 48*time.Hour, note{}) },
		}
		for name, spoil := range tests {
			m := noteMux()
			spoil(m)
			if _, err := tasks.NewWorker(h.queue, client, m); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
	})
}
