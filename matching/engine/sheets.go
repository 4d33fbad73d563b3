package engine

import (
	"bytes"
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// sheets keeps rows of one kind in pages, sorted by where they are. A page never
// changes: who writes makes other pages and then shows all of them at once, so that
// whoever reads has one state, without a lock, for as long as they hold it.
type sheets[R any, P any] struct {
	kind    kind[R, P]
	writing sync.Mutex
	firsts  []first // of each page the first cell, in order; only for who writes
	shown   atomic.Pointer[shown[P]]
}

// kind says how rows of a kind are kept.
type kind[R any, P any] struct {
	most   int // rows of a page
	key    func(*R) [16]byte
	cell   func(*R) uint64
	pack   func([]R) *P
	unpack func(*P) []R
	bound  func(*P) bound
	skills func(*P) []uint16 // that are in it; nil: nobody asks
}

type first struct {
	cell uint64
	page uint32
}

// shown is one state.
type shown[P any] struct {
	pages []*P // never nil
	bound []bound
	rows  int
	index [shards][]entry // where each row is, in order
	where where           // in which pages a skill is
}

const shards = 1024

type entry struct {
	key  [16]byte
	page uint32
}

func shardOf(key [16]byte) int { return (int(key[15])<<8 | int(key[14])) % shards }

func (e entry) order(f entry) int { return bytes.Compare(e.key[:], f.key[:]) }

// find gives the page of a row.
func (s *shown[P]) find(key [16]byte) (*P, uint32, bool) {
	shard := s.index[shardOf(key)]
	at, ok := slices.BinarySearchFunc(shard, entry{key: key}, entry.order)
	if !ok {
		return nil, 0, false
	}
	return s.pages[shard[at].page], shard[at].page, true
}

func newSheets[R any, P any](k kind[R, P]) *sheets[R, P] {
	s := &sheets[R, P]{kind: k, firsts: []first{{0, 0}}}
	s.shown.Store(&shown[P]{pages: []*P{k.pack(nil)}, bound: make([]bound, 1)})
	return s
}

// change takes rows out and puts others in, instead of those with their keys.
func (s *sheets[R, P]) change(put []R, drop [][16]byte) {
	s.writing.Lock()
	defer s.writing.Unlock()
	was := s.shown.Load()
	e := edit[R, P]{sheets: s, now: &shown[P]{pages: slices.Clone(was.pages), bound: slices.Clone(was.bound), rows: was.rows, index: was.index, where: was.where}, touched: map[uint32]*opened[R]{}}
	last := map[[16]byte]int{}
	for i := range put {
		last[s.kind.key(&put[i])] = i
	}
	for _, key := range drop {
		e.out(key)
	}
	for key := range last {
		e.out(key)
	}
	for i := range put {
		if last[s.kind.key(&put[i])] == i {
			e.in(put[i])
		}
	}
	e.settle()
	s.shown.Store(e.now)
}

// edit is one change as it is made.
type edit[R any, P any] struct {
	*sheets[R, P]
	now     *shown[P]
	touched map[uint32]*opened[R]
	gone    map[[16]byte]bool
	moved   []entry
}

// opened is a page's rows: those that it had, and then those that came.
type opened[R any] struct {
	rows []R
	old  int
}

func (e *edit[R, P]) open(page uint32) {
	if _, ok := e.touched[page]; !ok {
		rows := e.kind.unpack(e.now.pages[page])
		e.touched[page] = &opened[R]{rows, len(rows)}
	}
}

func (e *edit[R, P]) out(key [16]byte) {
	if _, page, ok := e.now.find(key); ok && !e.gone[key] {
		e.open(page)
		if e.gone == nil {
			e.gone = map[[16]byte]bool{}
		}
		e.gone[key] = true
		e.now.rows--
	}
}

func (e *edit[R, P]) in(row R) {
	at := e.kind.cell(&row)
	i, _ := slices.BinarySearchFunc(e.firsts, at, func(f first, at uint64) int {
		if f.cell <= at {
			return -1
		}
		return 1
	})
	page := e.firsts[max(0, i-1)].page
	e.open(page)
	e.touched[page].rows = append(e.touched[page].rows, row)
	e.now.rows++
}

// settle packs what was touched, in as many pages as it takes, and writes down where
// each row is.
func (e *edit[R, P]) settle() {
	added := map[[16]byte]bool{}
	for page, o := range e.touched {
		kept := make([]R, 0, len(o.rows))
		for i := range o.rows {
			key := e.kind.key(&o.rows[i])
			if i < o.old && e.gone[key] {
				continue
			}
			if i >= o.old {
				added[key] = true
			}
			kept = append(kept, o.rows[i])
		}
		e.write(page, kept)
	}
	for key := range e.gone {
		if !added[key] {
			e.moved = append(e.moved, entry{key, none})
		}
	}
	e.reindex()
}

const none = ^uint32(0)

func (e *edit[R, P]) write(page uint32, rows []R) {
	slices.SortFunc(rows, func(a, b R) int {
		keyA, keyB := e.kind.key(&a), e.kind.key(&b)
		return cmp.Or(cmp.Compare(e.kind.cell(&a), e.kind.cell(&b)), bytes.Compare(keyA[:], keyB[:]))
	})
	if len(rows) <= e.kind.most {
		e.pack(page, rows)
		return
	}
	fill := e.kind.most * 3 / 4
	e.pack(page, rows[:fill])
	for rows = rows[fill:]; len(rows) > 0; {
		n := min(fill, len(rows))
		fresh := uint32(len(e.now.pages))
		e.now.pages, e.now.bound = append(e.now.pages, nil), append(e.now.bound, bound{})
		e.pack(fresh, rows[:n])
		f := first{e.kind.cell(&rows[0]), fresh}
		at, _ := slices.BinarySearchFunc(e.firsts, f.cell, func(f first, cell uint64) int {
			if f.cell <= cell {
				return -1
			}
			return 1
		})
		e.firsts, rows = slices.Insert(e.firsts, at, f), rows[n:]
	}
}

func (e *edit[R, P]) pack(page uint32, rows []R) {
	var were []uint16
	if was := e.now.pages[page]; was != nil && e.kind.skills != nil {
		were = e.kind.skills(was)
	}
	made := e.kind.pack(rows)
	e.now.pages[page], e.now.bound[page] = made, e.kind.bound(made)
	if e.kind.skills != nil {
		e.now.where = e.now.where.change(page, were, e.kind.skills(made))
	}
	for i := range rows {
		e.moved = append(e.moved, entry{e.kind.key(&rows[i]), page})
	}
}

// reindex writes down in which page each row is now.
func (e *edit[R, P]) reindex() {
	by := map[int][]entry{}
	for _, m := range e.moved {
		by[shardOf(m.key)] = append(by[shardOf(m.key)], m)
	}
	for shard, moved := range by {
		slices.SortFunc(moved, entry.order)
		e.now.index[shard] = merge(e.now.index[shard], moved)
	}
}

// merge takes from both, in order; what moved wins, and what is nowhere goes.
func merge(was, moved []entry) []entry {
	list := make([]entry, 0, len(was)+len(moved))
	for len(was)+len(moved) > 0 {
		order := 1
		switch {
		case len(moved) == 0:
			order = -1
		case len(was) > 0:
			order = was[0].order(moved[0])
		}
		if order < 0 {
			list, was = append(list, was[0]), was[1:]
			continue
		}
		if order == 0 {
			was = was[1:]
		}
		if moved[0].page != none {
			list = append(list, moved[0])
		}
		moved = moved[1:]
	}
	return slices.Clip(list)
}
