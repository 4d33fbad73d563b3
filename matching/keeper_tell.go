package matching

import (
	"context"
	"time"

	"meent/internal/feed"
)

// EngineState is how far an engine is.
type EngineState string

// The states.
const (
	EngineNone    EngineState = "none"    // nobody keeps one here
	EngineLoading EngineState = "loading" // the tables choose
	EngineBehind  EngineState = "behind"  // the tables choose
	EngineKept    EngineState = "kept"    // it proposes, and the tables judge
)

// EngineStates lists those of somebody who keeps one.
func EngineStates() []EngineState { return []EngineState{EngineLoading, EngineBehind, EngineKept} }

// EngineHealth is how the engine of one program is.
type EngineHealth struct {
	KeeperStats
	State  EngineState
	Behind int           // changes that it did not follow yet
	Age    time.Duration // of the oldest of them
}

// EngineHealth tells how the engine of this process is.
func (s *Service) EngineHealth(ctx context.Context) (EngineHealth, error) {
	if k := s.engines.keeper.Load(); k != nil {
		return k.Health(ctx)
	}
	return EngineHealth{State: EngineNone}, nil
}

// Health tells how this Keeper is, to any goroutine.
func (k *Keeper) Health(ctx context.Context) (h EngineHealth, err error) {
	h = EngineHealth{KeeperStats: k.Stats(), State: k.state()}
	at := k.stats.at.Load()
	if at == nil {
		return h, nil
	}
	n, oldest, err := feed.Behind(ctx, k.service.db, *at)
	if h.Behind = n; n > 0 {
		h.Age = max(0, k.service.now().Sub(oldest))
	}
	return h, err
}

func (k *Keeper) state() EngineState {
	switch followed := k.stats.followed.Load(); {
	case followed == nil:
		return EngineLoading
	case k.service.now().Sub(*followed) > mostBehind:
		return EngineBehind
	}
	return EngineKept
}

// Engines tells of each program that keeps an engine how that was some seconds ago.
// Who said nothing for a minute is not among them.
func (s *Service) Engines(ctx context.Context) ([]EngineHealth, error) {
	return listKeepers(ctx, s.db, s.now().Add(-time.Minute))
}

// tell writes down how it is.
func (k *Keeper) tell(ctx context.Context) error {
	h, err := k.Health(ctx)
	if err != nil {
		return err
	}
	return keepKeeper(ctx, k.service.db, k.id, h, k.service.now())
}
