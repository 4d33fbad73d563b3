package engine_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/matching/engine"
	"meent/members"
)

// TestBadInput: whatever is out of bounds neither stops the program nor lets anybody
// in whom the plain rules keep out; all who are looked at are judged as they stand.
func TestBadInput(t *testing.T) {
	places := []members.Point{{}, {Lat: 91}, {Lat: -1e300, Lon: 1e300}, {Lat: math.NaN(), Lon: math.NaN()}, {Lat: math.Inf(1), Lon: math.Inf(-1)}, {Lat: 90, Lon: 180}, {Lat: -90, Lon: -180}}
	var people []engine.Member
	w := newWorld(21)
	for i := range 700 {
		m := engine.Member{ID: w.ID(), Works: true, Home: places[i%len(places)], Reach: []int{0, -1, math.MinInt, math.MaxInt32, 20_000_000}[i%5]}
		if i%2 == 0 {
			m.Skills, m.Goals = []engine.Skill{{Number: math.MaxUint16, Level: 4}, {Number: 1, Level: 1}}, []uint16{math.MaxUint16, math.MaxUint16}
		}
		if i%3 == 0 {
			m.HasRoom, m.Room, m.Most, m.Wanted, m.Pace, m.RestDays = true, []int{0, -1, 5000}[i%9/3], time.Duration(i%2)*math.MaxInt64, time.Duration(i%7-1)*time.Hour, i, i%100
		}
		people = append(people, m)
	}
	c := engine.NewColumns()
	c.Put(people)
	weights := []engine.Weights{someWeights, {Of: [7]int{-300, -80, -150, -90, -60, -60, -200}}, {Of: [7]int{0, 0, 0, 0, 0, 0, 0}}, {Of: [7]int{math.MaxInt32, 1, -1, math.MaxInt32, 5, 6, 7}}}
	found := 0
	for i := range 60 {
		work := engine.Work{Shift: w.ID(), Starts: aFriday, Ends: aFriday.Add(time.Hour), Open: true, Free: 1, Place: places[i%len(places)], Remote: i%4 == 0, Pay: []int{0, 4000, math.MaxInt32}[i%3]}
		if i%3 > 0 {
			work.Asked = []engine.Ask{{Number: math.MaxUint16, Level: uint8(i % 3), Required: i%2 == 0}, {Number: 9, Level: 0}}
		}
		for k := range weights {
			want := plainBest(reached(people), &work, aFriday, 20, &weights[k])
			got := c.Now().Best(&work, aFriday, 20, &weights[k])
			if diff := cmp.Diff(append([]engine.Ranked{}, want...), got); diff != "" {
				t.Fatalf("work %d, weights %d (-plain +engine):\n%s", i, k, diff)
			}
			found += len(got)
		}
		for _, m := range people[:50] {
			if got, _ := c.Now().Judge(&work, m.ID, aFriday); got != plainRules(&m, &work, aFriday) {
				t.Fatalf("%v of %+v for %+v", got.List(), m, work)
			}
		}
	}
	if found < 100 {
		t.Errorf("%d were found: that proves little", found)
	}
}

// reached is the reach that the engine shows: at least -1, and no more than would go
// round the earth 25 times.
func reached(list []engine.Member) []engine.Member {
	all := append([]engine.Member{}, list...)
	for i := range all {
		all[i].Reach = min(max(-1, all[i].Reach), 1<<30)
	}
	return all
}

// TestVeryManyOfOne: of somebody with thousands of bookings and clients each counts, the
// last as the first, also for who stands beside them and after a change of either.
func TestVeryManyOfOne(t *testing.T) {
	const many = 3000
	m := engine.Member{ID: [16]byte{1}, Works: true, Most: time.Hour}
	for i := range many {
		at := aFriday.Add(time.Duration(i-many/2) * 2 * time.Hour)
		m.Booked = append(m.Booked, engine.Booking{Shift: [16]byte{9, 14: byte(i >> 8), 15: byte(i)}, Starts: at, Ends: at.Add(time.Hour)})
		m.Ties = append(m.Ties, engine.Tie{Client: clientNumber(i), Blocked: i%3 == 0, Agreed: i})
	}
	beside := engine.Member{ID: [16]byte{2}, Works: true, Booked: m.Booked[many-1:], Ties: []engine.Tie{{Client: clientNumber(7), Blocked: true}}}
	c := engine.NewColumns()
	judge := func() {
		t.Helper()
		for _, i := range []int{0, 1, 2, 7, 1022, 1023, 1024, 1025, 2047, 2048, many - 2, many - 1} {
			work := engine.Work{Shift: [16]byte{1}, Client: clientNumber(i), Starts: m.Booked[i].Starts, Ends: m.Booked[i].Ends, Open: true, Free: 1, Remote: true}
			for _, one := range []*engine.Member{&m, &beside} {
				got, facts := c.Now().Judge(&work, one.ID, aFriday)
				if want := plainRules(one, &work, aFriday); got != want || !cmp.Equal(facts, plainFacts(one, &work)) {
					t.Fatalf("at %d of %s: broken are %v, want %v; %+v", i, one.ID, got.List(), want.List(), facts)
				}
			}
		}
	}
	c.Put([]engine.Member{m, beside})
	judge()
	m.Booked, beside.Certificate = m.Booked[:many-1], true
	m.Booked[many-2].Pay = 5
	c.Put([]engine.Member{m})
	c.Put([]engine.Member{beside})
	for i := range many - 1 {
		m.Ties[i].Blocked = i%3 == 1
	}
	c.Put([]engine.Member{m})
	m.Booked = append(m.Booked, beside.Booked...)
	c.Put([]engine.Member{m})
	judge()
	for one := range c.Now().All() {
		if one.ID == m.ID && (len(one.Booked) != many || len(one.Ties) != many) {
			t.Errorf("%d bookings and %d clients are kept", len(one.Booked), len(one.Ties))
		}
	}
}

func clientNumber(i int) members.ClientID { return members.ClientID{3, 14: byte(i >> 8), 15: byte(i)} }

// TestNobodyAndNothing: no members, no shifts, no places left, and nobody asked for.
func TestNobodyAndNothing(t *testing.T) {
	c, g := engine.NewColumns(), engine.NewShifts()
	work := engine.Work{Shift: [16]byte{1}, Starts: aFriday, Ends: aFriday.Add(time.Hour), Open: true, Free: 1, Remote: true, Asked: []engine.Ask{{Number: 3, Level: 1, Required: true}}}
	m := engine.Member{ID: [16]byte{2}, Works: true, Skills: []engine.Skill{{Number: 3, Level: 1}}}
	look := func(want int) {
		t.Helper()
		for _, most := range []int{-1, 0, 1, math.MaxInt} {
			want := max(0, min(want, most))
			if got := c.Now().Best(&work, aFriday, most, &someWeights); len(got) != want {
				t.Errorf("%d members of at most %d, want %d", len(got), most, want)
			}
			if got := g.For(&m, aFriday, most, &someWeights); len(got) != want {
				t.Errorf("%d shifts of at most %d, want %d", len(got), most, want)
			}
		}
	}
	look(0)
	c.Put(nil)
	c.Drop(nil)
	g.Put(nil)
	look(0)
	c.Put([]engine.Member{m, m})
	g.Put([]engine.Work{work, work})
	look(1)
	c.Drop([]members.MemberID{m.ID, m.ID, {9}})
	if len(c.Now().NearMisses(&work, aFriday)) != 0 || c.Now().Len() != 0 {
		t.Error("somebody is left")
	}
}
