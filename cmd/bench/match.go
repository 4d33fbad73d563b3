package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"meent/matching/engine"
)

const (
	matchTop     = "top 20 with explanations, mean"
	matchP99     = "top 20 with explanations, p99"
	matchRate    = "top 20 lists, 2 at once"
	matchDiffers = "lists that differ"
	matchHeap    = "live heap a member"
	mostHeap     = 300 // bytes
	matchLists   = 400
	matchMost    = 20
	matchTurn    = 20   // lists that a side makes before it is the other's turn
	changes      = 2000 // a second, while lists are made
)

// matchOptions say what is measured of the matcher.
type matchOptions struct {
	remote, reverse, throughput bool
	gigs                        int
	lists                       int
}

// runMatch measures the engine beside one tuned table in Postgres.
func runMatch(ctx context.Context, n int, o matchOptions, progress io.Writer) (_ report, err error) {
	h, err := openHouse(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	r, err := h.newRoom(ctx)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, r.close(ctx)) }()
	fmt.Fprintf(progress, "drawing %d members\n", n)
	m := newMatching(n, o)
	if err := m.sql.open(r).fill(ctx, m.people, m.open()); err != nil {
		return report{}, err
	}
	if o.throughput {
		return m.rates(ctx, n, progress)
	}
	return m.times(ctx, n, progress)
}

func (s *matchSQL) open(r *room) *matchSQL {
	s.db = r.db
	return s
}

// matching is one benchmark that goes on.
type matching struct {
	matchOptions
	world   *matchWorld
	people  []engine.Member
	work    []engine.Work
	columns *engine.Columns
	gigs    *engine.Shifts
	sql     matchSQL
	heap    uint64 // bytes a member
}

func newMatching(n int, o matchOptions) *matching {
	m := &matching{matchOptions: o, world: newMatchWorld(), columns: engine.NewColumns(), gigs: engine.NewShifts()}
	for range n {
		m.people = append(m.people, m.world.member())
	}
	count := o.lists
	if o.reverse {
		count = o.gigs
	}
	for range count {
		m.work = append(m.work, m.world.work(o.remote))
	}
	before := live()
	m.columns.Put(m.people)
	m.heap = (live() - before) / uint64(n)
	m.gigs.Put(m.open())
	return m
}

func live() uint64 {
	var s runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

// open is the work in which a member looks.
func (m *matching) open() []engine.Work {
	if m.reverse {
		return m.work
	}
	return nil
}

func (m *matching) ours(i int) (list []found) {
	if m.reverse {
		for _, one := range m.gigs.For(&m.people[i], matchMonday, matchMost, &matchWeights) {
			list = append(list, found{one.Shift, one.Total})
		}
		return list
	}
	for _, one := range m.columns.Now().Best(&m.work[i%len(m.work)], matchMonday, matchMost, &matchWeights) {
		list = append(list, found{one.Member, one.Total})
	}
	return list
}

func (m *matching) theirs(ctx context.Context, i int) ([]found, error) {
	if m.reverse {
		return m.sql.work(ctx, &m.people[i])
	}
	return m.sql.best(ctx, &m.work[i%len(m.work)])
}

// times makes the same lists on both sides, each round.
func (m *matching) times(ctx context.Context, n int, progress io.Writer) (report, error) {
	var mean, p99 [2][]float64
	differ, some := 0, 0
	for round := range rounds {
		fmt.Fprintf(progress, "round %d of %d\n", round+1, rounds)
		var took [2][]float64
		for from := 0; from < m.lists; from += matchTurn {
			lists, err := m.both(ctx, from, min(from+matchTurn, m.lists), (from/matchTurn+round)%2, &took)
			if err != nil {
				return report{}, err
			}
			for i := range lists[0] {
				if some += len(lists[1][i]); !slices.Equal(lists[0][i], lists[1][i]) {
					differ++
				}
			}
		}
		for side := range took {
			mean[side], p99[side] = append(mean[side], average(took[side])), append(p99[side], quantile(took[side], .99))
		}
	}
	if some == 0 {
		return report{}, errors.New("all lists are empty")
	}
	figures := []figure{
		figureOf(matchTop, ours, "ms", mean[0]), figureOf(matchTop, postgres, "ms", mean[1]),
		figureOf(matchP99, ours, "ms", p99[0]), figureOf(matchP99, postgres, "ms", p99[1]),
		figureOf(matchDiffers, ours, fmt.Sprintf("of %d", rounds*m.lists), []float64{float64(differ)}),
		figureOf(matchHeap, ours, "bytes", []float64{float64(m.heap)}),
	}
	notes := append(m.notes(), fmt.Sprintf("a list has %d on average, of at most %d", some/(rounds*m.lists), matchMost))
	return report{Benchmark: "match", N: n, Figures: judge(figures, m.goals()), Notes: notes}, nil
}

// both makes the same few lists on both sides, one side after the other: what slows the
// machine for a while slows both, and each finds its own work in the caches, as in use.
func (m *matching) both(ctx context.Context, from, until, first int, took *[2][]float64) (lists [2][][]found, err error) {
	for _, side := range [2]int{first, 1 - first} {
		for i := from; i < until; i++ {
			var list []found
			began := time.Now()
			if side == 0 {
				list = m.ours(i)
			} else if list, err = m.theirs(ctx, i); err != nil {
				return lists, err
			}
			took[side] = append(took[side], float64(time.Since(began).Nanoseconds())/1e6)
			lists[side] = append(lists[side], list)
		}
	}
	return lists, nil
}

func average(list []float64) (mean float64) {
	for _, one := range list {
		mean += one / float64(len(list))
	}
	return mean
}

func figureOf(what, peer, unit string, values []float64) figure {
	return figure{What: what, Peer: peer, Unit: unit, Value: median(values), Rounds: values}
}

func (m *matching) goals() []goal {
	times := 50.0
	if m.remote {
		times = 30
	}
	return []goal{{matchTop, atMost, 1 / times, postgres}, {matchDiffers, atMost, 0, ""}, {matchRate, atLeast, 50, postgres}, {matchHeap, atMost, mostHeap, ""}}
}

// rates makes two lists at once; on our side changes arrive meanwhile.
func (m *matching) rates(ctx context.Context, n int, progress io.Writer) (report, error) {
	var rate [2][]float64
	m.people = slices.Clone(m.people[:min(n, 10_000)]) // who change; no need to keep all twice
	for round := range rounds {
		fmt.Fprintf(progress, "round %d of %d\n", round+1, rounds)
		stop := m.change()
		mine, err := m.rate(func(i int) error { m.ours(i); return nil })
		changed := stop()
		theirs, other := m.rate(func(i int) error { _, err := m.theirs(ctx, i); return err })
		if err := errors.Join(err, other); err != nil {
			return report{}, err
		}
		fmt.Fprintf(progress, "%.0f changes a second\n", changed)
		rate[0], rate[1] = append(rate[0], mine), append(rate[1], theirs)
	}
	figures := []figure{figureOf(matchRate, ours, "1/s", rate[0]), figureOf(matchRate, postgres, "1/s", rate[1])}
	notes := append(m.notes(), fmt.Sprintf("while ours are made, %d members a second change, in steps of 10 ms; Postgres has none of that", changes))
	return report{Benchmark: "match", N: n, Figures: judge(figures, m.goals()), Notes: notes}, nil
}

const rateFor = 4 * time.Second

func (m *matching) rate(do func(int) error) (float64, error) {
	var made atomic.Int64
	var failed [2]error
	var both sync.WaitGroup
	began := time.Now()
	for k := range failed {
		both.Go(func() {
			for i := k; time.Since(began) < rateFor && failed[k] == nil; i += 2 {
				failed[k] = do(i % m.lists)
				made.Add(1)
			}
		})
	}
	both.Wait()
	return float64(made.Load()) / time.Since(began).Seconds(), errors.Join(failed[:]...)
}

// change lets members change until it is stopped, and says how many a second did.
func (m *matching) change() (stop func() float64) {
	done, ended, began, n := make(chan struct{}), make(chan struct{}), time.Now(), 0
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
			var list []engine.Member
			for n+len(list) < int(time.Since(began).Seconds()*changes) {
				list = append(list, another(m.people[(n+len(list))*7919%len(m.people)], n+len(list)))
			}
			m.columns.Put(list)
			n += len(list)
		}
	}()
	return func() float64 {
		close(done)
		<-ended
		return float64(n) / time.Since(began).Seconds()
	}
}

// another is the member who answered something else: of five one has a skill less.
func another(m engine.Member, n int) engine.Member {
	if m.HasRoom, m.Room = true, 100*(n%800); n%5 == 0 {
		m.Skills = m.Skills[1:]
	}
	return m
}

func (m *matching) notes() []string {
	return []string{
		fmt.Sprintf("medians of %d rounds of %d lists, made on both sides in turns of %d; the same rules, the same whole numbers, the same lots; compared by member and total, in order", rounds, m.lists, matchTurn),
		"people and work are drawn with one seed: 400 towns, 512 skills, both Zipf 0.9; nine in ten are members; weeks, loads, help, abilities, room, clients blocked or known, hours received; work asks one to three skills: the first is required, and one in four of the others",
		"Postgres: one table a side, CLUSTER by place, one GiST index of place and skills (intarray, siglen 64), one GIN index of skills; prepared statements, no JIT, random_page_cost 1.1; nothing is written",
		"a question may use all processors: of Postgres with two workers beside it, as it comes; of Meent where it looks through 64 pages and more",
	}
}
