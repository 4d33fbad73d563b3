package matching

import "time"

// yes is how often an offer is answered with yes. It is one figure for the
// cooperative, and never one for a person.
const yes = 0.6

// target is how sure a wave makes that every free seat gets a yes.
const target = 0.85

// mostWave is how many people are asked at once at the most.
const mostWave = 100

// waveSize is the smallest number of offers with which at least so many seats
// are filled with the target's probability, if each is a yes by itself.
func waveSize(seats int) int {
	for size := seats; size < mostWave; size++ {
		if atLeast(seats, size) >= target {
			return size
		}
	}
	return mostWave
}

// atLeast is the chance of so many yeses out of so many offers (the upper tail
// of the binomial distribution).
func atLeast(yeses, offers int) float64 {
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
