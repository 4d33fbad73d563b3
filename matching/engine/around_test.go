package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/matching/engine"
)

// TestEachShiftOnce: however many skills find a shift, it comes once, as often as looking
// at each shift finds it; also for who has very many skills, over many pages.
func TestEachShiftOnce(t *testing.T) {
	const skills = 100
	w := newWorld(5)
	m := w.easier([]engine.Member{w.Member()})[0]
	m.Works, m.Skills, m.Musts = true, nil, 0
	for number := range uint16(skills) {
		m.Skills = append(m.Skills, engine.Skill{Number: number, Level: 1 + uint8(w.IntN(4))})
	}
	var list []engine.Work
	for range 1000 {
		k := w.Work()
		k.Shift, k.Open, k.Free, k.Asked = w.ID(), true, 1, nil
		first := w.IntN(skills / 2)
		for _, number := range []int{first, first + w.IntN(skills/2-1) + 1} {
			k.Asked = append(k.Asked, engine.Ask{Number: uint16(number), Level: 1 + uint8(w.IntN(2))})
		}
		list = append(list, k)
	}
	g, want := engine.NewShifts(), map[jobs.ShiftID]int{}
	g.Put(list)
	for i := range list {
		for _, one := range plainBest([]engine.Member{m}, &list[i], aFriday, 1, &someWeights) {
			want[list[i].Shift] = one.Total
		}
	}
	all, got := g.For(&m, aFriday, len(list), &someWeights), map[jobs.ShiftID]int{}
	for _, one := range all {
		got[one.Shift] = one.Total
	}
	if diff := cmp.Diff(want, got); diff != "" || len(all) != len(want) || len(want) < 100 {
		t.Fatalf("%d shifts come, of %d:\n%s", len(all), len(want), diff)
	}
	same(t, ids(all, shiftOf, 20), ids(g.For(&m, aFriday, 20, &someWeights), shiftOf, 20))
}

func shiftOf(r engine.RankedShift) [16]byte { return r.Shift }
