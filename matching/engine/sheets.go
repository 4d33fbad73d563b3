package engine

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
)

// sheets keeps rows of one kind in pages of those near each other. A page never
// changes: who writes makes other pages and then shows all of them at once, so that
// whoever reads has one state, without a lock, for as long as they hold it.
type sheets[R any, P any] struct {
	kind    kind[R, P]
	writing sync.Mutex
	centres []spot // of each page; only for who writes
	shown   atomic.Pointer[shown[P]]
}

// kind says how rows of a kind are kept.
type kind[R any, P any] struct {
	most   int // rows of a page
	key    func(*R) [16]byte
	spot   func(*R) spot
	pack   func([]R) *P
	unpack func(*P) []R
	find   func(*P, [16]byte) int            // where a key stands, or -1
	stays  func(*P, int, *R) bool            // whether that row stands where this does
	with   func(p *P, at []int, rows []R) *P // other rows in the places of those, with their keys and cells
	bound  func(*P) bound
	skills func(*P) []uint16 // that are in it; nil: nobody asks
}

// shown is one state.
type shown[P any] struct {
	pages []*P // never nil
	bound []bound
	rows  int
	at    func(*P, [16]byte) int
	index [shards][]entry // where each row is, in order
	where where           // in which pages a skill is
}

const shards = 1024

// entry is a row of which some bits are known, in a page.
type entry struct{ hash, page uint32 }

func (e entry) order(f entry) int {
	return cmp.Or(cmp.Compare(e.hash, f.hash), cmp.Compare(e.page, f.page))
}

func hashOf(key [16]byte) (shard int, hash uint32) {
	h := mix(mix(0, binary.LittleEndian.Uint64(key[:])), binary.LittleEndian.Uint64(key[8:]))
	return int(h >> 54), uint32(h >> 16)
}

// findPage gives the page of a row, and where it stands there.
func (s *shown[P]) findPage(key [16]byte) (page uint32, at int, ok bool) {
	shard, hash := hashOf(key)
	list := s.index[shard]
	i, _ := slices.BinarySearchFunc(list, entry{hash: hash}, entry.order)
	for ; i < len(list) && list[i].hash == hash; i++ {
		if at = s.at(s.pages[list[i].page], key); at >= 0 {
			return list[i].page, at, true
		}
	}
	return 0, 0, false
}

func (s *shown[P]) find(key [16]byte) (*P, int, bool) {
	page, at, ok := s.findPage(key)
	return s.pages[page], at, ok
}

func newSheets[R any, P any](k kind[R, P]) *sheets[R, P] {
	s := &sheets[R, P]{kind: k, centres: make([]spot, 1)}
	s.shown.Store(&shown[P]{pages: []*P{k.pack(nil)}, bound: make([]bound, 1), at: k.find})
	return s
}

// change takes rows out and puts others in, instead of those with their keys.
func (s *sheets[R, P]) change(put []R, drop [][16]byte) {
	s.writing.Lock()
	defer s.writing.Unlock()
	now := *s.shown.Load()
	now.pages, now.bound = slices.Clone(now.pages), slices.Clone(now.bound)
	e := edit[R, P]{sheets: s, now: &now, touched: map[uint32]*opened[R]{}, inPlace: map[uint32]*replaced[R]{}, moved: map[moved]int{}}
	last := make(map[[16]byte]int, len(put))
	for i := range put {
		last[s.kind.key(&put[i])] = i
	}
	for _, key := range drop {
		if _, comes := last[key]; !comes {
			e.out(key)
		}
	}
	for i := range put {
		if last[s.kind.key(&put[i])] == i {
			e.put(put[i])
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
	inPlace map[uint32]*replaced[R]
	gone    map[[16]byte]bool
	moved   map[moved]int // how many more, or less, of an entry there are
}

type moved struct {
	shard int
	entry
}

// opened is a page's rows: those that it had, and then those that came.
type opened[R any] struct {
	rows []R
	old  int
}

// replaced are rows that come in the place of those with their keys.
type replaced[R any] struct {
	at   []int
	rows []R
}

func (e *edit[R, P]) open(page uint32) {
	if _, ok := e.touched[page]; !ok {
		rows := e.kind.unpack(e.now.pages[page])
		e.touched[page] = &opened[R]{rows, len(rows)}
	}
}

// put puts a row in: in its place, if it is still there.
func (e *edit[R, P]) put(row R) {
	page, at, is := e.now.findPage(e.kind.key(&row))
	if !is {
		e.in(row)
		return
	}
	if !e.kind.stays(e.now.pages[page], at, &row) {
		e.out(e.kind.key(&row))
		e.in(row)
		return
	}
	some := e.inPlace[page]
	if some == nil {
		some = &replaced[R]{}
		e.inPlace[page] = some
	}
	some.at, some.rows = append(some.at, at), append(some.rows, row)
}

func (e *edit[R, P]) out(key [16]byte) {
	if page, _, ok := e.now.findPage(key); ok && !e.gone[key] {
		e.open(page)
		if e.gone == nil {
			e.gone = map[[16]byte]bool{}
		}
		e.gone[key] = true
		e.now.rows--
	}
}

func (e *edit[R, P]) in(row R) {
	page := uint32(nearest(e.centres, e.kind.spot(&row)))
	e.open(page)
	e.touched[page].rows = append(e.touched[page].rows, row)
	e.now.rows++
}

// settle packs what was touched, in as many pages as it takes, and writes down where
// each row is.
func (e *edit[R, P]) settle() {
	for page, some := range e.inPlace {
		if o := e.touched[page]; o != nil {
			for i, at := range some.at {
				o.rows[at] = some.rows[i]
			}
			continue
		}
		e.show(page, e.kind.with(e.now.pages[page], some.at, some.rows))
	}
	for page, o := range e.touched {
		e.write(page, o)
	}
	e.reindex()
}

// left are the rows of a page that stay or came.
func (e *edit[R, P]) left(page uint32, o *opened[R]) (rows []R, old int) {
	rows = make([]R, 0, len(o.rows))
	for i := range o.rows {
		if i < o.old && e.gone[e.kind.key(&o.rows[i])] {
			e.move(&o.rows[i], page, -1)
			continue
		}
		if rows = append(rows, o.rows[i]); i < o.old {
			old++
		}
	}
	return rows, old
}

// write makes pages of rows, which are about equally full.
func (e *edit[R, P]) write(page uint32, o *opened[R]) {
	rows, old := e.left(page, o)
	marks := make([]mark, len(rows))
	for i := range rows {
		marks[i] = mark{e.kind.spot(&rows[i]), i}
	}
	was, pages := page, max(1, (len(rows)+e.kind.most-1)/e.kind.most)
	size := max(1, (len(rows)+pages-1)/pages)
	gather(marks, size)
	for i := range pages {
		if i > 0 {
			page = uint32(len(e.now.pages))
			e.now.pages, e.now.bound, e.centres = append(e.now.pages, nil), append(e.now.bound, bound{}), append(e.centres, spot{})
		}
		part := marks[min(len(marks), i*size):min(len(marks), (i+1)*size)]
		gather(part, blockRows)
		some := make([]R, len(part))
		for k, m := range part {
			some[k] = rows[m.row]
			if m.row >= old {
				e.move(&some[k], page, 1)
			} else if page != was {
				e.move(&some[k], was, -1)
				e.move(&some[k], page, 1)
			}
		}
		e.centres[page] = centreOf(part)
		e.show(page, e.kind.pack(some))
	}
}

// show puts a page in its place.
func (e *edit[R, P]) show(page uint32, made *P) {
	if e.kind.skills != nil {
		var were []uint16
		if was := e.now.pages[page]; was != nil {
			were = e.kind.skills(was)
		}
		e.now.where = e.now.where.change(page, were, e.kind.skills(made))
	}
	e.now.pages[page], e.now.bound[page] = made, e.kind.bound(made)
}

func (e *edit[R, P]) move(row *R, page uint32, by int) {
	shard, hash := hashOf(e.kind.key(row))
	e.moved[moved{shard, entry{hash, page}}] += by
}

// reindex writes down in which page each row is now.
func (e *edit[R, P]) reindex() {
	by := map[int]map[entry]int{}
	for m, n := range e.moved {
		if n == 0 {
			continue
		}
		if by[m.shard] == nil {
			by[m.shard] = map[entry]int{}
		}
		by[m.shard][m.entry] = n
	}
	for shard, moved := range by {
		list := make([]entry, 0, len(e.now.index[shard])+len(moved))
		for _, was := range e.now.index[shard] {
			if moved[was] < 0 {
				moved[was]++
				continue
			}
			list = append(list, was)
		}
		for is, n := range moved {
			for range n {
				list = append(list, is)
			}
		}
		slices.SortFunc(list, entry.order)
		e.now.index[shard] = slices.Clip(list)
	}
}
