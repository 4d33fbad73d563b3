package engine_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/matching/engine"
	"meent/matching/engine/enginetest"
)

// TestCeilingsAreNeverTooLow: nobody has more points for any work than they are said to
// have at the most, and most have as many; else somebody would be left out of a list, or
// all would be judged.
func TestCeilingsAreNeverTooLow(t *testing.T) {
	exact, all := 0, 0
	eachWork(func(seed uint64, w enginetest.World, v *engine.View, work *engine.Work, people []engine.Member) {
		ceilings := engine.Ceilings(v, work, &someWeights)
		for _, m := range people {
			points := pointsOf(v, work, m, w.Now)
			if ceilings[m.ID] < points.Total() {
				t.Fatalf("seed %d: %d at the most, and %v for %+v of %+v", seed, ceilings[m.ID], points, work, m)
			}
			if all++; ceilings[m.ID] <= points.Total()+2 {
				exact++
			}
		}
	})
	if exact < all/4 {
		t.Errorf("%d of %d ceilings are about exact", exact, all)
	}
}

// TestHopefulAreNeverTooFew: who has so many points for any work was said to be able to come
// to them, and not all are.
func TestHopefulAreNeverTooFew(t *testing.T) {
	kept, left := 0, 0
	eachWork(func(seed uint64, w enginetest.World, v *engine.View, work *engine.Work, people []engine.Member) {
		least := 500 + w.IntN(500)
		hopeful := engine.Hopeful(v, work, least, &someWeights)
		for _, m := range people {
			points := pointsOf(v, work, m, w.Now)
			if points.Total() >= least && !hopeful[m.ID] {
				t.Fatalf("seed %d: no hope of %d, and %v for %+v of %+v", seed, least, points, work, m)
			}
			if hopeful[m.ID] {
				kept++
			} else {
				left++
			}
		}
	})
	if left < kept/4 || kept < left/4 {
		t.Errorf("%d are hopeful, %d are not", kept, left)
	}
}

// eachWork draws people ten times, and much work for each time.
func eachWork(do func(seed uint64, w enginetest.World, v *engine.View, work *engine.Work, people []engine.Member)) {
	for seed := range uint64(10) {
		w := enginetest.NewAnywhen(seed)
		people := shared(w, w.People(300))
		c := engine.NewColumns()
		c.Put(people)
		for range 20 {
			work := w.Work()
			do(seed, w, c.Now(), &work, people)
		}
	}
}

func pointsOf(v *engine.View, work *engine.Work, m engine.Member, now time.Time) engine.Points {
	_, facts := v.Judge(work, m.ID, now)
	return engine.Score(&facts, &someWeights)
}

// shared gives some of them much work about as long ago, or as far ahead, as counts.
func shared(w enginetest.World, people []engine.Member) []engine.Member {
	for i := range people {
		if w.Some(2) {
			continue
		}
		side := engine.ShareSide
		if w.Some(2) {
			side = -side
		}
		at := w.Now.Add(side + time.Duration(w.IntN(12*24*60)-6*24*60)*time.Minute)
		people[i].Booked = []engine.Booking{{Shift: w.ID(), Starts: at, Ends: at.Add(20 * time.Hour)}}
	}
	return people
}

// TestHopesAreNeverTooLow: the same of the shifts of a member; all that the member may
// have is among them.
func TestHopesAreNeverTooLow(t *testing.T) {
	found := 0
	for seed := range uint64(10) {
		w := enginetest.NewAnywhen(seed)
		var list []engine.Work
		for range 400 {
			work := w.Work()
			work.Shift = w.ID()
			list = append(list, work)
		}
		g := engine.NewShifts()
		g.Put(list)
		for _, m := range shared(w, w.People(100)) {
			hopes := engine.Hopes(g, &m, w.Now, &someWeights)
			for _, one := range g.For(&m, w.Now, len(list), &someWeights) {
				if found++; hopes[one.Shift] < one.Total {
					t.Fatalf("seed %d: %d at the most, and %v for %+v", seed, hopes[one.Shift], one.Points, m)
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("%d shifts were found: that proves little", found)
	}
}

// TestShortListsAreTheBestOfLong: whoever waits, a short list is how a long one begins.
// So many are able that a queue is full more than once.
func TestShortListsAreTheBestOfLong(t *testing.T) {
	w := newWorld(31)
	var people []engine.Member
	for range 3000 {
		m := w.Member()
		m.Works, m.Restricted, m.Week, m.Exceptions, m.Skills, m.Musts, m.Support, m.Bears = true, false, nil, nil, []engine.Skill{{Number: 1, Level: 3}}, 0, 0, [3]int{}
		people = append(people, m)
	}
	c, g := engine.NewColumns(), engine.NewShifts()
	c.Put(people)
	var list []engine.Work
	for range 3000 {
		work := w.Work()
		work.Shift, work.Asked, work.Loads, work.Remote = w.ID(), []engine.Ask{{Number: 1, Level: 2, Required: w.Some(2)}, {Number: 2, Level: 1}}, [3]int{}, true
		list = append(list, work)
	}
	g.Put(list)
	longest := [2]int{}
	for i := range 20 {
		work, m := list[i], people[i]
		long := c.Now().Best(&work, aFriday, len(people), &someWeights)
		for _, most := range []int{1, 20, 700} {
			same(t, ids(long, func(r engine.Ranked) [16]byte { return r.Member }, most), ids(c.Now().Best(&work, aFriday, most, &someWeights), func(r engine.Ranked) [16]byte { return r.Member }, most))
		}
		shifts := g.For(&m, aFriday, len(list), &someWeights)
		for _, most := range []int{1, 20, 700} {
			same(t, ids(shifts, func(r engine.RankedShift) [16]byte { return r.Shift }, most), ids(g.For(&m, aFriday, most, &someWeights), func(r engine.RankedShift) [16]byte { return r.Shift }, most))
		}
		longest = [2]int{max(longest[0], len(long)), max(longest[1], len(shifts))}
	}
	if longest[0] < 1100 || longest[1] < 1100 {
		t.Errorf("the longest lists have %d: that proves little", longest)
	}
}

func ids[T any](list []T, id func(T) [16]byte, most int) (some [][16]byte) {
	for _, one := range list[:min(most, len(list))] {
		some = append(some, id(one))
	}
	return some
}

func same(t *testing.T, want, got [][16]byte) {
	t.Helper()
	if !slices.Equal(want, got) {
		t.Fatalf("of %d others are first than of all", len(got))
	}
}

// TestNumbersStandInOrder: each stands where as many are before it, and no other is found.
func TestNumbersStandInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfDistinct(rapid.Uint16(), rapid.ID[uint16]).Draw(t, "list")
		slices.Sort(list)
		others := rapid.SliceOf(rapid.Uint16()).Draw(t, "others")
		back, places := engine.Numbers(list, append(others, list...))
		if !slices.Equal(back, list) {
			t.Fatalf("%v comes back as %v", list, back)
		}
		for i, number := range append(others, list...) {
			want, is := slices.BinarySearch(list, number)
			if !is {
				want = -1
			}
			if places[i] != want {
				t.Fatalf("%d stands at %d of %v", number, places[i], list)
			}
		}
	})
}

// TestQueueInTurn: the most points come first, however many wait.
func TestQueueInTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 7*engine.MostWeight), 0, 512).Draw(t, "ceilings")
		turn := engine.InTurn(list)
		slices.Sort(list)
		slices.Reverse(list)
		if !slices.Equal(turn, list) {
			t.Fatalf("%v come as %v", list, turn)
		}
	})
}
