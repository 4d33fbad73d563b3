package engine

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"time"

	"meent/members"
)

// pageRows is how many members a page holds at the most.
const pageRows = 512

// page holds the columns of some members who live near each other. What only some of
// them have is beside it, so that a row stays small.
type page struct {
	ids   []members.MemberID
	at    []vector
	reach []int32 // metres
	lim   []uint32
	musts []uint32
	flags []flags
	week  []week
	cold  []cold
	side  []*side // nil: nothing of it

	skills []uint16 // that somebody here has or wants to learn, in order
	starts []uint32 // where its holders begin, and one more
	holds  []holder

	bound bound
}

// flags are what a row knows by yes or no, and two ranks.
type flags uint32

const (
	works flags = 1 << iota
	restricted
	certificate
	told // a week
	roomTold
	dutchAt = 8
	stepAt  = 16
)

func (f flags) dutch() uint8 { return uint8(f >> dutchAt) }
func (f flags) step() uint8  { return uint8(f >> stepAt) }

// cold is what is read of few rows.
type cold struct {
	home         members.Point
	most, wanted time.Duration
	room         int
	bears        [3]uint8
	support      Support
	pace         int16
	rest         int16
}

// side is what not everybody has.
type side struct {
	exceptions map[members.Day]members.Exception
	waiting    []time.Time
	booked     []Booking
	ties       []Tie
	rails      Rails
	had        [][16]byte
	passed     [][16]byte
}

// week is that of members.Week in words, and a half.
type week [11]uint64

func weekOf(w *members.Week) (words week) {
	if w == nil {
		return words
	}
	var bytes [88]byte
	copy(bytes[:], w[:])
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(bytes[8*i:])
	}
	return words
}

func (w week) of() *members.Week {
	var bytes [88]byte
	for i, word := range w {
		binary.LittleEndian.PutUint64(bytes[8*i:], word)
	}
	return (*members.Week)(bytes[:len(members.Week{})])
}

// holder is a row, its level of a skill, and whether the member wants to learn it.
type holder uint16

const (
	holderRow   = 1<<9 - 1
	holderLevel = 9
	holderGoal  = 1 << 12
	mostLevel   = 7
)

func (h holder) row() int     { return int(h & holderRow) }
func (h holder) level() uint8 { return uint8(h>>holderLevel) & mostLevel }
func (h holder) goal() bool   { return h&holderGoal != 0 }

// Each load has a byte in one word, and so has support: of what somebody can bear,
// and of what is asked. The highest bit stays free, to see them all at once.
const (
	highest      = 0x80808080
	noLimit      = 0x7f
	supportAt    = 24
	startLimit   = 1
	withoutHelps = 2
)

func limits(bears [3]uint8, s Support) (word uint32) {
	for i, b := range bears {
		if b == 0 {
			b = noLimit
		}
		word |= uint32(b) << (8 * i)
	}
	switch s {
	case AlwaysSupport:
		return word
	case StartSupport:
		return word | startLimit<<supportAt
	default:
		return word | noLimit<<supportAt
	}
}

// asks is what the work asks of those.
func (w *Work) asks() (word uint32) {
	for i, load := range w.Loads {
		word |= uint32(small(load)) << (8 * i)
	}
	if !w.Helps {
		word |= withoutHelps << supportAt
	}
	return word
}

// small keeps what is out of bounds beyond every bound.
func small(n int) uint8 { return uint8(min(max(0, n), noLimit-1)) }

// lacking has a bit for each byte in which the limit is less than what is asked.
func lacking(limit, asks uint32) uint32 { return ^((limit | highest) - asks) & highest }

// bears reads one of them back.
func (c *cold) bear(i int) int { return int(c.bears[i]) }

// row is a member as a page keeps them.
type row struct {
	id     members.MemberID
	reach  int32
	musts  uint32
	flags  flags
	week   week
	cold   cold
	side   *side
	skills []Skill // in order
	goals  []uint16
}

func rowOf(m *Member) row {
	r := row{
		id: m.ID, reach: int32(min(max(-1, m.Reach), 1<<30)), musts: m.Musts, week: weekOf(m.Week), side: sideOf(m),
		cold: cold{home: m.Home, most: m.Most, wanted: m.Wanted, room: m.Room, support: m.Support, pace: int16(min(max(0, m.Pace), 1<<14)), rest: int16(min(max(0, m.RestDays), 1<<14))},
	}
	for i, b := range m.Bears {
		r.cold.bears[i] = small(b)
	}
	for _, one := range []struct {
		is   bool
		flag flags
	}{{m.Works, works}, {m.Restricted, restricted}, {m.Certificate, certificate}, {m.Week != nil, told}, {m.HasRoom, roomTold}} {
		if one.is {
			r.flags |= one.flag
		}
	}
	r.flags |= flags(m.Dutch)<<dutchAt | flags(m.Step)<<stepAt
	r.skills, r.goals = skillsOf(m.Skills), slices.Compact(slices.Sorted(slices.Values(m.Goals)))
	return r
}

// skillsOf has each skill once, at its highest level.
func skillsOf(list []Skill) []Skill {
	list = slices.SortedFunc(slices.Values(list), func(a, b Skill) int { return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(b.Level, a.Level)) })
	list = slices.CompactFunc(list, func(a, b Skill) bool { return a.Number == b.Number })
	return slices.DeleteFunc(list, func(s Skill) bool { return s.Level == 0 })
}

func sideOf(m *Member) *side {
	s := &side{
		exceptions: m.Exceptions, waiting: slices.Clone(m.Waiting), booked: slices.Clone(m.Booked), ties: slices.Clone(m.Ties), rails: m.Rails,
		had: sorted(m.Had), passed: sorted(m.PassedOn),
	}
	if len(s.exceptions)+len(s.waiting)+len(s.booked)+len(s.ties)+len(s.had)+len(s.passed) == 0 && s.rails == (Rails{}) {
		return nil
	}
	slices.SortStableFunc(s.booked, func(a, b Booking) int { return a.Starts.Compare(b.Starts) })
	return s
}

func pack(rows []row) *page {
	n := len(rows)
	p := &page{
		ids: make([]members.MemberID, n), at: make([]vector, n), reach: make([]int32, n), lim: make([]uint32, n), musts: make([]uint32, n),
		flags: make([]flags, n), week: make([]week, n), cold: make([]cold, n), side: make([]*side, n),
	}
	for i := range rows {
		r := &rows[i]
		p.ids[i], p.at[i], p.reach[i], p.musts[i], p.flags[i], p.week[i], p.cold[i], p.side[i] = r.id, vectorOf(r.cold.home), r.reach, r.musts, r.flags, r.week, r.cold, r.side
		p.lim[i] = limits(r.cold.bears, r.cold.support)
	}
	p.bound = boundOf(p.at, slices.Max(append(p.reach, 0)))
	p.packSkills(rows)
	return p
}

func (p *page) packSkills(rows []row) {
	type hold struct {
		skill uint16
		holder
	}
	var all []hold
	for i := range rows {
		have := rows[i].skills
		for _, goal := range rows[i].goals {
			level := uint8(0)
			if at, ok := slices.BinarySearchFunc(have, goal, func(s Skill, n uint16) int { return cmp.Compare(s.Number, n) }); ok {
				level = min(have[at].Level, mostLevel)
			}
			all = append(all, hold{goal, holder(i) | holder(level)<<holderLevel | holderGoal})
		}
		for _, s := range have {
			if _, also := slices.BinarySearch(rows[i].goals, s.Number); !also {
				all = append(all, hold{s.Number, holder(i) | holder(min(s.Level, mostLevel))<<holderLevel})
			}
		}
	}
	slices.SortFunc(all, func(a, b hold) int {
		return cmp.Compare(uint32(a.skill)<<16|uint32(a.row()), uint32(b.skill)<<16|uint32(b.row()))
	})
	p.holds = make([]holder, len(all))
	for i, h := range all {
		if p.holds[i] = h.holder; i == 0 || all[i-1].skill != h.skill {
			p.skills, p.starts = append(p.skills, h.skill), append(p.starts, uint32(i))
		}
	}
	p.skills, p.starts = slices.Clip(p.skills), slices.Clip(append(p.starts, uint32(len(all))))
}

func unpack(p *page) []row {
	rows := make([]row, len(p.ids))
	for i := range rows {
		rows[i] = row{id: p.ids[i], reach: p.reach[i], musts: p.musts[i], flags: p.flags[i], week: p.week[i], cold: p.cold[i], side: p.side[i]}
	}
	for k, skill := range p.skills {
		for _, h := range p.holds[p.starts[k]:p.starts[k+1]] {
			r := &rows[h.row()]
			if h.level() > 0 {
				r.skills = append(r.skills, Skill{skill, h.level()})
			}
			if h.goal() {
				r.goals = append(r.goals, skill)
			}
		}
	}
	return rows
}

// who gives those here who have a skill, in the order of rows.
func (p *page) who(skill uint16) []holder {
	at, ok := slices.BinarySearch(p.skills, skill)
	if !ok {
		return nil
	}
	return p.holds[p.starts[at]:p.starts[at+1]]
}

// held is how a row holds a skill that these have.
func held(list []holder, row int) (holder, bool) {
	at, ok := slices.BinarySearchFunc(list, row, func(h holder, row int) int { return cmp.Compare(h.row(), row) })
	if !ok {
		return 0, false
	}
	return list[at], true
}

// set is some rows of a page.
type set [pageRows / 64]uint64

func (s *set) add(row int) { s[row/64] |= 1 << (row % 64) }

func everyone(n int) (s set) {
	for i := range s {
		switch left := n - 64*i; {
		case left >= 64:
			s[i] = ^uint64(0)
		case left > 0:
			s[i] = 1<<left - 1
		}
	}
	return s
}

func (s *set) each(do func(row int)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			do(64*i + bits.TrailingZeros64(word))
		}
	}
}

func sorted[ID ~[16]byte](list []ID) [][16]byte {
	all := make([][16]byte, len(list))
	for i, one := range list {
		all[i] = one
	}
	slices.SortFunc(all, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	return all
}

func within(list [][16]byte, key [16]byte) bool {
	_, ok := slices.BinarySearchFunc(list, key, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	return ok
}
