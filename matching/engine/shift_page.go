package engine

import (
	"math"
	"slices"

	"meent/jobs"
)

// shiftRows is how many shifts a page holds at the most.
const shiftRows = 256

// shiftPage holds shifts at places near each other, by a skill without which nobody
// can do them, with columns of what most of them fail on for most members.
type shiftPage struct {
	all   []*sought
	at    []vector // of work at home no number
	asks  []uint32 // bears and support
	pay   []int32
	keys  []uint16 // skills by one of which shifts are found, in order
	start []uint32 // where those of a key begin, and one more
	list  []keyed
	open  []keyed // that ask no skill
	bound bound
}

// keyed is a shift that is found by a skill, from a level.
type keyed struct {
	row   uint16
	least uint8
	only  bool // it is found by no other
}

func packShifts(all []*sought) *shiftPage {
	n := len(all)
	p := &shiftPage{all: slices.Clone(all), at: make([]vector, n), asks: make([]uint32, n), pay: make([]int32, n)}
	by := map[uint16][]keyed{}
	asked := map[uint16]int{}
	for _, s := range all {
		for _, w := range s.wants {
			asked[w.number]++
		}
	}
	for i, s := range all {
		p.at[i], p.asks[i], p.pay[i] = s.at, s.asks&^(0xff<<supportAt), number(s.Pay)
		if s.Remote {
			nan := float32(math.NaN())
			p.at[i] = vector{nan, nan, nan}
		}
		for _, w := range s.leads(asked) {
			by[w.number] = append(by[w.number], keyed{uint16(i), w.least, s.required > 0})
		}
		if len(s.wants) == 0 {
			p.open = append(p.open, keyed{row: uint16(i), only: true})
		}
	}
	for number := range by {
		p.keys = append(p.keys, number)
	}
	slices.Sort(p.keys)
	for _, number := range p.keys {
		p.start = append(p.start, uint32(len(p.list)))
		p.list = append(p.list, by[number]...)
	}
	p.start = append(p.start, uint32(len(p.list)))
	p.bound = boundOf(n, func(i int) vector { return p.at[i] }, 0)
	return p
}

// leads are the skills by which a shift is found: of those that are required the one
// that is asked least; where none is, each.
func (s *sought) leads(asked map[uint16]int) []want {
	if s.required == 0 {
		return s.wants
	}
	var lead []want
	for _, w := range s.wants {
		if w.required && (lead == nil || asked[w.number] < asked[lead[0].number]) {
			lead = []want{w}
		}
	}
	return lead
}

// by are the shifts that are found by a skill.
func (p *shiftPage) by(skill uint16) []keyed {
	at, ok := slices.BinarySearch(p.keys, skill)
	if !ok {
		return nil
	}
	return p.list[p.start[at]:p.start[at+1]]
}

func (p *shiftPage) find(shift [16]byte) int {
	return slices.IndexFunc(p.all, func(s *sought) bool { return s.Shift == jobs.ShiftID(shift) })
}
