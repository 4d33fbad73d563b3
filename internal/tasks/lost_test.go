package tasks

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg/pgtest"
)

// TestTaskThatEndsItsWorkersDies keeps one task from taking down one worker
// after the other; being lost is no failure all the same.
func TestTaskThatEndsItsWorkersDies(t *testing.T) {
	db, now := pgtest.New(t, Schema()), time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	q, m := New(db, Config{Now: func() time.Time { return now }}), NewMux()
	HandleTx(m, (&story{}).handle, Attempts(1))
	w, err := NewWorker(q, m)
	if err != nil {
		t.Fatal(err)
	}
	err = pgx.BeginFunc(t.Context(), db, func(tx pgx.Tx) error {
		_, err := q.EnqueueTx(t.Context(), tx, step{"a"}, Opts{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range mostLost {
		taken, err := w.claim(t.Context(), 1)
		if err != nil || len(taken) != 1 || taken[0].failures != 0 {
			t.Fatalf("worker %d took %v, %v", i, taken, err)
		}
		now = now.Add(time.Hour)
		if err := w.upkeep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := q.Counts(t.Context())
	if err != nil || counts[1].Dead != 1 {
		t.Errorf("Counts = %v, %v; want one dead", counts, err)
	}
}
