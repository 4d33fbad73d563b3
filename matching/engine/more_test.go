package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"meent/matching/engine"
	"meent/matching/engine/enginetest"
	"meent/members"
)

// betters are all ways in which a member can bring more, or have less in their way; each
// reports false where there is no more of it.
func betters() map[string]func(enginetest.World, *engine.Member, *engine.Work) bool {
	told := func(n, most int) (int, bool) { return min(most, n+1), n > 0 && n < most }
	return map[string]func(enginetest.World, *engine.Member, *engine.Work) bool{
		"a level higher": func(w enginetest.World, m *engine.Member, k *engine.Work) bool {
			if len(m.Skills) == 0 || k.Buddies { // a seat for who learns is not for who can
				return false
			}
			m.Skills = slices.Clone(m.Skills)
			one := &m.Skills[w.IntN(len(m.Skills))]
			one.Level = min(4, one.Level+1)
			return true
		},
		"a skill more": func(_ enginetest.World, m *engine.Member, k *engine.Work) bool {
			for _, a := range k.Asked {
				if !k.Buddies && !slices.ContainsFunc(m.Skills, func(s engine.Skill) bool { return s.Number == a.Number }) {
					m.Skills = append(slices.Clone(m.Skills), engine.Skill{Number: a.Number, Level: max(2, a.Level)})
					slices.SortFunc(m.Skills, func(a, b engine.Skill) int { return int(a.Number) - int(b.Number) })
					return true
				}
			}
			return false
		},
		"bears more": func(w enginetest.World, m *engine.Member, _ *engine.Work) (is bool) {
			i := w.IntN(3)
			m.Bears[i], is = told(m.Bears[i], 5)
			return is
		},
		"goes further": func(w enginetest.World, m *engine.Member, _ *engine.Work) bool {
			m.Reach += w.IntN(20_000)
			return true
		},
		"may earn more": func(w enginetest.World, m *engine.Member, _ *engine.Work) bool {
			m.Room += w.IntN(20_000)
			return m.HasRoom
		},
		"at any time": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			m.Week, m.Exceptions = nil, nil
			return true
		},
		"at more times": moreTimes,
		"wants more hours": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			m.Most += 2 * time.Hour
			return m.Most > 2*time.Hour
		},
		"wants less rest":    func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.RestDays--; return m.RestDays >= 0 },
		"wants more offers":  func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Pace++; return m.Pace > 1 },
		"an offer less":      func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Waiting = nil; return true },
		"a booking less":     lessBooked,
		"needs no help":      func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Support = 0; return true },
		"needs less of work": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Musts &= m.Musts - 1; return true },
		"has a certificate":  func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Certificate = true; return true },
		"speaks more Dutch":  func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Dutch++; return m.Dutch > 1 },
		"is a step higher":   func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Step++; return m.Step > 1 },
		"works here":         func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Works = true; return true },
		"is free again":      func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool { m.Restricted = false; return true },
		"blocks nobody": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			return eachTie(m, func(t *engine.Tie) { t.Blocked = false })
		},
		"is refused nowhere": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			return eachTie(m, func(t *engine.Tie) { t.Refused = "" })
		},
		"was there more": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			return eachTie(m, func(t *engine.Tie) { t.Agreed++; t.Been = true })
		},
		"no rail but a coach": func(_ enginetest.World, m *engine.Member, _ *engine.Work) bool {
			m.Rails = engine.Rails{CoachFirst: m.Rails.CoachFirst, Coach: m.Rails.Coach}
			return true
		},
	}
}

func moreTimes(w enginetest.World, m *engine.Member, _ *engine.Work) bool {
	if m.Week == nil {
		return false
	}
	week := *m.Week
	from := w.IntN(members.WeekQuarters)
	week.Set(from, from+200)
	m.Week = &week
	return true
}

func lessBooked(w enginetest.World, m *engine.Member, _ *engine.Work) bool {
	if len(m.Booked) == 0 {
		return false
	}
	i := w.IntN(len(m.Booked))
	m.Booked = slices.Delete(slices.Clone(m.Booked), i, i+1)
	return true
}

func eachTie(m *engine.Member, change func(*engine.Tie)) bool {
	m.Ties = slices.Clone(m.Ties)
	for i := range m.Ties {
		change(&m.Ties[i])
	}
	return len(m.Ties) > 0
}

// TestMoreNeverHurtsAnybody: whoever brings more, or has less in their way, breaks no rule
// that held before and loses no point; in every hour of the year, also when clocks change.
func TestMoreNeverHurtsAnybody(t *testing.T) {
	all := betters()
	names := slices.Sorted(maps.Keys(all))
	mended, gained := map[string]int{}, 0
	for round := range uint64(1500) {
		w := enginetest.NewAnywhen(round)
		work, base := w.Work(), w.Member()
		if round%2 == 0 { // one rule or none is in their way
			easy := newWorld(round).easier([]engine.Member{base})
			base = easy[0]
		}
		people, tried := []engine.Member{base}, []string{""}
		for _, name := range names {
			m := base
			if m.ID = w.ID(); all[name](w, &m, &work) {
				people, tried = append(people, m), append(tried, name)
			}
		}
		c := engine.NewColumns()
		c.Put(people)
		was, facts := c.Now().Judge(&work, base.ID, w.Now)
		before := engine.Score(&facts, &someWeights)
		for i, m := range people[1:] {
			is, facts := c.Now().Judge(&work, m.ID, w.Now)
			if worse := is &^ was; worse != 0 {
				t.Fatalf("%s: who %s breaks %v too:\n%+v\n%+v", w.Now, tried[i+1], worse.List(), base, work)
			}
			if is != was {
				mended[tried[i+1]]++
			}
			after := engine.Score(&facts, &someWeights)
			for k := range after {
				if after[k] < before[k] {
					t.Fatalf("who %s has %d points of part %d, and had %d:\n%+v\n%+v", tried[i+1], after[k], k, before[k], base, work)
				}
			}
			if after.Total() > before.Total() {
				gained++
			}
		}
	}
	for _, name := range names {
		if mended[name] == 0 && name != "was there more" {
			t.Errorf("who %s was let in nowhere: that proves little", name)
		}
	}
	if gained < 500 {
		t.Errorf("%d gained a point: that proves little", gained)
	}
}

// TestOtherNumbersSamePeople: with the ids dealt out anew the same people are found, with
// the same points; an id is nothing but a lot among equals.
func TestOtherNumbersSamePeople(t *testing.T) {
	w := newWorld(17)
	people := w.easier(w.People(800))
	found := 0
	for range 12 {
		work := w.Work()
		deal := slices.Clone(people)
		for i, k := range w.Perm(len(people)) {
			deal[i].ID = people[k].ID
		}
		w.Shuffle(len(deal), func(i, k int) { deal[i], deal[k] = deal[k], deal[i] })
		one, other := totals(people, &work), totals(deal, &work)
		if !slices.Equal(one, other) {
			t.Fatalf("%+v: other people are found with other ids:\n%v\n%v", work, one, other)
		}
		found += len(one)
	}
	if found < 500 {
		t.Errorf("%d were found: that proves little", found)
	}
}

// totals are the points and facts of all who are found, in no order.
func totals(people []engine.Member, work *engine.Work) (list []string) {
	c := engine.NewColumns()
	c.Put(people)
	for _, one := range c.Now().Best(work, aFriday, len(people), &someWeights) {
		list = append(list, fmt.Sprintf("%d %v %+v", one.Total, one.Points, one.Facts))
	}
	slices.Sort(list)
	return list
}

// TestNearMissFlipsToo: the rules of time, clients, rails and seats, as TestNearMissFlips
// has the others: who that rule alone stops may be asked as soon as it holds.
func TestNearMissFlipsToo(t *testing.T) {
	noRail := func(m *engine.Member, _ *engine.Work) {
		m.Rails = engine.Rails{CoachFirst: m.Rails.CoachFirst, Coach: m.Rails.Coach}
	}
	unbooked := func(m *engine.Member, _ *engine.Work) { m.Booked = nil }
	untied := func(m *engine.Member, _ *engine.Work) {
		eachTie(m, func(t *engine.Tie) { *t = engine.Tie{Client: t.Client, Been: t.Been} })
	}
	lawless := func(_ *engine.Member, w *engine.Work) { w.Worktime = nil } // the work alone may be too long
	mend := map[engine.Rule]func(*engine.Member, *engine.Work){
		engine.FreeRule: unbooked, engine.RestRule: unbooked, engine.HoursDayRule: lawless, engine.HoursWeekRule: lawless,
		engine.BlockRule: untied, engine.RefusedRule: untied, engine.TrialRule: untied,
		engine.SeatRule:    func(_ *engine.Member, w *engine.Work) { w.Open, w.Free = true, 1 },
		engine.RailDayRule: noRail, engine.RailWeekRule: noRail, engine.RailNightRule: noRail, engine.RailAloneRule: noRail, engine.RailKindRule: noRail,
		engine.RailReachRule: noRail, engine.RailFirstRule: noRail,
	}
	flipped := map[engine.Rule]bool{}
	w := newWorld(12)
	for round := 0; round < 60_000 && len(flipped) < len(mend); round++ {
		m, work := w.Member(), w.Work()
		if round%2 == 0 { // one whom little stops, at a limit
			m = w.easier([]engine.Member{m})[0]
			m.HasRoom, m.Most, m.RestDays, m.Week, m.Exceptions = false, 0, 0, nil, nil
			w.AtLimit(&m, &work)
		}
		if plainOffer(&m, &work, aFriday).Len() > 2 { // it counts whole quarters of an hour
			continue
		}
		c := engine.NewColumns()
		c.Put([]engine.Member{m})
		misses := slices.Collect(maps.Keys(c.Now().NearMisses(&work, aFriday)))
		if len(misses) != 1 || work.Buddies || mend[misses[0]] == nil {
			continue
		}
		rule := misses[0]
		if found := c.Now().Best(&work, aFriday, 1, &someWeights); len(found) != 0 {
			t.Fatalf("rule %d stops them, and they are found: %+v", rule, found)
		}
		mend[rule](&m, &work)
		c.Put([]engine.Member{m})
		if len(c.Now().Best(&work, aFriday, 1, &someWeights)) != 1 {
			t.Fatalf("rule %d holds now, and still nobody is found:\n%+v\n%+v", rule, m, work)
		}
		flipped[rule] = true
	}
	for rule := range mend {
		if !flipped[rule] {
			t.Errorf("rule %d never stopped anybody alone", rule)
		}
	}
}
