package main

import (
	"context"
	"os"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
)

// TestQueues shares one house, because opening it takes longer than the tests.
func TestQueues(t *testing.T) {
	h := newHouse(t)
	for _, p := range []peer{meent(), riverAsIs(), riverFast(), asynqAsIs()} {
		t.Run("same work, "+p.name, func(t *testing.T) { testSameWork(t, h, p) })
	}
	for _, p := range []peer{meent(), riverFast(), asynqFast()} {
		t.Run("pickup, "+p.name, func(t *testing.T) { testPickup(t, h, p) })
	}
	t.Run("bare drains", func(t *testing.T) { testBareDrains(t, h) })
	t.Run("effects", func(t *testing.T) { testEffects(t, h) })
}

// testSameWork: what is timed is the same for each peer, 200 tasks with one
// committed effect each, and nothing left to do.
func testSameWork(t *testing.T, h *house, p peer) {
	needRedis(t, h, p.redis)
	drainAndLook := func(ctx context.Context, r *room, q queue, n int) ([]float64, error) {
		rate, err := drain(ctx, r, q, n)
		if got := numbers(t, r); err == nil && !slices.Equal(got, upTo(n)) {
			t.Errorf("the effects are %v", got)
		}
		return rate, err
	}
	try(t, h, p.on(200, drainAndLook, quantity{draining, "tasks/s"}))
}

// numbers lists the effects without the help of what is tested.
func numbers(t *testing.T, r *room) []int {
	t.Helper()
	rows, _ := r.db.Query(t.Context(), `SELECT number FROM effect ORDER BY number`)
	found, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func upTo(n int) (list []int) {
	for number := range n {
		list = append(list, number)
	}
	return list
}

// testPickup: tasks that come one by one are all done as well, and take some
// time.
func testPickup(t *testing.T, h *house, p peer) {
	needRedis(t, h, p.redis)
	got := try(t, h, p.on(20, pickup, quantity{median50, "ms"}, quantity{worst99, "ms"}))
	if got[0] > got[1] || got[1] == 0 {
		t.Errorf("p50 is %g ms and p99 is %g ms", got[0], got[1])
	}
}

// testBareDrains: the figures without a database are measured too.
func testBareDrains(t *testing.T, h *house) {
	needRedis(t, h, true)
	for _, one := range queueTrials(200)[:2] {
		if got := try(t, h, one); got[0] <= 0 {
			t.Errorf("%s: %g tasks a second", one.peer, got[0])
		}
	}
}

// testEffects: what is missing, or comes twice, is an error.
func testEffects(t *testing.T, h *house) {
	r, err := h.newRoom(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.close(t.Context())
	e := newEffects(2)
	write := func(number int) error {
		return pgx.BeginFunc(t.Context(), r.db, func(tx pgx.Tx) error { return e.write(t.Context(), tx, number) })
	}
	if err := write(0); err != nil || e.check(t.Context(), r.db) == nil {
		t.Fatalf("one of two effects is enough (%v)", err)
	}
	if err := write(1); err != nil || e.check(t.Context(), r.db) != nil {
		t.Fatalf("two of two effects are not enough (%v)", err)
	}
	if write(1) == nil || e.check(t.Context(), r.db) == nil {
		t.Fatal("an effect may come twice")
	}
}

func try(t *testing.T, h *house, one trial) []float64 {
	t.Helper()
	got, err := h.once(t.Context(), one)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h, err := openHouse(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// needRedis skips where there is no redis-server; in CI there must be one.
func needRedis(t *testing.T, h *house, needed bool) {
	t.Helper()
	switch {
	case !needed || h.redis != nil:
	case os.Getenv("CI") != "":
		t.Fatal("redis-server is not installed")
	default:
		t.Skip("redis-server is not installed")
	}
}
