package engine

import "math"

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
