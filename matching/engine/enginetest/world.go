// Package enginetest draws people and work for tests of the engine. They are often
// nearly right for each other, and often exactly at a limit, so that each rule holds
// and breaks.
package enginetest

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// World draws by lot. The same seed draws the same.
type World struct {
	*rand.Rand
	Now time.Time // around which everything is
	odd bool      // also moments between the quarters of an hour
}

// AFriday is before the clocks go back in the night to Sunday 25 October.
func AFriday() time.Time { return time.Date(2026, 10, 23, 6, 0, 0, 0, time.UTC) }

// New draws around AFriday, in whole quarters of an hour.
func New(seed uint64) World { return World{Rand: rand.New(rand.NewPCG(seed, 1)), Now: AFriday()} }

// NewAnywhen draws around one of some moments: the clocks go back or forward, a year or
// a month ends, or nothing happens; and at any microsecond.
func NewAnywhen(seed uint64) World {
	w := New(seed)
	w.odd = true
	w.Now = []time.Time{
		AFriday(), time.Date(2027, 3, 26, 22, 59, 59, 0, time.UTC), time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC),
		time.Date(2028, 2, 28, 12, 7, 0, 0, time.UTC), time.Date(2027, 6, 9, 21, 59, 59, 999_999_000, time.UTC),
	}[seed%5]
	return w
}

// Some is true once in so often.
func (w World) Some(one int) bool { return w.IntN(one) == 0 }

// ID is any.
func (w World) ID() (id [16]byte) {
	binary.LittleEndian.PutUint64(id[:], w.Uint64())
	binary.LittleEndian.PutUint64(id[8:], w.Uint64())
	return id
}

// Few gives one of few ids, so that people and work meet.
func (w World) Few(kind byte) (id [16]byte) { return [16]byte{kind, 15: byte(w.IntN(6))} }

func (w World) place() members.Point {
	if w.Some(60) {
		return []members.Point{{}, {Lat: 90, Lon: 180}, {Lat: -90, Lon: 5}, {Lat: 91, Lon: 5}, {Lat: 1e6, Lon: -1e6}, {Lat: math.NaN(), Lon: 5}, {Lat: math.Inf(1), Lon: 5}, {Lat: 52, Lon: 179.99}, {Lat: 52, Lon: -179.99}}[w.IntN(9)]
	}
	return members.Point{Lat: 52 + w.NormFloat64()/8, Lon: 5 + w.NormFloat64()/8}
}

func (w World) start() time.Time {
	at := w.Now.Truncate(15 * time.Minute).Add(time.Duration(w.IntN(10*24*4)-5*24*4) * 15 * time.Minute)
	if w.odd && w.Some(8) {
		at = at.Add(time.Duration(w.IntN(15*60_000_000)) * time.Microsecond)
	}
	return at
}

// length is so many quarters of an hour, and sometimes a little more.
func (w World) length(quarters int) time.Duration {
	d := time.Duration(1+w.IntN(quarters)) * 15 * time.Minute
	if w.odd && w.Some(8) {
		d += time.Duration(w.IntN(15*60_000_000)) * time.Microsecond
	}
	return d
}

func (w World) booking() engine.Booking {
	at := w.start().Add(time.Duration(w.IntN(3)-1) * 14 * 24 * time.Hour)
	return engine.Booking{Shift: w.Few('s'), Starts: at, Ends: at.Add(w.length(40)), Break: time.Duration(w.IntN(3)) * 15 * time.Minute, Pay: w.IntN(12000)}
}

// Member draws somebody.
func (w World) Member() engine.Member {
	m := engine.Member{
		ID: w.ID(), Works: !w.Some(12), Restricted: w.Some(15), Home: w.place(), Reach: w.IntN(60_000), Certificate: !w.Some(3), Step: uint8(w.IntN(5)),
		Dutch: uint8(w.IntN(5)), Support: engine.Support(max(0, w.IntN(6)-3)), Pace: w.IntN(4), RestDays: max(0, w.IntN(5)-2),
		Bears: [3]int{w.IntN(6), w.IntN(6), w.IntN(6)},
	}
	if w.Some(4) {
		m.Musts = 1 << w.IntN(3)
	}
	for number := range 5 {
		if !w.Some(3) {
			m.Skills = append(m.Skills, engine.Skill{Number: uint16(number), Level: uint8(1 + w.IntN(4))})
		}
		if w.Some(4) {
			m.Goals = append(m.Goals, uint16(number))
		}
	}
	if w.Some(2) {
		m.HasRoom, m.Room = true, w.IntN(40_000)
	}
	if w.Some(2) {
		m.Most, m.Wanted = time.Duration(w.IntN(30))*time.Hour, time.Duration(w.IntN(30))*time.Hour
	}
	w.time(&m)
	w.ties(&m)
	return m
}

func (w World) time(m *engine.Member) {
	if w.Some(2) {
		m.Week = new(members.Week)
		for range 1 + w.IntN(4) {
			from := w.IntN(members.WeekQuarters)
			m.Week.Set(from, from+100+w.IntN(200))
		}
	}
	for range w.IntN(3) {
		if m.Exceptions == nil {
			m.Exceptions = map[members.Day]members.Exception{}
		}
		e := members.Exception{Day: members.DayOf(w.start()), Off: w.Some(2)}
		for i := range e.Extra {
			e.Extra[i] = byte(-w.IntN(2))
		}
		m.Exceptions[e.Day] = e
	}
	for range max(0, w.IntN(6)-2) {
		m.Booked = append(m.Booked, w.booking())
	}
	inOrder(m)
	for range max(0, w.IntN(6)-3) {
		m.Waiting = append(m.Waiting, w.Now.Add(time.Duration(w.IntN(5)-1)*time.Hour))
	}
}

func inOrder(m *engine.Member) {
	slices.SortFunc(m.Booked, func(a, b engine.Booking) int {
		return cmp.Or(a.Starts.Compare(b.Starts), slices.Compare(a.Shift[:], b.Shift[:]))
	})
}

func (w World) ties(m *engine.Member) {
	if w.odd && w.Some(4) {
		m.Ties = append(m.Ties, engine.Tie{Client: w.ID(), Blocked: true, Refused: "2999-12-31", Been: true, Tried: []jobs.GigID{w.ID()}})
	}
	if w.Some(3) {
		t := engine.Tie{Client: w.Few('c'), Blocked: w.Some(4), Agreed: w.IntN(9), Been: w.Some(2)}
		if w.Some(3) {
			t.Refused = members.DayOf(w.Now).Add(w.IntN(3) - 1)
		}
		if w.Some(3) {
			t.Tried = append(t.Tried, w.Few('g'))
		}
		if w.Some(3) {
			t.Gigs = append(t.Gigs, engine.Earlier{Gig: w.Few('g'), First: w.start()})
		}
		m.Ties = append(m.Ties, t)
	}
	if w.Some(8) {
		m.Had = append(m.Had, w.Few('s'))
	}
	if w.Some(8) {
		m.PassedOn = append(m.PassedOn, w.Few('s'))
	}
	if w.Some(3) {
		m.Rails = engine.Rails{NoNights: w.Some(3), NotAlone: w.Some(4), First: w.Some(3), CoachFirst: w.Some(2), Coach: members.DayOf(w.Now).Add(w.IntN(3) - 1)}
		if w.Some(2) {
			m.Rails.DayMinutes, m.Rails.WeekMinutes, m.Rails.Metres = w.IntN(600), w.IntN(2400), w.IntN(40_000)
		}
		if w.Some(3) {
			m.Rails.Only, m.Rails.Not = uint64(w.IntN(8)), uint64(w.IntN(4))
		}
	}
}

// Work draws a shift.
func (w World) Work() engine.Work {
	at := w.start()
	k := engine.Work{
		Shift: w.Few('s'), Gig: w.Few('g'), Client: w.Few('c'), Starts: at, Ends: at.Add(w.length(48)), Break: time.Duration(w.IntN(2)) * 15 * time.Minute,
		Pay: w.IntN(12000), Open: !w.Some(20), Free: w.IntN(8), Buddies: w.Some(3), BuddyFree: w.IntN(2), Remote: w.Some(4), Place: w.place(), Groups: uint64(w.IntN(8)),
		Loads: [3]int{max(0, w.IntN(6)-2), max(0, w.IntN(6)-2), max(0, w.IntN(6)-2)}, Helps: w.Some(2), WithOthers: !w.Some(3), Offers: uint32(w.IntN(8)), Dutch: uint8(w.IntN(4)),
		Certificate: w.Some(3), Step: uint8(w.IntN(3)), Trial: w.Some(4),
		Worktime: []jobs.WorktimeRule{{Code: jobs.RestBetween, Limit: 11 * time.Hour, Effect: jobs.WorktimeBlocks}, {Code: jobs.HoursADay, Limit: 10 * time.Hour, Effect: jobs.WorktimeBlocks}, {Code: jobs.HoursAWeek, Limit: 30 * time.Hour, Effect: jobs.WorktimeBlocks}},
	}
	if w.Some(3) {
		k.Worktime[w.IntN(3)].Effect = jobs.WorktimeWarns
	}
	for number := range 6 {
		if w.Some(3) {
			k.Asked = append(k.Asked, engine.Ask{Number: uint16(number), Level: uint8(1 + w.IntN(4)), Required: w.Some(3)})
		}
	}
	if w.odd && w.Some(10) {
		w.edge(&k)
	}
	if w.Some(100) {
		k.Ends = k.Starts.Add(time.Duration(2*w.IntN(2)-1) * 16 * 24 * time.Hour)
	}
	return k
}

// People draws so many.
func (w World) People(n int) []engine.Member {
	list := make([]engine.Member, n)
	for i := range list {
		list[i] = w.Member()
	}
	return list
}

// Weights are some.
func Weights() engine.Weights {
	return engine.Weights{Version: 1, Of: [7]int{300, 80, 150, 90, 60, 60, 200}}
}
