package tasks

import (
	"crypto/rand"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWaitStaysInItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.Int64Range(0, int64(1000*time.Hour))
		l := newLimits([]Limit{Backoff(time.Duration(span.Draw(t, "base")), time.Duration(span.Draw(t, "longest")))})
		failures := rapid.IntRange(1, 1_000_000).Draw(t, "failures")
		wait, err := l.wait(failures, rand.Reader)
		if err != nil || wait < 0 || wait > l.longest || wait > l.bound(failures) {
			t.Fatalf("wait %v, %v; bound %v", wait, err, l.bound(failures))
		}
		if l.bound(failures+1) < l.bound(failures) {
			t.Fatalf("bound falls after %d failures", failures)
		}
	})
}

func TestWaitsSpread(t *testing.T) {
	l := newLimits([]Limit{Backoff(time.Hour, time.Hour)})
	early := 0
	for range 1000 {
		if wait, _ := l.wait(1, nil); wait < 30*time.Minute {
			early++
		}
	}
	if early < 400 || early > 600 {
		t.Errorf("%d of 1000 waits in the first half", early)
	}
}

// TestMuxServesSeveralWorkers: what is periodic is remembered by worker.
func TestMuxServesSeveralWorkers(t *testing.T) {
	m := NewMux()
	Every(m, time.Hour, step{})
	for range 2 {
		w, err := NewWorker(New(nil, Config{}), nil, m)
		if err != nil || len(w.queued) != 1 || !w.queued[0].IsZero() {
			t.Errorf("queued %v, %v", w.queued, err)
		}
	}
}
