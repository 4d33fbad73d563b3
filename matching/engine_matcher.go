package matching

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/matching/engine"
	"meent/members"
)

// engineMatcher lets the engine find who may be asked, and judges and explains only
// those by the tables. Where no engine is kept here, or it fell behind, the plain one
// looks at everybody.
type engineMatcher struct {
	plain   plainMatcher
	engines *engines
}

// spare is how many more the engine is asked for: of those whom it proposes some may
// have changed since.
const spare = 20

// Rank gives those of whom the tables say the same.
func (m engineMatcher) Rank(ctx context.Context, tx pgx.Tx, w Work, most int) ([]Ranked, error) {
	now := m.plain.now()
	loaded, is := m.engines.of(w.Cooperative, now)
	if !is {
		return m.plain.Rank(ctx, tx, w, most)
	}
	weights, err := findWeights(ctx, tx, w.Cooperative)
	if err != nil {
		return nil, err
	}
	work, err := loaded.workTx(ctx, tx, []Work{w})
	if err != nil {
		return nil, err
	}
	found := []members.MemberID{} // not nil, which means everybody
	for _, one := range loaded.columns.Now().Best(&work[0], now, most+spare, &weights) {
		found = append(found, one.Member)
	}
	candidates, err := selectCandidates(ctx, tx, w, found, now)
	if err != nil {
		return nil, err
	}
	return rank(candidates, w, weights, most), nil
}

// engines are those that a Keeper keeps in this process.
type engines struct {
	mu sync.RWMutex
	by map[id.Cooperative]loadedEngine
	at time.Time // when they were in step
}

type loadedEngine struct {
	*Loader
	columns *engine.Columns
}

// mostBehind is how long an engine may not have been in step and still proposes.
const mostBehind = 5 * time.Second

func (e *engines) of(c id.Cooperative, now time.Time) (one loadedEngine, is bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	one, is = e.by[c]
	return one, is && now.Sub(e.at) <= mostBehind
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
	return s.Keeper(func() Engine { return Engine{Members: engine.NewColumns()} }, func(id.Cooperative, Engine) {})
}
