package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// TestJudgeReadsAsRulesAreWritten: pairs at random, with what points are made of. That
// matching.Check says the same is a test of matching, of many more pairs.
func TestJudgeReadsAsRulesAreWritten(t *testing.T) {
	const pairs = 30_000
	seen := map[engine.Rule][2]int{}
	const together = 100
	fits := 0
	for round := range pairs / together / 20 {
		w := newWorld(uint64(round))
		c, people := engine.NewColumns(), w.People(together)
		c.Put(people)
		v := c.Now()
		for range 20 {
			work := w.Work()
			for i := range people {
				got, facts := v.Judge(&work, people[i].ID, aFriday)
				want := plainRules(&people[i], &work, aFriday)
				if got != want {
					t.Fatalf("round %d: broken are %v, want %v:\n%+v\n%+v", round, got.List(), want.List(), people[i], work)
				}
				if plain := plainFacts(&people[i], &work); !cmp.Equal(facts, plain) {
					t.Fatal(cmp.Diff(plain, facts))
				}
				for r := range engine.RuleCount {
					one := seen[r]
					if got.Has(r) {
						one[0]++
					} else {
						one[1]++
					}
					seen[r] = one
				}
				if got == 0 {
					fits++
				}
			}
		}
	}
	for r := range engine.RuleCount {
		if one := seen[r]; one[0] < pairs/1000 || one[1] < pairs/1000 {
			t.Errorf("rule %d broke %d times and held %d times: that proves little", r, one[0], one[1])
		}
	}
	if fits == 0 {
		t.Error("nobody fits anywhere")
	}
}

// easier leaves most people in, so that lists are long.
func (w world) easier(list []engine.Member) []engine.Member {
	for i := range list {
		m := &list[i]
		m.Works, m.Restricted, m.Bears, m.Musts, m.Dutch, m.Step, m.Certificate, m.Most, m.HasRoom, m.Reach = true, false, [3]int{}, 0, 0, 0, true, 0, false, 40_000
		if w.Some(2) {
			m.Week, m.Exceptions, m.Rails, m.Booked, m.RestDays = nil, nil, engine.Rails{}, nil, 0
		}
		if w.Some(20) {
			m.Skills = append(m.Skills, engine.Skill{Number: 700, Level: 3})
		}
	}
	return list
}

// TestBestIsThatOfEverybody: both plans, also after changes in any order, find what a
// look at everybody finds, and near misses are those that one rule stops.
func TestBestIsThatOfEverybody(t *testing.T) {
	w := newWorld(7)
	people := w.easier(w.People(3500))
	c := engine.NewColumns()
	c.Put(people)
	shuffled := engine.NewColumns() // the same people, as they came one after another
	other := slices.Clone(people)
	w.Shuffle(len(other), func(i, k int) { other[i], other[k] = other[k], other[i] })
	for part := range slices.Chunk(other, 100) {
		was := w.People(20)
		shuffled.Put(was)
		shuffled.Put(part)
		ids := make([]members.MemberID, len(was))
		for i := range was {
			ids[i] = was[i].ID
		}
		shuffled.Drop(append(ids, w.ID()))
	}
	if c.Now().Len() != len(people) || shuffled.Now().Len() != len(people) {
		t.Fatalf("%d and %d of %d", c.Now().Len(), shuffled.Now().Len(), len(people))
	}
	long := 0
	for round := range 20 {
		work := w.Work()
		if round%5 == 0 {
			work.Asked = append(work.Asked, engine.Ask{Number: 700, Level: 2, Required: round%10 == 0})
		}
		most := []int{20, 0, 1, 10_000}[round%4]
		want := plainBest(people, &work, aFriday, most, &someWeights)
		long = max(long, len(want))
		for name, v := range map[string]*engine.View{"at once": c.Now(), "one after another": shuffled.Now()} {
			lists := engine.EachWay(v, &work, aFriday, most, &someWeights)
			lists["best"] = v.Best(&work, aFriday, most, &someWeights)
			for plan, got := range lists {
				if diff := cmp.Diff(append([]engine.Ranked{}, want...), got); diff != "" {
					t.Fatalf("%s, %s, %+v:\n%s", name, plan, work, diff)
				}
			}
			testNearMisses(t, v, people, &work)
		}
	}
	if long < 100 {
		t.Errorf("the longest list has %d: that proves little", long)
	}
}

// TestIndexHasEachOnce: whoever comes, moves, changes or goes, over pages that become
// several, stands once in the index, where they are.
func TestIndexHasEachOnce(t *testing.T) {
	w := newWorld(9)
	c, there := engine.NewColumns(), map[members.MemberID]engine.Member{}
	for step := range 40 {
		put, drop := w.People(150), []members.MemberID{w.ID()}
		for _, id := range slices.SortedFunc(maps.Keys(there), func(a, b members.MemberID) int { return slices.Compare(a[:], b[:]) }) {
			m := there[id]
			switch w.IntN(20) {
			case 0:
				m.Home = w.Member().Home
				put = append(put, m)
			case 1:
				m.Reach += 100
				put = append(put, m, m)
			case 2:
				m.Most++
				put = append(put, m)
			case 3:
				drop = append(drop, m.ID)
			}
		}
		c.Put(put)
		c.Drop(drop)
		for _, m := range put {
			there[m.ID] = m
		}
		for _, id := range drop {
			delete(there, id)
		}
		v := c.Now()
		if n, astray := engine.Entries(v); n != len(there) || v.Len() != len(there) || astray > 0 {
			t.Fatalf("step %d: %d entries and %d rows of %d, %d astray", step, n, v.Len(), len(there), astray)
		}
		seen := map[members.MemberID]bool{}
		for m := range v.All() {
			if want := there[m.ID]; seen[m.ID] || m.Reach != min(max(-1, want.Reach), 1<<30) {
				t.Fatalf("step %d: %+v, want %+v, once", step, m, want)
			}
			seen[m.ID] = true
		}
		if len(seen) != len(there) {
			t.Fatalf("step %d: %d of %d are seen", step, len(seen), len(there))
		}
	}
	if got := engine.Pages(c.Now()); got < 4 {
		t.Errorf("%d pages: that proves little", got)
	}
}

// TestFaultIsHeard: a fault ends the question, and not the program.
func TestFaultIsHeard(t *testing.T) {
	if got := fmt.Sprint(engine.Fault("a fault")); !strings.Contains(got, "a fault") || !strings.Contains(got, "engine.Fault") {
		t.Errorf("heard %s, without where it broke", got)
	}
}

func testNearMisses(t *testing.T, v *engine.View, people []engine.Member, work *engine.Work) {
	t.Helper()
	want := map[engine.Rule]int{}
	for i := range people {
		if s := plainOffer(&people[i], work, aFriday); s.Len() == 1 && !slices.Contains(people[i].Had, work.Shift) {
			want[s.List()[0]]++
		}
	}
	if diff := cmp.Diff(want, v.NearMisses(work, aFriday)); diff != "" {
		t.Fatal(diff)
	}
}

// TestCoachComesAlong: who needs help at the start is proposed where their coach sees the
// offer first, and so is whom a rail asks that of; who needs it always is not.
func TestCoachComesAlong(t *testing.T) {
	work := engine.Work{Shift: [16]byte{1}, Starts: aFriday.Add(time.Hour), Ends: aFriday.Add(2 * time.Hour), Open: true, Free: 1, Remote: true}
	first := engine.Rails{CoachFirst: true, Coach: members.DayOf(aFriday)}
	late := engine.Rails{CoachFirst: true, Coach: members.DayOf(aFriday).Add(-1)}
	railed := first
	railed.First = true
	for i, one := range []struct {
		support engine.Support
		rails   engine.Rails
		found   int
	}{
		{engine.StartSupport, first, 1}, {engine.StartSupport, railed, 1}, {engine.NoSupport, railed, 1}, {engine.StartSupport, late, 0},
		{engine.StartSupport, engine.Rails{}, 0}, {engine.AlwaysSupport, first, 0}, {engine.AlwaysSupport, railed, 0},
	} {
		c := engine.NewColumns()
		c.Put([]engine.Member{{ID: [16]byte{2}, Works: true, Support: one.support, Rails: one.rails}})
		if got := c.Now().Best(&work, aFriday, 5, &someWeights); len(got) != one.found {
			t.Errorf("%d: found %d, want %d", i, len(got), one.found)
		}
		misses := c.Now().NearMisses(&work, aFriday)
		if misses[engine.SupportRule] != 1-one.found {
			t.Errorf("%d: near misses are %v", i, misses)
		}
	}
}

// TestNearMissFlips: who one rule stops may be asked as soon as that one holds.
func TestNearMissFlips(t *testing.T) {
	mend := map[engine.Rule]func(*engine.Member, *engine.Work){
		engine.WorksRule: func(m *engine.Member, _ *engine.Work) { m.Works = true },
		engine.MayRule:   func(m *engine.Member, _ *engine.Work) { m.Restricted = false },
		engine.ReachRule: func(m *engine.Member, w *engine.Work) { m.Reach = m.Home.Metres(w.Place) },
		engine.SkillRule: func(m *engine.Member, w *engine.Work) {
			m.Skills = nil
			for _, a := range w.Asked {
				m.Skills = append(m.Skills, engine.Skill{Number: a.Number, Level: max(2, a.Level)})
			}
		},
		engine.WeekRule:        func(m *engine.Member, _ *engine.Work) { m.Week, m.Exceptions = nil, nil },
		engine.CalmRule:        func(m *engine.Member, _ *engine.Work) { m.Waiting = nil },
		engine.CertificateRule: func(m *engine.Member, _ *engine.Work) { m.Certificate = true },
		engine.StepRule:        func(m *engine.Member, w *engine.Work) { m.Step = w.Step },
		engine.PhysicalRule:    func(m *engine.Member, w *engine.Work) { m.Bears[0] = w.Loads[0] },
		engine.SensoryRule:     func(m *engine.Member, w *engine.Work) { m.Bears[1] = w.Loads[1] },
		engine.MentalRule:      func(m *engine.Member, w *engine.Work) { m.Bears[2] = w.Loads[2] },
		engine.SupportRule:     func(_ *engine.Member, w *engine.Work) { w.Helps = true },
		engine.AbilityRule:     func(_ *engine.Member, w *engine.Work) { w.Offers = 7 },
		engine.DutchRule:       func(m *engine.Member, w *engine.Work) { m.Dutch = w.Dutch },
		engine.RoomRule:        func(m *engine.Member, _ *engine.Work) { m.Room = 1_000_000 },
		engine.HoursWantedRule: func(m *engine.Member, _ *engine.Work) { m.Most = 400 * time.Hour },
		engine.RestDaysRule:    func(m *engine.Member, _ *engine.Work) { m.RestDays = 0 },
	}
	flipped := map[engine.Rule]bool{}
	w := newWorld(11)
	for range 60_000 {
		m, work := w.Member(), w.Work()
		s := plainRules(&m, &work, aFriday)
		if s.Len() != 1 || slices.Contains(m.Had, work.Shift) || mend[s.List()[0]] == nil || work.Buddies {
			continue
		}
		rule := s.List()[0]
		if flipped[rule] {
			continue
		}
		c := engine.NewColumns()
		c.Put([]engine.Member{m})
		if got := c.Now().NearMisses(&work, aFriday); got[rule] != 1 || len(c.Now().Best(&work, aFriday, 1, &someWeights)) != 0 {
			t.Fatalf("rule %d alone stops them: %v", rule, got)
		}
		mend[rule](&m, &work)
		c.Put([]engine.Member{m})
		if len(c.Now().Best(&work, aFriday, 1, &someWeights)) != 1 {
			t.Fatalf("rule %d holds now, and still nobody is found:\n%+v\n%+v", rule, m, work)
		}
		flipped[rule] = true
	}
	if len(flipped) < len(mend) {
		t.Errorf("of %d rules %d flipped", len(mend), len(flipped))
	}
}

// TestShiftsForAMember: the reverse finds what looking at each shift finds.
func TestShiftsForAMember(t *testing.T) {
	w := newWorld(5)
	g := engine.NewShifts()
	var all []engine.Work
	for i := range 900 {
		work := w.Work()
		work.Shift = [16]byte{'s', 1, 14: byte(i >> 8), 15: byte(i)}
		all = append(all, work)
	}
	g.Put(all[:500])
	g.Put(all[300:])
	g.Drop([]jobs.ShiftID{all[0].Shift, all[899].Shift, w.ID()})
	all = all[1:899]
	if g.Len() != len(all) {
		t.Fatalf("%d shifts of %d", g.Len(), len(all))
	}
	longest := 0
	for i, m := range w.easier(w.People(30)) {
		if i%2 == 0 {
			m.Had = append(m.Had, all[w.IntN(len(all))].Shift)
		}
		want := map[jobs.ShiftID]engine.Ranked{}
		for k := range all {
			for _, one := range plainBest([]engine.Member{m}, &all[k], aFriday, 1, &someWeights) {
				want[all[k].Shift] = one
			}
		}
		got := g.For(&m, aFriday, len(all), &someWeights)
		longest = max(longest, len(got))
		for k, one := range got {
			plain := want[one.Shift]
			if diff := cmp.Diff(plain, engine.Ranked{Member: m.ID, Facts: one.Facts, Points: one.Points, Total: one.Total}); diff != "" {
				t.Fatal(diff)
			}
			if k > 0 && got[k-1].Total < one.Total {
				t.Fatal("not in order")
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d shifts, want %d", len(got), len(want))
		}
		if diff := cmp.Diff(got[:min(3, len(got))], g.For(&m, aFriday, 3, &someWeights)); diff != "" {
			t.Fatal(diff)
		}
	}
	if longest < 10 {
		t.Errorf("the longest list has %d: that proves little", longest)
	}
}

// TestEdges: nobody, no skills, very many, a reach of nothing, a shift over the end of
// a week and one in the hour that comes twice.
func TestEdges(t *testing.T) {
	at := time.Date(2026, 10, 25, 22, 0, 0, 0, time.UTC) // Sunday 23.00, until Monday 1.00
	work := engine.Work{Shift: [16]byte{1}, Starts: at, Ends: at.Add(2 * time.Hour), Open: true, Free: 1, Place: members.Point{Lat: 52, Lon: 5}}
	c := engine.NewColumns()
	if got := c.Now().Best(&work, aFriday, 20, &someWeights); len(got) != 0 {
		t.Errorf("nobody is there: %v", got)
	}
	if s, _ := c.Now().Judge(&work, [16]byte{9}, aFriday); !s.Has(engine.WorksRule) {
		t.Error("who is not there works")
	}
	week := new(members.Week)
	week.Set(6*members.DayQuarters+92, 7*members.DayQuarters+4)
	m := engine.Member{ID: [16]byte{2}, Works: true, Home: work.Place, Week: week}
	for number := range 10_000 {
		m.Skills = append(m.Skills, engine.Skill{Number: uint16(number), Level: 2})
		work.Asked = append(work.Asked, engine.Ask{Number: uint16(number), Level: 2, Required: true})
	}
	found := func(want int) {
		t.Helper()
		c.Put([]engine.Member{m})
		if got := c.Now().Best(&work, aFriday, 20, &someWeights); len(got) != want {
			s, _ := c.Now().Judge(&work, m.ID, aFriday)
			t.Errorf("found %d, want %d; %v", len(got), want, s.List())
		}
	}
	found(1)
	m.Skills = m.Skills[1:]
	found(0)
	work.Asked = nil
	found(1)
	m.Skills = nil
	found(1)
	m.Home.Lat += 0.001
	found(0) // reach is nothing
	m.Home, work.Remote = members.Point{Lat: 400, Lon: -1000}, true
	found(1)
	work.Ends = work.Ends.Add(time.Minute)
	found(0)
	work.Starts, work.Ends = time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC) // 2.30 until 2.30
	*week = members.Week{}
	week.Set(6*members.DayQuarters+8, 6*members.DayQuarters+12)
	found(1)
}

// TestReadersSeeWholeStates: everybody of one write has the same reach of the year, or
// none has, while the writer storms.
func TestReadersSeeWholeStates(t *testing.T) {
	c := engine.NewColumns()
	w := newWorld(3)
	people := make([]engine.Member, 1500)
	write := func(step int) {
		for i := range people {
			people[i].Reach = 30_000 + step
		}
		c.Put(people)
	}
	for i := range people {
		people[i] = engine.Member{ID: w.ID(), Works: true, Home: members.Point{Lat: 52 + w.Float64()/5, Lon: 5}}
	}
	write(0)
	work := engine.Work{Shift: [16]byte{1}, Starts: aFriday, Ends: aFriday.Add(time.Hour), Open: true, Free: 1, Place: members.Point{Lat: 52.1, Lon: 5}}
	done, torn := make(chan struct{}), make(chan string, 4)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				got := c.Now().Best(&work, aFriday, 5000, &someWeights)
				if len(got) != len(people) {
					torn <- fmt.Sprintf("%d of %d people", len(got), len(people))
					return
				}
				for _, one := range got {
					if one.Facts.Reach != got[0].Facts.Reach {
						torn <- "two states in one"
						return
					}
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for step := range 20 {
		write(step)
	}
	close(done)
	readers.Wait()
	select {
	case what := <-torn:
		t.Error(what)
	default:
	}
}

// TestManyPages: from so many pages on all processors look, and find what a look at
// everybody finds.
func TestManyPages(t *testing.T) {
	towns := newTowns()
	c, people := towns.columns(70_000)
	v := c.Now()
	if got := engine.Pages(v); got < engine.ManyPages {
		t.Fatalf("%d pages are not many: that proves nothing", got)
	}
	found := 0
	for range 3 {
		work := towns.work(true)
		work.Asked = work.Asked[:0] // all pages may have somebody
		want := plainBest(people, &work, aFriday, 20, &someWeights)
		found += len(want)
		if diff := cmp.Diff(append([]engine.Ranked{}, want...), v.Best(&work, aFriday, 20, &someWeights)); diff != "" {
			t.Fatalf("%+v:\n%s", work, diff)
		}
	}
	if found < 50 {
		t.Errorf("%d found: that proves little", found)
	}
}
