package matching_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/id"
	"meent/matching"
	"meent/matching/engine"
)

// brittle is columns that break when somebody says so.
type brittle struct {
	*engine.Columns
	broken *atomic.Bool // for who puts
	blind  *atomic.Bool // for who asks
}

func (b brittle) Put(list []engine.Member) {
	if b.broken.Load() {
		panic("a fault of the columns")
	}
	b.Columns.Put(list)
}

func (b brittle) Now() *engine.View {
	if b.blind.Load() {
		return nil
	}
	return b.Columns.Now()
}

// logged is a log that several may write.
type logged struct {
	sync.Mutex
	bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.Buffer.Write(p)
}

func (l *logged) says(text string) bool {
	l.Lock()
	defer l.Unlock()
	return strings.Contains(l.String(), text)
}

// until waits for something that comes by itself.
func (k *keeping) until(what string, is func() bool) {
	k.t.Helper()
	for late := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			k.t.Fatal("it never comes: " + what)
		}
	}
}

// TestFaultOfTheEngine: columns that break end nothing: the fault is counted and
// logged, the tables choose the same people, and once the columns hold the engine is
// there again by itself.
func TestFaultOfTheEngine(t *testing.T) {
	k := newKeeping(t, 51, 20, 6)
	k.exec(`UPDATE members.member SET reach_m = 90000, state = 'member'`)
	var broken, blind atomic.Bool
	broken.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	log, ended := &logged{}, make(chan bool)
	keeper := k.Service.Keeper(func() matching.Engine { return matching.Engine{Members: brittle{engine.NewColumns(), &broken, &blind}} }, func(id.Cooperative, matching.Engine) {})
	keeper.SaveIn(t.TempDir())
	go func() { keeper.Run(ctx, slog.New(slog.NewTextHandler(log, nil))); close(ended) }()
	health := func() matching.EngineHealth {
		h, err := k.Service.EngineHealth(t.Context())
		k.must(err)
		return h
	}
	k.until("a fault", func() bool { return keeper.Stats().Faults > 0 && log.says("a fault of the columns") })
	if h := health(); h.State != matching.EngineLoading || h.Faults == 0 {
		t.Errorf("%+v", h)
	}
	ranks := func(byEngine bool) {
		t.Helper()
		engines, tables, fell, err := k.RankedBoth(t.Context(), k.client.Cooperative, 5)
		k.must(err)
		if diff := cmp.Diff(tables, engines); diff != "" || fell == byEngine || len(tables) == 0 {
			t.Errorf("of %d shifts, without the engine %v (-tables +engine):\n%s", len(tables), fell, diff)
		}
	}
	ranks(false)
	broken.Store(false)
	k.until("an engine", func() bool { return health().State == matching.EngineKept })
	ranks(true)
	was := keeper.Stats().Faults
	blind.Store(true)
	if _, _, _, err := k.RankedBoth(t.Context(), k.client.Cooperative, 5); err != nil {
		t.Error(err)
	}
	blind.Store(false)
	ranks(false)
	if now := keeper.Stats().Faults; now != was+1 {
		t.Errorf("%d faults, then %d", was, now)
	}
	k.until("the log of what broke in asking", func() bool { return log.says("the engine has a fault") && log.says("engine.(*View).Best") })
	k.until("the engine again", func() bool { return k.Service.EngineShown(k.client.Cooperative) })
	ranks(true)
	k.until("that it is told", func() bool { return k.told("kept") })
	cancel()
	<-ended
	if !k.told("ended") {
		t.Error("it ended, and did not say so")
	}
}

// told reports whether the only Keeper said so of itself.
func (k *keeping) told(state string) (is bool) {
	k.t.Helper()
	k.must(k.db.QueryRow(k.t.Context(), `SELECT EXISTS (SELECT FROM matching.keeper WHERE state = $1)`, state).Scan(&is))
	return is
}

// TestEngineHealth: how far it is, what it did not follow yet, and who keeps one.
func TestEngineHealth(t *testing.T) {
	k := newKeeping(t, 52, 3, 1)
	if h, err := k.Service.EngineHealth(t.Context()); err != nil || h.State != matching.EngineNone {
		t.Errorf("nobody keeps one: %+v, %v", h, err)
	}
	is := func(state matching.EngineState, behind int) {
		t.Helper()
		h, err := k.Health(t.Context())
		if err != nil || h.State != state || h.Behind != behind || h.Members != 3 || h.Wrong != 0 {
			t.Errorf("%+v, %v; want %s and %d", h, err, state, behind)
		}
	}
	is(matching.EngineLoading, 0)
	k.follow()
	is(matching.EngineKept, 0)
	k.exec(`UPDATE members.member SET reach_m = 777`)
	is(matching.EngineKept, 3)
	k.now = k.now.Add(6 * time.Second)
	is(matching.EngineBehind, 3)
	k.follow()
	is(matching.EngineKept, 0)
	k.exec(`INSERT INTO matching.keeper (id, seen_at, state, members, wrong, behind, age_seconds) VALUES
		(gen_random_uuid(), $1, 'kept', 3, 1, 5, 7), (gen_random_uuid(), $1, 'ended', 3, 0, 0, 0), (gen_random_uuid(), $1 - interval '61 seconds', 'kept', 3, 0, 0, 0)`, k.now)
	list, err := k.Service.Engines(t.Context())
	want := matching.EngineHealth{State: matching.EngineKept, Behind: 5, Age: 7 * time.Second}
	want.Members, want.Wrong = 3, 1
	if diff := cmp.Diff([]matching.EngineHealth{want}, list); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
}
