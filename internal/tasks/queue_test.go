package tasks_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/internal/tasks"
)

func TestRollbackEnqueuesNothing(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		mind := errors.New("changed")
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
			queued, err := h.queue.EnqueueTx(t.Context(), tx, note{"a"}, tasks.Opts{Key: "k"})
			if err != nil || !queued {
				t.Errorf("EnqueueTx = %v, %v; want true, nil", queued, err)
			}
			return mind
		})
		if !errors.Is(err, mind) {
			t.Fatal(err)
		}
		if !h.enqueue(note{"b"}, tasks.Opts{Key: "k"}) {
			t.Error("the key of a transaction that was rolled back is taken")
		}
		h.runDue(h.worker(noteMux()), 1)
		if diff := cmp.Diff([]string{"b"}, h.effects()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestKeyQueuesOnce(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		tests := []struct {
			name string
			task tasks.Task
			key  string
			want bool
		}{
			{"first", note{"a"}, "k", true},
			{"again", note{"b"}, "k", false},
			{"other kind", errand{"c"}, "k", true},
			{"other key", note{"d"}, "l", true},
			{"no key", note{"e"}, "", true},
			{"no key again", note{"f"}, "", true},
		}
		for _, tt := range tests {
			if got := h.enqueue(tt.task, tasks.Opts{Key: tt.key}); got != tt.want {
				t.Errorf("%s: queued %v, want %v", tt.name, got, tt.want)
			}
		}
		h.runDue(h.worker(noteMux()), 4)
		if h.enqueue(note{"g"}, tasks.Opts{Key: "k"}) {
			t.Error("the key of a done task is free")
		}
	})
}

func TestKeyRace(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		var mu sync.Mutex
		var racers sync.WaitGroup
		won := 0
		for i := range 8 {
			racers.Go(func() {
				err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
					queued, err := h.queue.EnqueueTx(t.Context(), tx, note{fmt.Sprint(i)}, tasks.Opts{Key: "k"})
					mu.Lock()
					defer mu.Unlock()
					if queued {
						won++
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		racers.Wait()
		if won != 1 {
			t.Errorf("%d transactions queued the key, want 1", won)
		}
		h.runDue(h.worker(noteMux()), 1)
	})
}

func TestDue(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		h.enqueue(note{"a"}, tasks.Opts{Due: h.clock.now().Add(time.Hour)})
		w := h.worker(noteMux())
		h.clock.add(time.Hour - time.Microsecond)
		h.runDue(w, 0)
		h.clock.add(time.Microsecond)
		h.runDue(w, 1)
	})
}

func TestOrder(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		late := func(d time.Duration) time.Time { return h.clock.now().Add(-d) }
		h.enqueue(note{"5 low"}, tasks.Opts{Lane: tasks.Low})
		h.enqueue(note{"4 hi, due now"}, tasks.Opts{Lane: tasks.Hi})
		h.enqueue(note{"3 low, due long ago"}, tasks.Opts{Lane: tasks.Low, Due: late(time.Hour)})
		h.enqueue(note{"2 std"}, tasks.Opts{})
		h.enqueue(note{"1 hi, due long ago"}, tasks.Opts{Lane: tasks.Hi, Due: late(time.Minute)})
		h.runDue(h.worker(noteMux()), 5)
		rows, _ := h.db.Query(t.Context(), `SELECT name FROM effect ORDER BY ctid`)
		got, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"1 hi, due long ago", "2 std", "3 low, due long ago", "4 hi, due now", "5 low"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCooperativeIsKept(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		want := id.NewCooperative(nil)
		h.enqueue(note{"a"}, tasks.Opts{Cooperative: want})
		var got id.Cooperative
		if err := h.db.QueryRow(t.Context(), `SELECT cooperative_id FROM tasks.task`).Scan(&got); err != nil || got != want {
			t.Errorf("cooperative %v, %v; want %v", got, err, want)
		}
	})
}

func TestCounts(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		m := noteMux()
		tasks.HandleTx(m, refuse, tasks.Attempts(1))
		h.enqueue(errand{"dies"}, tasks.Opts{Lane: tasks.Low})
		h.enqueue(note{"done"}, tasks.Opts{})
		h.runDue(h.worker(m), 2)
		h.enqueue(note{"a"}, tasks.Opts{Lane: tasks.Hi, Due: h.clock.now().Add(-time.Minute)})
		h.enqueue(note{"b"}, tasks.Opts{Lane: tasks.Hi})
		h.enqueue(note{"c"}, tasks.Opts{Due: h.clock.now().Add(time.Minute)})
		got, err := h.queue.Counts(t.Context(), id.Cooperative{})
		if err != nil {
			t.Fatal(err)
		}
		want := []tasks.Count{
			{Lane: tasks.Hi, Waiting: 2, Oldest: time.Minute},
			{Lane: tasks.Std, Later: 1},
			{Lane: tasks.Low, Dead: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if dead, err := h.queue.CountDead(t.Context(), id.Cooperative{}); err != nil || dead != 1 {
			t.Errorf("%d are dead, %v; want 1", dead, err)
		}
		if dead, err := h.queue.CountDead(t.Context(), id.NewCooperative(nil)); err != nil || dead != 0 {
			t.Errorf("%d of another cooperative are dead, %v; want 0", dead, err)
		}
	})
}

func TestStatesThatCannotBeStored(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, nil)
		tests := []struct{ constraint, change string }{
			{"task_state_known", `state = 'odd'`},
			{"task_held_while_sent_or_running", `state = 'running'`},
			{"task_ended_when_over", `state = 'done'`},
			{"task_dead_says_why", `state = 'dead', ended_at = now()`},
			{"task_problem_known", `problem = 'odd', last_error = 'odd'`},
			{"task_problem_in_words", `problem = 'late'`},
			{"task_lane_known", `lane = 2`},
			{"task_key_not_empty", `key = ''`},
			{"task_kind_named", `kind = ''`},
			{"task_counts_upwards", `failures = -1`},
		}
		h.enqueue(note{"a"}, tasks.Opts{})
		for _, tt := range tests {
			_, err := h.db.Exec(t.Context(), `UPDATE tasks.task SET `+tt.change)
			if got := constraintOf(err); got != tt.constraint {
				t.Errorf("SET %s: broke %q (%v), want %q", tt.change, got, err, tt.constraint)
			}
		}
	})
}

func TestMutedKindIsNotQueued(t *testing.T) {
	onEveryRedis(t, func(t *testing.T, client *redis.Client) {
		h := newHouse(t, client, func(c *tasks.Config) { c.Mute = []string{note{}.Kind()} })
		if !h.enqueue(note{"a"}, tasks.Opts{}) {
			t.Error("EnqueueTx says that it was there already")
		}
		h.runDue(h.worker(noteMux()), 0)
		if effects := h.effects(); len(effects) > 0 {
			t.Errorf("it was done: %v", effects)
		}
	})
}
