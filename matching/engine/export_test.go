package engine

import (
	"slices"
	"time"

	"meent/jobs"
	"meent/members"
)

// EachWay asks each plan, and all processors, who take a page or a few at a time.
func EachWay(v *View, w *Work, now time.Time, most int, weights *Weights) map[string][]Ranked {
	s, at := soughtOf(w), momentOf(now)
	ways := map[string][]Ranked{"by place": v.best(s, at, most, weights, byPlace), "by skill": v.best(s, at, most, weights, bySkill)}
	if most > 0 && !s.full() {
		for name, few := range map[string]int{"at once": 1, "at once, a few": 3} {
			ways[name] = split(v.found(nil, s, byPlace), few, func(f *finder) { f.start(v, s, at, most, weights) }).explained()
		}
	}
	return ways
}

// Fault has whoever asks hear of a fault while all processors look.
func Fault(fault any) (heard any) {
	defer func() { heard = recover() }()
	split([]uint32{0}, 1, func(*finder) { panic(fault) })
	return nil
}

// RuleCount is how many rules there are.
const RuleCount = rules

// Has reports whether it is in the set.
func (s Rules) Has(r Rule) bool { return s&(1<<r) != 0 }

// Ceilings are the most points that each is said to have at the most for some work.
func Ceilings(v *View, w *Work, weights *Weights) map[members.MemberID]int {
	s, all := soughtOf(w), map[members.MemberID]int{}
	var f finder
	f.start(v, s, moment{}, 0, weights)
	for _, p := range v.pages {
		f.at(p)
		f.holds()
		for row := range p.hot {
			all[p.ids[row]] = f.most.of(&p.hot[row], f.hold[row], p.hot[row].flags&tied != 0)
		}
	}
	return all
}

// Hopeful are those who are said to be able to come to so many points for some work.
func Hopeful(v *View, w *Work, least int, weights *Weights) map[members.MemberID]bool {
	s, all := soughtOf(w), map[members.MemberID]bool{}
	var f finder
	f.start(v, s, moment{}, 0, weights)
	for _, p := range v.pages {
		f.at(p)
		f.holds()
		some := everyone(len(p.hot))
		f.hopeful(&some, least)
		for row := range p.hot {
			all[p.ids[row]] = some.has(row)
		}
	}
	return all
}

// Hopes are those of the shifts that wait until a member's first judgement.
func Hopes(g *Shifts, m *Member, now time.Time, weights *Weights) map[jobs.ShiftID]int {
	all := map[jobs.ShiftID]int{}
	var a around
	a.start(m, g.sheets.shown.Load(), now, 20, weights)
	for page := range a.shown.pages {
		a.in([]uint32{uint32(page)})
		a.each()
		for a.queue.n > 0 {
			w := a.queue.next()
			all[a.stored(w).Shift] = w.ceiling()
		}
	}
	return all
}

// Numbers gives back a list, and where each of others stands, or -1.
func Numbers(list, others []uint16) (back []uint16, places []int) {
	n := numbersOf(list)
	for _, number := range others {
		at, is := n.find(number)
		if !is {
			at = -1
		}
		places = append(places, at)
	}
	return n.list(), places
}

// InTurn gives in which order a queue has ceilings of as many rows.
func InTurn(ceilings []int) (turn []int) {
	var q queue
	for row, one := range ceilings {
		q.add(one, 0, row)
	}
	q.order()
	for q.n > 0 {
		turn = append(turn, q.next().ceiling())
	}
	return turn
}

// ManyPages is from how many pages on all processors look.
const ManyPages = many

// Pages is how many a view has.
func Pages(v *View) int { return len(v.pages) }

// Lowest puts the lowest so many of a list first.
func Lowest(list []float32, n int) []float32 {
	marks := make([]mark, len(list))
	for i, x := range list {
		marks[i].spot[1] = x
	}
	lowest(marks, 1, n)
	for i, m := range marks {
		list[i] = m.spot[1]
	}
	return list
}

// Entries counts those of the index, and those of them that lead to nobody.
func Entries(v *View) (n, astray int) {
	for shard, list := range v.index {
		n += len(list)
		for _, e := range list {
			leads := func(m members.MemberID) bool { s, hash := hashOf(m); return s == shard && hash == e.hash }
			if !slices.ContainsFunc(v.pages[e.page].ids, leads) {
				astray++
			}
		}
	}
	return n, astray
}
