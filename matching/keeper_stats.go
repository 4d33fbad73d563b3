package matching

import "sync/atomic"

// stats is what others may ask of a Keeper while it works.
type stats struct{ members, looked, wrong atomic.Int64 }

// KeeperStats is how a Keeper stands.
type KeeperStats struct {
	Members int64 // that it keeps
	Looked  int64 // at so many it looked again, since the start
	Wrong   int64 // so many of those were not as the tables say: a fault of the program, put right
}

// Stats tells it, to any goroutine.
func (k *Keeper) Stats() KeeperStats {
	return KeeperStats{Members: k.stats.members.Load(), Looked: k.stats.looked.Load(), Wrong: k.stats.wrong.Load()}
}

func (k *Keeper) count() {
	n := 0
	for _, one := range k.kept {
		n += len(one.known)
	}
	k.stats.members.Store(int64(n))
}
