package matching

import "time"

// sizing is what the size of a wave depends on. None of it is about a person.
type sizing struct {
	Seats   int     // that are free
	Yes     float64 // how often an offer is answered with yes, in the cooperative
	Sure    float64 // that every seat gets a yes
	Already int     // waves that went out before
}

// How often an offer is answered with yes: one figure for the cooperative, and never one
// for a person. It is usualYes until there are enoughAnswers, then what the newest of
// those were, within bounds that keep a wave from being nobody or everybody.
const (
	usualYes      = 0.6
	enoughAnswers = 200
	leastYes      = 0.2
	mostYes       = 0.9
)

// yesOf is that figure.
func yesOf(yeses, answers int) float64 {
	if answers < enoughAnswers {
		return usualYes
	}
	return min(max(leastYes, float64(yeses)/float64(answers)), mostYes)
}

// sureness is how sure a wave makes that every free seat gets a yes: it rises with each
// wave that did not fill the shift, and as its beginning comes nearer. So few are asked
// in vain while there is time to ask again.
func sureness(before int, left time.Duration) float64 {
	rising := []float64{0.55, 0.70, 0.85, 0.97}
	step := 3
	switch {
	case left > 28*24*time.Hour:
		step = 0
	case left > 14*24*time.Hour:
		step = 1
	case left > 24*time.Hour:
		step = 2
	}
	return rising[min(step+max(0, before), len(rising)-1)]
}

// mostWave is how many people are asked at once at the most.
const mostWave = 100

// size is the smallest number of offers with which at least so many seats are filled
// with that sureness, if each is a yes by itself.
func (s sizing) size() int {
	for size := s.Seats; size < mostWave; size++ {
		if atLeast(s.Seats, size, s.Yes) >= s.Sure {
			return size
		}
	}
	return mostWave
}

// atLeast is the chance of so many yeses out of so many offers (the upper tail
// of the binomial distribution).
func atLeast(yeses, offers int, yes float64) float64 {
	chance := make([]float64, offers+1) // of each number of yeses
	chance[0] = 1
	for n := 1; n <= offers; n++ {
		for k := n; k >= 0; k-- {
			chance[k] *= 1 - yes
			if k > 0 {
				chance[k] += chance[k-1] * yes
			}
		}
	}
	sum := 0.0
	for k := yeses; k <= offers; k++ {
		sum += chance[k]
	}
	return sum
}

// longestWindow is how long people have to answer when there is time.
const longestWindow = 24 * time.Hour

// window is when a wave that is sent now closes: after a day, or in the middle
// of the time that is left.
func window(now, starts time.Time) time.Time {
	return now.Add(min(longestWindow, starts.Sub(now)/2))
}

// window is when a wave for the shift closes. Of a shift that has begun, and where
// somebody is missing, a quarter of what is left.
func (w Work) window(now time.Time) time.Time {
	if w.Begun {
		return now.Add(w.Ends.Sub(now) / 4)
	}
	return window(now, w.Starts)
}
