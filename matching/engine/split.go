package engine

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// many is from how many pages on all processors look: to wake another for fewer costs
// more than it saves.
const many = 128

// split has the finders of a list, one for each processor, look through so few pages at a
// time, until none is left; and all that they found in the first. Who is found is the same,
// whoever looked where.
func split(list []uint32, few int, start func(*finder)) *finder {
	finders := make([]finder, runtime.GOMAXPROCS(0))
	faults := make([]any, len(finders)) // of which whoever asks has to hear
	var taken atomic.Int64
	var looking sync.WaitGroup
	for i := range finders {
		f := &finders[i]
		looking.Go(func() {
			defer func() { faults[i] = recover() }()
			for start(f); ; {
				to := int(taken.Add(int64(few)))
				if to-few >= len(list) {
					break
				}
				f.through(list[to-few : min(to, len(list))])
			}
			f.judge()
		})
	}
	looking.Wait()
	for i := range finders {
		if faults[i] != nil {
			panic(faults[i])
		}
		if i > 0 {
			finders[0].best.join(&finders[i].best)
		}
	}
	return &finders[0]
}
