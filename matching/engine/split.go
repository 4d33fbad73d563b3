package engine

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// many is from how many pages on all processors look: to wake another for fewer costs
// more than it saves.
const many = 64

// split lets one finder for each processor take so few pages at a time until none is left,
// and joins all that they found into the first. Who is found is the same, whoever looked
// where.
func split(list []uint32, few int, start func(*finder)) *finder {
	finders := make([]finder, max(1, min(runtime.GOMAXPROCS(0), (len(list)+few-1)/few)))
	faults := make([]any, len(finders)) // of which whoever asks has to hear
	var taken atomic.Int64
	var looking sync.WaitGroup
	for i := range finders {
		f := &finders[i]
		looking.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					faults[i] = fmt.Errorf("%v\n%s", fault, debug.Stack()) // of where it broke
				}
			}()
			start(f)
			for {
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
