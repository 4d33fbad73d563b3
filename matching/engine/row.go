package engine

import (
	"cmp"
	"slices"
	"time"

	"meent/members"
)

// row is a member as a page keeps them.
type row struct {
	hot
	id     members.MemberID
	home   members.Point
	week   week
	booked []booking
	ties   []tie
	side   *side
	skills []Skill // in order
	goals  []uint16
}

// hot is what is read of most rows that are looked at. It has the size of a line of the
// processor's memory, 64 bytes: so rows do not share a line.
type hot struct {
	at           vector
	reach        int32 // metres
	lim          limits
	musts        uint32
	flags        flags
	dutch, step  uint8
	room         int32 // cents
	most, wanted int16 // minutes of a week
	booked, ties part
	given        given   // what booked sums
	_            [8]byte // to the end of the line
}

// flags are what a row knows by yes or no, how many offers may wait and how many days
// of rest there are.
type flags uint32

const (
	works flags = 1 << iota
	restricted
	certificate
	told     // a week
	excepted // days that are not as the week
	roomTold
	sided  // there is a side
	tied   // there are ties
	paceAt = 8
	restAt = 10
)

// pace is less than mostWaiting; 0: no less.
func (f flags) pace() int { return int(f>>paceAt) & 3 }
func (f flags) rest() int { return int(f >> restAt) }

func flagsOf(m *Member, s *side) (f flags) {
	for _, one := range [...]struct {
		is   bool
		flag flags
	}{
		{m.Works, works}, {m.Restricted, restricted}, {m.Certificate, certificate}, {m.Week != nil, told}, {len(m.Exceptions) > 0, excepted},
		{m.HasRoom, roomTold}, {s != nil, sided}, {len(m.Ties) > 0, tied},
	} {
		if one.is {
			f |= one.flag
		}
	}
	if m.Pace > 0 && m.Pace < mostWaiting {
		f |= flags(m.Pace) << paceAt
	}
	return f | flags(min(max(0, m.RestDays), 127))<<restAt
}

func rowOf(m *Member) row {
	r := row{
		id: m.ID, home: m.Home, week: weekOf(m.Week), booked: bookingsOf(m.Booked), ties: tiesOf(m.Ties), side: sideOf(m),
		skills: skillsOf(m.Skills), goals: slices.Clone(m.Goals),
	}
	slices.Sort(r.goals)
	r.goals = slices.Compact(r.goals)
	r.hot = hot{
		at: vectorOf(m.Home), reach: int32(min(max(-1, m.Reach), 1<<30)), lim: limitsOf(m.Bears, m.Support), musts: m.Musts, flags: flagsOf(m, r.side),
		dutch: m.Dutch, step: m.Step, room: number(m.Room), most: minutes(m.Most), wanted: minutes(max(0, m.Wanted)), given: givenOf(r.booked),
	}
	return r
}

// minutes of a week; more than it has are as good as very many.
func minutes(d time.Duration) int16 { return int16(min(max(-1, d/time.Minute), 1<<15-1)) }

// skillsOf has each skill once, at its highest level.
func skillsOf(list []Skill) []Skill {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Skill) int { return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(b.Level, a.Level)) })
	list = slices.CompactFunc(list, func(a, b Skill) bool { return a.Number == b.Number })
	return slices.DeleteFunc(list, func(s Skill) bool { return s.Level == 0 })
}

// wants is how many minutes somebody wants to work in ShareWeeks.
func (h *hot) wants() int {
	if h.wanted > 0 {
		return ShareWeeks * int(h.wanted)
	}
	return int(UsualWant / time.Minute)
}
