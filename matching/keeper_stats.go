package matching

import (
	"sync/atomic"
	"time"

	"meent/internal/feed"
)

// stats is what others may ask of a Keeper while it works.
type stats struct {
	members, looked, wrong, faults, changes atomic.Int64
	at                                      atomic.Pointer[feed.Cursor] // nil: nothing is loaded
	followed                                atomic.Pointer[time.Time]
	warm                                    atomic.Bool
}

// KeeperStats is how a Keeper stands.
type KeeperStats struct {
	Members int64 // that it keeps
	Looked  int64 // at so many it looked again, since the start
	Wrong   int64 // so many of those were not as the tables say: a fault of the program, put right
	Faults  int64 // so often it could not load or follow, or be asked
	Warm    bool  // what it keeps came from a file
}

// Stats tells it, to any goroutine.
func (k *Keeper) Stats() KeeperStats {
	s := &k.stats
	return KeeperStats{Members: s.members.Load(), Looked: s.looked.Load(), Wrong: s.wrong.Load(), Faults: s.faults.Load(), Warm: s.warm.Load()}
}

func (s *stats) loaded(warm bool) {
	s.warm.Store(warm)
	s.followed.Store(nil)
}

func (k *Keeper) count() {
	n := 0
	for _, one := range k.kept {
		n += len(one.known)
	}
	k.stats.members.Store(int64(n))
}
