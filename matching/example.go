package matching

import (
	"time"

	"meent/matching/engine"
)

// Example is how a made-up member would score for made-up work by these weights: for
// who wants to see how Meent chooses. The computing is that of every offer.
func Example(w engine.Weights) Explanation {
	e := Explanation{Facts: &Facts{
		Asked: []engine.AskedSkill{{Want: 2, Have: 2}, {Want: 2}}, Grows: true, Helps: true, Metres: 2000, Reach: 8000,
		Bears: [3]int{4, 3, 3}, Loads: [3]int{2, 2, 2}, Pay: 6000, Left: 40_000, Limited: true, Times: 4, Received: 16 * time.Hour, Wanted: engine.UsualWant,
	}}
	e.score(w, nil)
	return e
}
