package engine

import (
	"maps"
	"slices"

	"meent/jobs"
)

// shiftRows is how many shifts a page holds at the most.
const shiftRows = 256

// shiftPage holds shifts at places near each other, by a skill without which nobody
// can do them, with columns of what most of them fail on for most members.
type shiftPage struct {
	all   []stored
	keys  numbers  // skills by one of which shifts are found
	start []uint32 // where those of a key begin, and one more
	keyed []keyed  // in the order of keys
	open  []keyed  // that ask no skill
	bound bound
}

func taken[T any](list []T, n int) (some, rest []T) { return list[:n:n], list[n:] }

func (p *shiftPage) list() []*sought {
	all := make([]*sought, len(p.all))
	for i := range p.all {
		all[i] = &p.all[i].sought
	}
	return all
}

func packShifts(all []*sought) *shiftPage {
	n := len(all)
	p, hot := &shiftPage{all: store(all)}, make([]keyed, n)
	by := map[uint16][]keyed{}
	asked := map[uint16]int{}
	for _, s := range all {
		for _, w := range s.wants {
			asked[w.number]++
		}
	}
	for i, s := range all {
		hot[i] = s.keyed()
		hot[i].row = uint16(i)
		for _, lead := range s.leads(asked) {
			number := s.wants[lead].number
			by[number] = append(by[number], hot[i].by(s, lead))
		}
		if len(s.wants) == 0 {
			p.open = append(p.open, hot[i])
		}
	}
	keys := slices.Sorted(maps.Keys(by))
	p.keys = numbersOf(keys)
	for _, number := range keys {
		p.start = append(p.start, uint32(len(p.keyed)))
		p.keyed = append(p.keyed, by[number]...)
	}
	p.start = append(p.start, uint32(len(p.keyed)))
	p.bound = boundOf(n, func(i int) vector { return hot[i].at }, 0)
	return p
}

// leads are the skills by which a shift is found: of those that are required the one
// that is asked least; where none is, each.
func (s *sought) leads(asked map[uint16]int) (leads []int) {
	for i, w := range s.wants {
		switch {
		case s.required == 0:
			leads = append(leads, i)
		case w.required && (leads == nil || asked[w.number] < asked[s.wants[leads[0]].number]):
			leads = []int{i}
		}
	}
	return leads
}

// at are the shifts that are found by a key.
func (p *shiftPage) at(key int) []keyed { return p.keyed[p.start[key]:p.start[key+1]] }

func (p *shiftPage) find(shift [16]byte) int {
	for i := range p.all {
		if p.all[i].work.Shift == jobs.ShiftID(shift) {
			return i
		}
	}
	return -1
}
