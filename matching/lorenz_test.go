package matching_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"meent/matching"
)

// hours gives everybody the same wish.
func hours(received ...int) (list []matching.Portion) {
	for _, r := range received {
		list = append(list, matching.Portion{Received: r, Wanted: 480})
	}
	return list
}

func TestGiniOfKnownLists(t *testing.T) {
	for name, tt := range map[string]struct {
		list []matching.Portion
		want float64
	}{
		"nobody":                      {nil, 0},
		"nobody received anything":    {hours(0, 0, 0), 0},
		"all the same":                {hours(60, 60, 60, 60), 0},
		"one of one":                  {hours(60), 0},
		"one of two":                  {hours(0, 60), 0.5},
		"one of four has all":         {hours(0, 0, 0, 60), 0.75},
		"one of a hundred":            {hours(append(make([]int, 99), 60)...), 0.99},
		"1, 2, 3, 4":                  {hours(3, 1, 4, 2), 0.25},
		"1, 1, 4":                     {hours(1, 4, 1), 1.0 / 3},
		"what they want, differently": {[]matching.Portion{{60, 60}, {600, 600}, {6000, 6000}}, 0},
		"half of it, differently":     {[]matching.Portion{{30, 60}, {300, 600}}, 0},
		"who wants more had none":     {[]matching.Portion{{60, 60}, {0, 180}}, 0.75},
		"who wants nothing":           {[]matching.Portion{{60, 60}, {60, 60}, {600, 0}}, 0},
	} {
		if got := matching.Gini(tt.list); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// someone draws a portion; up to all the minutes of twelve weeks.
func someone(least int) *rapid.Generator[matching.Portion] {
	return rapid.Custom(func(t *rapid.T) matching.Portion {
		return matching.Portion{Received: rapid.IntRange(0, 120_960).Draw(t, "received"), Wanted: rapid.IntRange(least, 120_960).Draw(t, "wanted")}
	})
}

// TestGiniIsWhatItSays: between 0 and 1, the same in any order, in any unit and for twice
// as many people, and as the mean difference gives it; lower when all receive as much more.
func TestGiniIsWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(someone(1), 1, 40).Draw(t, "people")
		g := matching.Gini(list)
		if g < 0 || g >= 1 {
			t.Fatalf("%v is out of bounds", g)
		}
		mixed := append([]matching.Portion(nil), list...)
		rand.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := matching.Gini(mixed); got != g {
			t.Errorf("in another order %v, want %v", got, g)
		}
		times := rapid.IntRange(2, 60).Draw(t, "times")
		var scaled, more []matching.Portion
		for _, p := range list {
			scaled = append(scaled, matching.Portion{Received: p.Received * times, Wanted: p.Wanted * 3})
			more = append(more, matching.Portion{Received: p.Received + p.Wanted*times, Wanted: p.Wanted})
		}
		if got := matching.Gini(scaled); math.Abs(got-g) > 1e-12 {
			t.Errorf("in another unit %v, want %v", got, g)
		}
		if got := matching.Gini(append(mixed, list...)); math.Abs(got-g) > 1e-12 {
			t.Errorf("of twice as many %v, want %v", got, g)
		}
		if got := matching.Gini(more); got > g || g > 1e-9 && got == g {
			t.Errorf("everybody received as much more, and it went from %v to %v", g, got)
		}
		if got := meanDifference(list); math.Abs(got-g) > 1e-9 {
			t.Errorf("by the mean difference %v, want %v", got, g)
		}
	})
}

// TestAddingEqualHoursLowersGini where everybody wants as much; and giving to who has more
// from who has less raises it.
func TestAddingEqualHoursLowersGini(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		received := rapid.SliceOfNDistinct(rapid.IntRange(0, 10_000), 2, 30, rapid.ID[int]).Draw(t, "received")
		extra := rapid.IntRange(1, 1000).Draw(t, "extra")
		more := make([]int, len(received))
		lowest, highest := 0, 0
		for i, r := range received {
			more[i] = r + extra
			if r < received[lowest] {
				lowest = i
			}
			if r > received[highest] {
				highest = i
			}
		}
		g := matching.Gini(hours(received...))
		if got := matching.Gini(hours(more...)); got >= g {
			t.Errorf("all received %d more, and it went from %v to %v", extra, g, got)
		}
		gift := received[lowest]
		received[lowest], received[highest] = 0, received[highest]+gift
		if got := matching.Gini(hours(received...)); gift > 0 && got <= g {
			t.Errorf("who had least gave %d to who had most, and it went from %v to %v", gift, g, got)
		}
	})
}

// meanDifference is Gini by its other definition: half of the mean difference of all
// shares, weighted by what is wanted, of the mean share.
func meanDifference(list []matching.Portion) float64 {
	wanted, received, sum := 0.0, 0.0, 0.0
	for _, p := range list {
		wanted, received = wanted+float64(p.Wanted), received+float64(p.Received)
		for _, q := range list {
			sum += math.Abs(float64(p.Received)*float64(q.Wanted) - float64(q.Received)*float64(p.Wanted))
		}
	}
	if received == 0 {
		return 0
	}
	return sum / (2 * wanted * received)
}

func TestLorenzRisesAndIsHollow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(someone(0), 0, 40).Draw(t, "people")
		curve := matching.Lorenz(list)
		if curve[0] != (matching.Portion{}) {
			t.Fatal("it does not begin with nothing")
		}
		for i := 1; i < len(curve); i++ {
			if curve[i].Wanted <= curve[i-1].Wanted || curve[i].Received < curve[i-1].Received {
				t.Fatalf("it falls at %d: %v", i, curve)
			}
			if i == 1 {
				continue
			}
			a := matching.Portion{Received: curve[i-1].Received - curve[i-2].Received, Wanted: curve[i-1].Wanted - curve[i-2].Wanted}
			b := matching.Portion{Received: curve[i].Received - curve[i-1].Received, Wanted: curve[i].Wanted - curve[i-1].Wanted}
			if a.Received*b.Wanted > b.Received*a.Wanted {
				t.Fatalf("it is not hollow at %d: %v", i, curve)
			}
		}
	})
}

// TestShareGroupsAreNeverSmall: everybody is in one, none has fewer than ten, and the
// shares rise.
func TestShareGroupsAreNeverSmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(someone(1), 0, 260).Draw(t, "people")
		groups, people, sum := matching.ShareGroups(list), 0, matching.Portion{}
		for i, g := range groups {
			if g.People < matching.LeastPeople {
				t.Fatalf("a group of %d", g.People)
			}
			if i > 0 && g.Received*groups[i-1].Wanted < groups[i-1].Received*g.Wanted {
				t.Fatalf("group %d has less than the one before", i)
			}
			people, sum.Received, sum.Wanted = people+g.People, sum.Received+g.Received, sum.Wanted+g.Wanted
		}
		curve := matching.Lorenz(list)
		switch {
		case len(list) < matching.LeastPeople && len(groups) > 0:
			t.Fatalf("%d people are told of", len(list))
		case len(list) >= matching.LeastPeople && (people != len(list) || sum != curve[len(curve)-1] || len(groups) > 10):
			t.Fatalf("%d groups of %d people, of %d", len(groups), people, len(list))
		}
	})
}
