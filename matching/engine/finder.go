package engine

import "math/bits"

// finder looks for the best of a view, page by page. Who is found in a page waits, until
// those who can have the most points are judged first.
type finder struct {
	look
	view  *View
	most  ceilings
	gains []gains          // of each skill that is wanted
	hold  [pageRows]gained // of each row of the page
	queue queue
	best  top[member]
	facts Facts
}

type member struct {
	page *page
	row  int
	far  int
}

// start has nobody yet.
func (f *finder) start(v *View, s *sought, now moment, most int, weights *Weights) {
	f.best = top[member]{most: most, lot: func(m member) [32]byte { return lot(s.Shift, m.page.ids[m.row]) }, list: make([]placed[member], 0, min(most, 32))}
	f.look, f.view, f.most, f.gains = lookOf(s, now), v, ceilingsOf(s, weights), make([]gains, len(s.wants))
	f.facts.Asked = make([]AskedSkill, len(s.wants))
	for i, w := range s.wants {
		f.gains[i] = w.gains(s.Asked[i].Level)
	}
}

// together is how many pages are read ahead.
const together = 16

// through looks through pages.
func (f *finder) through(list []uint32) {
	f.ahead(list)
	for _, page := range list {
		f.in(int(page))
	}
}

// ahead reads a little of what is needed of each page: the processor waits for all of
// them at once, and not for one after another. Each step reads where the one before it
// pointed to.
func (f *finder) ahead(list []uint32) {
	for _, page := range list {
		p := f.view.pages[page]
		f.fetched += uint32(len(p.holders.skills) + p.week.stride + len(p.hot))
	}
	for _, page := range list {
		f.gatesAhead(f.view.pages[page])
	}
	f.skillsAhead(list)
}

func (f *finder) gatesAhead(p *page) {
	f.fetched += uint32(p.blocks[0].most) + uint32(p.gates.works[0]+p.gates.alone[0])
	for kind, rank := range f.ranks {
		if rank > 1 {
			f.fetched += uint32(p.gates.ranks[kind][min(rank, rankMost)-1][0])
		}
	}
	if quarters, w := f.time.quarters, &p.week; len(quarters) > 0 && w.stride > 0 {
		f.fetched += uint32(w.words[quarters[0]/64][int(quarters[0]%64)*w.stride])
	}
}

// skillsAhead reads first where the holders of each skill begin, in all pages, and only
// then them: else each page would wait for its own beginnings.
func (f *finder) skillsAhead(list []uint32) {
	for _, page := range list {
		h := &f.view.pages[page].holders
		for _, w := range f.wants {
			if at, is := h.skills.find(w.number); is {
				f.fetched += h.starts[at]
			}
		}
	}
	for _, page := range list {
		h := &f.view.pages[page].holders
		for _, w := range f.wants {
			if who := h.who(w.number); len(who) > 0 {
				f.fetched += uint32(who[0]) + uint32(who[len(who)-1])
			}
		}
	}
}

// in looks through a page.
func (f *finder) in(page int) {
	if !f.at(f.view.pages[page]) {
		return
	}
	able := f.skilledNearby()
	if able.empty() {
		return
	}
	least, full := f.best.least()
	if full {
		f.holds()
		f.hopeful(&able, least)
	}
	if f.free(&able); able.empty() {
		return
	}
	if f.fetch(&able); !full { // while these are read
		f.holds()
	}
	if n := able.len(); n > f.queue.room() || !full && f.queue.n >= early {
		f.judge()
		f.at(f.view.pages[page])
		least, full = f.best.least()
	}
	for i, word := range able {
		for ; word != 0; word &= word - 1 {
			f.on(64*i + bits.TrailingZeros64(word))
			if f.beyond() {
				continue
			}
			if ceiling := f.most.of(f.hot, f.hold[f.row], f.hot.flags&tied != 0); !full || f.most.enough(ceiling, least) {
				f.queue.add(ceiling, page, f.row)
			}
		}
	}
}

// early is how many wait when the first are judged: who knows what the best have needs no
// look at most of the others.
const early = 64

// hopeful leaves those who hold enough of what is asked to come to so many points.
func (f *finder) hopeful(able *set, least int) {
	needs, ties := f.most.needs(least), &f.page.gates.tied
	for i, word := range able {
		for ; word != 0; word &= word - 1 {
			bit := bits.TrailingZeros64(word)
			if !needs.met(f.hold[64*i+bit], ties[i]>>bit&1) {
				able[i] &^= 1 << bit
			}
		}
	}
}

// holds sums how each row of the page holds what is asked.
func (f *finder) holds() {
	clear(f.hold[:])
	for i, who := range f.who {
		gains := &f.gains[i]
		for _, h := range who {
			f.hold[h.row()] = f.hold[h.row()].with(gains[h.kind()])
		}
	}
}

// judge judges who waits, as long as somebody can come into the list.
func (f *finder) judge() {
	f.queue.order()
	for f.queue.n > 0 {
		var some [8]waiting
		n := f.queue.some(some[:])
		for _, w := range some[:n] {
			f.fetched += f.view.pages[w.page()].lines(w.row())
		}
		for _, w := range some[:n] {
			if least, full := f.best.least(); full && !f.most.enough(w.ceiling(), least) {
				f.queue.n = 0
				return
			}
			f.at(f.view.pages[w.page()])
			f.on(w.row())
			f.skills()
			if f.mayAsk() {
				f.look.facts(&f.facts)
				f.best.offer(Score(&f.facts, f.most.weights).Total(), member{f.page, f.row, f.far})
			}
		}
	}
}

// explained gives the facts and points of those who are chosen, and of nobody else.
func (f *finder) explained() []Ranked {
	list, n := f.best.sorted(), len(f.wants)
	ranked, asked := make([]Ranked, len(list)), make([]AskedSkill, len(list)*n)
	for i, one := range list {
		f.at(one.it.page)
		f.on(one.it.row)
		f.skills()
		f.far = one.it.far
		r := &ranked[i]
		r.Member, r.Facts.Asked = f.page.ids[f.row], asked[i*n:i*n+n:i*n+n]
		f.look.facts(&r.Facts)
		r.Points = Score(&r.Facts, f.most.weights)
		r.Total = r.Points.Total()
	}
	return ranked
}
