package main

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"time"

	"meent/matching/engine"
	"meent/members"
)

// What the world of the matcher is like.
const (
	towns       = 400
	townSkills  = 512
	townClients = 200
)

// matchWorld draws members and work, the same for the same seed.
type matchWorld struct {
	*rand.Rand
	towns  []matchTown
	weigh  []float64 // of towns, summed
	skills []float64 // of skills, summed
}

type matchTown struct {
	members.Point
	spread float64 // kilometres
}

func newMatchWorld() *matchWorld {
	w := &matchWorld{Rand: rand.New(rand.NewPCG(57, 1)), weigh: zipf(towns), skills: zipf(townSkills)}
	for range towns {
		w.towns = append(w.towns, matchTown{members.Point{Lat: 48 + 7.2*w.Float64(), Lon: 9 * w.Float64()}, 3 + 9*w.Float64()})
	}
	return w
}

func zipf(n int) (sums []float64) {
	sum := 0.0
	for i := range n {
		sum += 1 / math.Pow(float64(i+1), .9)
		sums = append(sums, sum)
	}
	return sums
}

func (w *matchWorld) of(sums []float64) int {
	at := w.Float64() * sums[len(sums)-1]
	low, high := 0, len(sums)-1
	for low < high {
		if mid := (low + high) / 2; sums[mid] < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func (w *matchWorld) somewhere() members.Point {
	t := w.towns[w.of(w.weigh)]
	return members.Point{Lat: t.Lat + w.NormFloat64()*t.spread/111, Lon: t.Lon + w.NormFloat64()*t.spread/68}
}

func (w *matchWorld) id() (id [16]byte) {
	binary.LittleEndian.PutUint64(id[:], w.Uint64())
	binary.LittleEndian.PutUint64(id[8:], w.Uint64())
	return id
}

func clientID(n int) (id members.ClientID) {
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// matchMonday is the week of all work; two weeks earlier is what members received.
var matchMonday = time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)

func (w *matchWorld) member() engine.Member {
	m := engine.Member{
		ID: w.id(), Works: w.IntN(10) > 0, Home: w.somewhere(), Reach: 1000 * []int{5, 12, 25, 40, 60}[w.IntN(5)], Week: new(members.Week),
		Bears: [3]int{1 + w.IntN(5), 1 + w.IntN(5), 1 + w.IntN(5)}, Support: engine.Support([]int{0, 0, 0, 2}[w.IntN(4)]), Wanted: time.Duration(4+w.IntN(33)) * time.Hour,
	}
	for len(m.Skills) < 4+int(m.ID[0]%9) {
		number, again := uint16(w.of(w.skills)), false
		for _, s := range m.Skills {
			again = again || s.Number == number
		}
		if !again {
			m.Skills = append(m.Skills, engine.Skill{Number: number, Level: uint8(1 + w.IntN(4))})
		}
	}
	m.Goals = []uint16{uint16(w.of(w.skills))}
	w.week(m.Week)
	for bit := range 4 {
		if w.IntN(12) == 0 {
			m.Musts |= 1 << bit
		}
	}
	if w.IntN(2) == 0 {
		m.HasRoom, m.Room = true, 100*w.IntN(800)
	}
	if w.IntN(20) == 0 {
		m.Ties = []engine.Tie{{Client: clientID(w.IntN(townClients)), Blocked: true}}
	}
	if hours := w.IntN(41); hours > 0 {
		at := matchMonday.AddDate(0, 0, -14)
		m.Booked = []engine.Booking{{Starts: at, Ends: at.Add(time.Duration(hours) * time.Hour)}}
	}
	return m
}

// week is of the usual hours, or of some of all.
func (w *matchWorld) week(week *members.Week) {
	for day := range 7 {
		switch {
		case w.IntN(10) < 3:
			from := w.IntN(96)
			week.Set(day*96+from, day*96+from+w.IntN(60))
		case day < 5 && w.IntN(5) > 0:
			week.Set(day*96+32, day*96+72)
		}
	}
}

func (w *matchWorld) work(remote bool) engine.Work {
	at := matchMonday.Add(time.Duration(w.IntN(5)*24+7+w.IntN(4)) * time.Hour)
	k := engine.Work{
		Shift: w.id(), Gig: w.id(), Client: clientID(w.IntN(townClients)), Starts: at, Ends: at.Add(time.Duration(2+w.IntN(4)) * time.Hour), Pay: 100 * (20 + w.IntN(80)),
		Open: true, Free: 1, Remote: remote, Place: w.somewhere(), Loads: [3]int{w.IntN(4), w.IntN(4), w.IntN(4)}, Helps: w.IntN(2) == 0, Offers: uint32(w.IntN(16)),
	}
	for i := range 1 + w.IntN(3) {
		a := engine.Ask{Number: uint16(w.of(w.skills)), Level: uint8(1 + w.IntN(2)), Required: i == 0 || w.IntN(4) == 0}
		for _, was := range k.Asked {
			if was.Number == a.Number {
				return k
			}
		}
		k.Asked = append(k.Asked, a)
	}
	return k
}

// levels are a skill and a level in one number, for each level up to this.
func levels(number uint16, level uint8) (list []int32) {
	for l := range int32(level) {
		list = append(list, int32(number)*8+l+1)
	}
	return list
}

// quarters writes a week as Postgres writes bits.
func quarters(week *members.Week) string {
	text := make([]byte, members.WeekQuarters)
	for q := range text {
		text[q] = '0'
		if week.Has(q) {
			text[q] = '1'
		}
	}
	return string(text)
}

// asked is the week that the work takes.
func asked(k *engine.Work) *members.Week {
	week := new(members.Week)
	for at := k.Starts; at.Before(k.Ends); at = at.Add(15 * time.Minute) {
		local := at.In(members.Amsterdam())
		q := (int(local.Weekday())+6)%7*96 + local.Hour()*4 + local.Minute()/15
		week.Set(q, q+1)
	}
	return week
}
