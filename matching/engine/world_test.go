package engine_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// world draws people and work that are often nearly right for each other.
type world struct{ *rand.Rand }

func newWorld(seed uint64) world { return world{rand.New(rand.NewPCG(seed, 1))} }

func (w world) some(one int) bool { return w.IntN(one) == 0 }

func (w world) id() (id [16]byte) {
	binary.LittleEndian.PutUint64(id[:], w.Uint64())
	binary.LittleEndian.PutUint64(id[8:], w.Uint64())
	return id
}

// few gives one of few ids, so that people and work meet.
func (w world) few(kind byte) (id [16]byte) { return [16]byte{kind, 15: byte(w.IntN(6))} }

func (w world) place() members.Point {
	if w.some(60) {
		return []members.Point{{}, {Lat: 90, Lon: 180}, {Lat: -90, Lon: 5}, {Lat: 91, Lon: 5}, {Lat: 1e6, Lon: -1e6}, {Lat: math.NaN(), Lon: 5}, {Lat: math.Inf(1), Lon: 5}, {Lat: 52, Lon: 179.99}, {Lat: 52, Lon: -179.99}}[w.IntN(9)]
	}
	return members.Point{Lat: 52 + w.NormFloat64()/8, Lon: 5 + w.NormFloat64()/8}
}

// aFriday is before the clocks go back in the night to Sunday 25 October.
var aFriday = time.Date(2026, 10, 23, 6, 0, 0, 0, time.UTC)

func (w world) start() time.Time {
	return aFriday.Add(time.Duration(w.IntN(10*24*4)-5*24*4) * 15 * time.Minute)
}

func (w world) booking() engine.Booking {
	at := w.start().Add(time.Duration(w.IntN(3)-1) * 14 * 24 * time.Hour)
	return engine.Booking{Shift: w.few('s'), Starts: at, Ends: at.Add(time.Duration(1+w.IntN(40)) * 15 * time.Minute), Break: time.Duration(w.IntN(3)) * 15 * time.Minute, Pay: w.IntN(12000)}
}

func (w world) member() engine.Member {
	m := engine.Member{
		ID: w.id(), Works: !w.some(12), Restricted: w.some(15), Home: w.place(), Reach: w.IntN(60_000), Certificate: !w.some(3), Step: uint8(w.IntN(5)),
		Dutch: uint8(w.IntN(5)), Support: engine.Support(max(0, w.IntN(6)-3)), Pace: w.IntN(4), RestDays: max(0, w.IntN(5)-2),
		Bears: [3]int{w.IntN(6), w.IntN(6), w.IntN(6)},
	}
	if w.some(4) {
		m.Musts = 1 << w.IntN(3)
	}
	for number := range 5 {
		if !w.some(3) {
			m.Skills = append(m.Skills, engine.Skill{Number: uint16(number), Level: uint8(1 + w.IntN(4))})
		}
		if w.some(4) {
			m.Goals = append(m.Goals, uint16(number))
		}
	}
	if w.some(2) {
		m.HasRoom, m.Room = true, w.IntN(40_000)
	}
	if w.some(2) {
		m.Most, m.Wanted = time.Duration(w.IntN(30))*time.Hour, time.Duration(w.IntN(30))*time.Hour
	}
	w.time(&m)
	w.ties(&m)
	return m
}

func (w world) time(m *engine.Member) {
	if w.some(2) {
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
		e := members.Exception{Day: members.DayOf(w.start()), Off: w.some(2)}
		for i := range e.Extra {
			e.Extra[i] = byte(-w.IntN(2))
		}
		m.Exceptions[e.Day] = e
	}
	for range max(0, w.IntN(6)-2) {
		m.Booked = append(m.Booked, w.booking())
	}
	slices.SortFunc(m.Booked, func(a, b engine.Booking) int { return a.Starts.Compare(b.Starts) })
	for range max(0, w.IntN(6)-3) {
		m.Waiting = append(m.Waiting, aFriday.Add(time.Duration(w.IntN(5)-1)*time.Hour))
	}
}

func (w world) ties(m *engine.Member) {
	if w.some(3) {
		t := engine.Tie{Client: w.few('c'), Blocked: w.some(4), Agreed: w.IntN(9), Been: w.some(2)}
		if w.some(3) {
			t.Refused = members.DayOf(aFriday).Add(w.IntN(3) - 1)
		}
		if w.some(3) {
			t.Tried = append(t.Tried, w.few('g'))
		}
		if w.some(3) {
			t.Gigs = append(t.Gigs, engine.Earlier{Gig: w.few('g'), First: w.start()})
		}
		m.Ties = append(m.Ties, t)
	}
	if w.some(8) {
		m.Had = append(m.Had, w.few('s'))
	}
	if w.some(8) {
		m.PassedOn = append(m.PassedOn, w.few('s'))
	}
	if w.some(3) {
		m.Rails = engine.Rails{NoNights: w.some(3), NotAlone: w.some(4), First: w.some(3), CoachFirst: w.some(2), Coach: members.DayOf(aFriday).Add(w.IntN(3) - 1)}
		if w.some(2) {
			m.Rails.DayMinutes, m.Rails.WeekMinutes, m.Rails.Metres = w.IntN(600), w.IntN(2400), w.IntN(40_000)
		}
		if w.some(3) {
			m.Rails.Only, m.Rails.Not = uint64(w.IntN(8)), uint64(w.IntN(4))
		}
	}
}

func (w world) work() engine.Work {
	at := w.start()
	k := engine.Work{
		Shift: w.few('s'), Gig: w.few('g'), Client: w.few('c'), Starts: at, Ends: at.Add(time.Duration(1+w.IntN(48)) * 15 * time.Minute), Break: time.Duration(w.IntN(2)) * 15 * time.Minute,
		Pay: w.IntN(12000), Open: !w.some(20), Free: w.IntN(8), Buddies: w.some(3), BuddyFree: w.IntN(2), Remote: w.some(4), Place: w.place(), Groups: uint64(w.IntN(8)),
		Loads: [3]int{max(0, w.IntN(6)-2), max(0, w.IntN(6)-2), max(0, w.IntN(6)-2)}, Helps: w.some(2), WithOthers: !w.some(3), Offers: uint32(w.IntN(8)), Dutch: uint8(w.IntN(4)),
		Certificate: w.some(3), Step: uint8(w.IntN(3)), Trial: w.some(4),
		Worktime: []jobs.WorktimeRule{{Code: jobs.RestBetween, Limit: 11 * time.Hour, Effect: jobs.WorktimeBlocks}, {Code: jobs.HoursADay, Limit: 10 * time.Hour, Effect: jobs.WorktimeBlocks}, {Code: jobs.HoursAWeek, Limit: 30 * time.Hour, Effect: jobs.WorktimeBlocks}},
	}
	if w.some(3) {
		k.Worktime[w.IntN(3)].Effect = jobs.WorktimeWarns
	}
	for number := range 6 {
		if w.some(3) {
			k.Asked = append(k.Asked, engine.Ask{Number: uint16(number), Level: uint8(1 + w.IntN(4)), Required: w.some(3)})
		}
	}
	if w.some(100) {
		k.Ends = k.Starts.Add(time.Duration(2*w.IntN(2)-1) * 16 * 24 * time.Hour)
	}
	return k
}

func (w world) people(n int) []engine.Member {
	list := make([]engine.Member, n)
	for i := range list {
		list[i] = w.member()
	}
	return list
}

var someWeights = engine.Weights{Version: 1, Of: [7]int{300, 80, 150, 90, 60, 60, 200}}
