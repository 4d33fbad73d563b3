package matching

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/matching/engine"
	"meent/members"
)

// engineMatcher lets the engine find who may be asked, and judges and explains only
// those by the tables. Where no engine is kept here, it fell behind, or it has a fault,
// the plain one looks at everybody.
type engineMatcher struct {
	plain   plainMatcher
	engines *engines
}

// spare is how many more the engine is asked for: of those whom it proposes some may
// have changed since.
const spare = 20

// Rank gives those of whom the tables say the same.
func (m engineMatcher) Rank(ctx context.Context, tx pgx.Tx, w Work, most int) ([]Ranked, error) {
	began, now := time.Now(), m.plain.now()
	weights, err := findWeights(ctx, tx, w.Cooperative)
	if err != nil {
		return nil, err
	}
	found, by, err := m.propose(ctx, tx, w, weights, most, now)
	if err != nil {
		return nil, err
	}
	candidates, err := selectCandidates(ctx, tx, w, found, now)
	if err != nil {
		return nil, err
	}
	m.engines.meters.ranked(by, time.Since(began), len(candidates))
	return rank(candidates, w, weights, most), nil
}

// propose gives those at whom the tables look: nil means everybody.
func (m engineMatcher) propose(ctx context.Context, tx pgx.Tx, w Work, weights engine.Weights, most int, now time.Time) (found []members.MemberID, by string, err error) {
	loaded, is := m.engines.of(w.Cooperative, now)
	if !is {
		return nil, byTables, nil
	}
	work, err := loaded.workTx(ctx, tx, []Work{w})
	if err != nil {
		return nil, byTables, err
	}
	found = []members.MemberID{}
	err = safely(func() error {
		for _, one := range loaded.columns.Now().Best(&work[0], now, min(most, math.MaxInt-spare)+spare, &weights) {
			found = append(found, one.Member)
		}
		return nil
	})
	if err != nil {
		m.engines.fault(err)
		return nil, byTables, nil
	}
	return found, byEngine, nil
}

// engines are those that a Keeper keeps in this process.
type engines struct {
	mu sync.RWMutex
	by map[id.Cooperative]loadedEngine
	at time.Time // when they were in step

	keeper atomic.Pointer[Keeper] // that runs here
	meters *meters
}

type loadedEngine struct {
	*Loader
	columns viewer
	open    finder // nil: nobody looks for work in memory
}

// mostBehind is how long an engine may not have been in step and still proposes.
const mostBehind = 5 * time.Second

func (e *engines) of(c id.Cooperative, now time.Time) (one loadedEngine, is bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	one, is = e.by[c]
	return one, is && now.Sub(e.at) <= mostBehind
}

// fault counts one, keeps it for the log of the Keeper, and lets nobody ask again until
// everything was loaded anew.
func (e *engines) fault(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.by = nil
	if k := e.keeper.Load(); k != nil {
		k.stats.faults.Add(1)
		k.broken.Store(&err)
	}
}

func (e *engines) show(c id.Cooperative, one loadedEngine) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.by = with(e.by, c, one)
}

func (e *engines) followed(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.at = now
}

// EngineKeeper makes a Keeper of the engine, from which this Service then proposes.
func (s *Service) EngineKeeper() *Keeper {
	return s.Keeper(func() Engine { return Engine{Members: engine.NewColumns(), Open: engine.NewShifts()} }, func(id.Cooperative, Engine) {})
}
