package engine

import (
	"maps"
	"math"
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

// stored is a shift with its work, side by side.
type stored struct {
	sought
	work Work
}

// store keeps all that belongs to some shifts together, so that who looks at one finds
// it in few places.
func store(all []*sought) []stored {
	list := make([]stored, len(all))
	var wants []want
	var asked []Ask
	var quarters []uint16
	var days []dayTime
	for i, s := range all {
		list[i] = stored{*s, *s.Work}
		wants, asked = append(wants, s.wants...), append(asked, s.Asked...)
		quarters, days = append(quarters, s.time.quarters...), append(days, s.time.days...)
	}
	wants, asked, quarters, days = slices.Clip(wants), slices.Clip(asked), slices.Clip(quarters), slices.Clip(days)
	for i := range list {
		s := &list[i]
		s.sought.Work = &s.work
		s.wants, wants = taken(wants, len(s.wants))
		s.work.Asked, asked = taken(asked, len(s.work.Asked))
		s.time.quarters, quarters = taken(quarters, len(s.time.quarters))
		s.time.days, days = taken(days, len(s.time.days))
	}
	return list
}

func taken[T any](list []T, n int) (some, rest []T) { return list[:n:n], list[n:] }

func (p *shiftPage) list() []*sought {
	all := make([]*sought, len(p.all))
	for i := range p.all {
		all[i] = &p.all[i].sought
	}
	return all
}

// keyed is a shift that is found by a skill, from a level, with what most shifts fail
// on for most members.
type keyed struct {
	at     vector // of work at home no number
	asks   uint32 // bears and support
	pay    int32
	offers uint32
	mask   uint64 // of one word of a week
	asked  uint64 // a bit for some numbers of skills
	word   uint8
	least  uint8
	only   bool // it is found by no other
	row    uint16
}

func (s *sought) keyed() keyed {
	h := keyed{at: s.at, asks: s.asks, pay: number(s.Pay), offers: s.Offers}
	if s.Remote {
		nan := float32(math.NaN())
		h.at = vector{nan, nan, nan}
	}
	for _, q := range s.time.quarters {
		if h.mask == 0 {
			h.word = uint8(q / 64)
		}
		if q/64 == uint16(h.word) {
			h.mask |= 1 << (q % 64)
		}
	}
	for _, w := range s.wants {
		h.asked |= skillBit(w.number)
	}
	return h
}

func skillBit(number uint16) uint64 { return 1 << (number % 64) }

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
		hot[i].row, hot[i].only = uint16(i), s.required > 0 || len(s.wants) == 0
		for _, w := range s.leads(asked) {
			one := hot[i]
			one.least = w.least
			by[w.number] = append(by[w.number], one)
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
	at, ok := p.keys.find(skill)
	if !ok {
		return nil
	}
	return p.keyed[p.start[at]:p.start[at+1]]
}

func (p *shiftPage) find(shift [16]byte) int {
	for i := range p.all {
		if p.all[i].work.Shift == jobs.ShiftID(shift) {
			return i
		}
	}
	return -1
}
