package engine_test

import (
	"math"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"meent/matching/engine"
	"meent/members"
)

// towns draw people and work as cmd/bench does: 400 towns and 512 skills, some of
// them far more often than others; most work suits few.
type towns struct {
	world
	places []members.Point
}

func newTowns() towns {
	t := towns{world: newWorld(57)}
	for range 400 {
		t.places = append(t.places, members.Point{Lat: 48 + 7.2*t.Float64(), Lon: 9 * t.Float64()})
	}
	return t
}

// often gives small numbers more often.
func (t towns) often(n int) int { return int(math.Pow(float64(n), math.Pow(t.Float64(), .9))) - 1 }

func (t towns) somewhere() members.Point {
	p := t.places[t.often(len(t.places))]
	return members.Point{Lat: p.Lat + t.NormFloat64()/15, Lon: p.Lon + t.NormFloat64()/9}
}

func (t towns) member() engine.Member {
	m := engine.Member{
		ID: t.ID(), Works: !t.Some(10), Home: t.somewhere(), Reach: 1000 * []int{5, 12, 25, 40, 60}[t.IntN(5)], Week: new(members.Week),
		Bears: [3]int{1 + t.IntN(5), 1 + t.IntN(5), 1 + t.IntN(5)}, Wanted: time.Duration(4+t.IntN(33)) * time.Hour, Goals: []uint16{uint16(t.often(512))},
	}
	seen := map[uint16]bool{}
	for len(m.Skills) < 4+int(m.ID[0]%9) {
		if number := uint16(t.often(512)); !seen[number] {
			seen[number] = true
			m.Skills = append(m.Skills, engine.Skill{Number: number, Level: uint8(1 + t.IntN(4))})
		}
	}
	for day := range 7 {
		if day < 5 && !t.Some(4) {
			m.Week.Set(day*96+28+t.IntN(8), day*96+68+t.IntN(8))
		}
	}
	if t.Some(4) {
		m.Musts, m.Support = 1<<t.IntN(4), engine.AlwaysSupport
	}
	if t.Some(2) {
		m.HasRoom, m.Room = true, 100*t.IntN(800)
	}
	at := aFriday.AddDate(0, 0, -14)
	m.Booked = []engine.Booking{{Starts: at, Ends: at.Add(time.Duration(t.IntN(40)) * time.Hour)}}
	if t.Some(10) {
		m.Ties = []engine.Tie{{Client: t.Few('c'), Blocked: t.Some(2), Agreed: t.IntN(5)}}
	}
	return m
}

func (t towns) work(remote bool) engine.Work {
	at := aFriday.Add(time.Duration(t.IntN(6)) * time.Hour)
	w := engine.Work{
		Shift: t.ID(), Gig: t.ID(), Client: t.Few('c'), Starts: at, Ends: at.Add(time.Duration(2+t.IntN(4)) * time.Hour), Pay: 100 * (20 + t.IntN(80)), Open: true, Free: 1,
		Remote: remote, Place: t.somewhere(), Loads: [3]int{t.IntN(4), t.IntN(4), t.IntN(4)}, Helps: t.Some(2), Offers: uint32(t.IntN(16)),
	}
	for i := range 1 + t.IntN(3) {
		w.Asked = append(w.Asked, engine.Ask{Number: uint16(t.often(512)), Level: uint8(1 + t.IntN(2)), Required: i == 0 || t.Some(4)})
	}
	return w
}

// benchmarked is how many there are of what is looked through.
func benchmarked() int {
	if n, err := strconv.Atoi(os.Getenv("MEENT_ROWS")); err == nil {
		return n
	}
	return 100_000
}

func (t towns) columns(n int) (*engine.Columns, []engine.Member) {
	list := make([]engine.Member, n)
	for i := range list {
		list[i] = t.member()
	}
	c := engine.NewColumns()
	c.Put(list)
	return c, list
}

func benchmarkBest(b *testing.B, remote bool) {
	t := newTowns()
	c, _ := t.columns(benchmarked())
	work := make([]engine.Work, 400)
	for i := range work {
		work[i] = t.work(remote)
	}
	found, i, began := 0, 0, processor()
	for b.Loop() {
		found += len(c.Now().Best(&work[i%len(work)], aFriday, 20, &someWeights))
		i++
	}
	b.ReportMetric(float64(found)/float64(i), "found/op")
	b.ReportMetric(float64(processor()-began)/float64(i), "cpu-ns/op")
}

func BenchmarkBest(b *testing.B)   { benchmarkBest(b, false) }
func BenchmarkRemote(b *testing.B) { benchmarkBest(b, true) }

func BenchmarkShifts(b *testing.B) {
	t := newTowns()
	list := make([]engine.Work, benchmarked())
	for i := range list {
		list[i] = t.work(false)
	}
	g, people := engine.NewShifts(), make([]engine.Member, 400)
	g.Put(list)
	for i := range people {
		people[i] = t.member()
	}
	found, i, began := 0, 0, processor()
	for b.Loop() {
		found += len(g.For(&people[i%len(people)], aFriday, 20, &someWeights))
		i++
	}
	b.ReportMetric(float64(found)/float64(i), "found/op")
	b.ReportMetric(float64(processor()-began)/float64(i), "cpu-ns/op")
}

// BenchmarkPut changes twenty members, who live anywhere.
func BenchmarkPut(b *testing.B) {
	c, list := newTowns().columns(benchmarked())
	some, i, began := make([]engine.Member, 20), 0, processor()
	for b.Loop() {
		for k := range some {
			i++
			m := list[i*7919%len(list)]
			if m.Room, m.HasRoom = i%500, true; i%5 == 0 {
				m.Skills = m.Skills[1:]
			}
			some[k] = m
		}
		c.Put(some)
	}
	b.ReportMetric(float64(processor()-began)/float64(i)*20, "cpu-ns/op")
}

// BenchmarkHeap says how much memory a member takes.
func BenchmarkHeap(b *testing.B) {
	for b.Loop() {
		c, list := newTowns().columns(benchmarked())
		n := len(list)
		with := heap()
		runtime.KeepAlive(c)
		c = nil
		b.ReportMetric(float64(with-heap())/float64(n), "B/member")
		runtime.KeepAlive(list)
	}
}

func heap() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// processor is how long this process has had one: the clock also counts while others
// have it.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
