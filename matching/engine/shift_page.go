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

// stored is a shift with its work and its short lists, side by side: so that who looks
// at it finds it in few places.
type stored struct {
	sought
	work Work
	few  struct {
		wants    [4]want
		asked    [4]Ask
		quarters [32]uint16
		days     [2]dayTime
	}
}

func store(all []*sought) []stored {
	list := make([]stored, len(all))
	for i, s := range all {
		one := &list[i]
		one.sought, one.work = *s, *s.Work
		one.sought.Work = &one.work
		one.wants, one.work.Asked = kept(one.few.wants[:], s.wants), kept(one.few.asked[:], s.Asked)
		one.time.quarters, one.time.days = kept(one.few.quarters[:], s.time.quarters), kept(one.few.days[:], s.time.days)
	}
	return list
}

// kept is a list in a room, or where it is if that is too small.
func kept[T any](room, list []T) []T {
	if len(list) > len(room) {
		return list
	}
	return room[:copy(room, list):len(list)]
}

// lines reads a little of each line of the processor's memory that a judge needs.
func (s *stored) lines() (n uint32) {
	n = uint32(s.required) + uint32(s.month.from) + uint32(s.monday.from) + uint32(s.asks) + uint32(s.takes)
	n += uint32(s.work.Free) + uint32(s.work.Shift[0]) + uint32(s.work.Client[0]) + uint32(s.work.Loads[0]) + uint32(s.work.Pay) + uint32(s.work.Offers)
	return n + uint32(s.few.wants[0].number) + uint32(s.few.quarters[0])
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
// on for most members, and what most points are made of, in a line of the processor's
// memory.
type keyed struct {
	at        vector // of work at home no number
	asks      uint32 // bears and support
	pay       int32
	offers    uint32
	mask      uint64 // of one word of a week
	somewhere uint64 // 1 where at is a place
	minute    int32  // in which it begins, since 1970
	others    [3]asked
	word      uint8
	least     uint8 // of the skill by which it is found
	level     uint8 // that is asked of it
	want      uint8 // the sum of all levels
	row       uint16
	only      bool // it is found by no other
	remote    bool
	helps     bool
	unknown   bool // what it asks does not fit in here
}

// asked is another skill that a shift asks, in fewer bytes.
type asked uint16

const (
	askedSkills   = 1 << 11 // numbers below this fit in
	askedLevel    = 11
	askedRequired = 1 << 14
	askedIs       = 1 << 15
)

func askedOf(w want, level uint8) (a asked, fits bool) {
	if w.required {
		a = askedRequired
	}
	return a | asked(w.number%askedSkills) | asked(level%8)<<askedLevel | askedIs, w.number < askedSkills && level < 8
}

func (a asked) number() int    { return int(a % askedSkills) }
func (a asked) level() uint8   { return uint8(a>>askedLevel) % 8 }
func (a asked) required() bool { return a&askedRequired != 0 }
func (a asked) least() uint8   { return leastOf(a.level(), a.required()) }

func (s *sought) keyed() keyed {
	h := keyed{
		at: s.at, asks: s.asks, pay: number(s.Pay), offers: s.Offers, minute: minuteOf(s.from), want: uint8(s.want),
		only: s.required > 0 || len(s.wants) == 0, remote: s.Remote, helps: s.Helps, unknown: s.want > math.MaxUint8,
	}
	if s.Remote {
		nan := float32(math.NaN())
		h.at = vector{nan, nan, nan}
	}
	if !math.IsNaN(float64(h.at[0])) {
		h.somewhere = 1
	}
	for _, q := range s.time.quarters {
		if h.mask == 0 {
			h.word = uint8(q / 64)
		}
		if q/64 == uint16(h.word) {
			h.mask |= 1 << (q % 64)
		}
	}
	return h
}

// minuteOf is the minute of a moment, since 1970.
func minuteOf(micros int64) int32 { return number(int(math.Floor(float64(micros) / minuteMicros))) }

// by is found by one of what it asks.
func (h keyed) by(s *sought, lead int) keyed {
	h.least, h.level = s.wants[lead].least, s.Asked[lead].Level
	n := 0
	for i, w := range s.wants {
		if i == lead {
			continue
		}
		if n == len(h.others) {
			h.unknown = true
			break
		}
		one, fits := askedOf(w, s.Asked[i].Level)
		h.others[n], h.unknown, n = one, h.unknown || !fits, n+1
	}
	return h
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
