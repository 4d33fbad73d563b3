package engine

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"meent/jobs"
	"meent/members"
)

// RankedShift is a shift that a member may have, and why.
type RankedShift struct {
	Shift  jobs.ShiftID
	Gig    jobs.GigID
	Facts  Facts
	Points Points
	Total  int
}

// For gives the shifts that an offer may be written of to the member now, the highest
// points first, at most so many. Those that they were asked for before are not among
// them.
func (g *Shifts) For(m *Member, now time.Time, most int, weights *Weights) []RankedShift {
	var a around
	var best [32]placed[stood]
	a.best = top[stood]{most: most, lot: func(s stood) [32]byte { return lot(s.Shift, m.ID) }, list: best[:0]}
	a.start(m, g.sheets.shown.Load(), now, weights)
	var room [128]uint32
	for list := a.near(room[:0]); len(list) > 0; {
		n := min(len(list), together)
		a.in(list[:n])
		list = list[n:]
	}
	a.each()
	a.judge()
	return a.explained()
}

// around is one member who looks around. Shifts wait until those that can have the most
// points are judged first, as people do in a finder.
type around struct {
	look
	shown *shown[shiftPage]
	me    *hot
	most  hopes
	queue queue
	best  top[stood]
	facts Facts
	runs  [64]run
	ran   int
	seen  set

	self   *row
	holds  [askedSkills]holder      // of each skill
	fits   [askedSkills / 64]uint64 // a bit for each of those that is a skill
	others []uint16                 // the other skills
	week   week                     // all of it, where it does not tell
	asks   uint32                   // what of it counts
	room   int32
}

// stood is a shift, and how far it is.
type stood struct {
	*sought
	far int
}

// start has nothing yet.
func (a *around) start(m *Member, shown *shown[shiftPage], now time.Time, weights *Weights) {
	r := rowOf(m)
	if r.flags&told == 0 {
		r.week = always()
	}
	a.look, a.shown, a.self, a.week, a.asks, a.room = look{now: momentOf(now), page: alone(&r), own: &r.week}, shown, &r, r.week, ^uint32(0), math.MaxInt32
	a.on(0)
	a.me, a.side = a.hot, r.side
	a.most = hopesOf(a.me, len(r.ties) > 0, weights)
	if r.flags&excepted != 0 {
		a.week = always()
	}
	if !r.lim.always() { // who needs help at first may know the place
		a.asks &^= 0xff << supportAt
	}
	if r.flags&roomTold != 0 {
		a.room = max(0, r.room) // of work that pays nothing it takes nothing
	}
	for _, s := range r.skills {
		if int(s.Number) < len(a.holds) {
			a.holds[s.Number] = r.holds(s.Number)
			a.fits[s.Number/64] |= 1 << (s.Number % 64)
		} else {
			a.others = append(a.others, s.Number)
		}
	}
	for _, number := range r.goals {
		if int(number) < len(a.holds) {
			a.holds[number] = r.holds(number)
		}
	}
}

// alone is a page of one row, for who looks around: of skills and the week it has nothing.
func alone(r *row) *page {
	r.hot.booked, r.hot.ties = 0, 0
	return &page{ids: []members.MemberID{r.id}, homes: []members.Point{r.home}, hot: []hot{r.hot}, booked: r.booked, ties: r.ties, sides: []*side{r.side}}
}

// near adds the pages in which the member may reach something.
func (a *around) near(list []uint32) []uint32 {
	reach := float32(a.me.reach)
	for i := range a.shown.bound {
		if !a.shown.bound[i].beyondBy(a.me.at, reach) {
			list = append(list, uint32(i))
		}
	}
	return list
}

// run is some shifts of a page that are found by a skill, which the member holds so.
type run struct {
	list []keyed
	lead holder
	page uint32
}

// in finds the shifts of some pages for which the member has a skill.
func (a *around) in(pages []uint32) {
	for _, page := range pages {
		p := a.shown.pages[page]
		a.fetched += uint32(len(p.keys) + len(p.open))
	}
	for _, page := range pages {
		if keys := a.shown.pages[page].keys; len(keys) > 0 {
			a.fetched += keys[0].before + keys[len(keys)/2].before
		}
	}
	for _, page := range pages {
		p := a.shown.pages[page]
		for word := range p.keys[:min(len(p.keys), len(a.fits))] {
			for left := p.keys[word].is & a.fits[word]; left != 0; left &= left - 1 {
				number := 64*word + bits.TrailingZeros64(left)
				a.add(run{p.at(p.keys.place(number)), a.holds[number], page})
			}
		}
		for _, number := range a.others {
			if at, is := p.keys.find(number); is {
				a.add(run{p.at(at), a.held(number), page})
			}
		}
		a.add(run{p.open, 0, page})
	}
}

func (a *around) add(r run) {
	if len(r.list) == 0 {
		return
	}
	if a.ran == len(a.runs) {
		a.each()
	}
	a.runs[a.ran] = r
	a.ran++
}

// each looks at the runs.
func (a *around) each() {
	for i := range a.runs[:a.ran] {
		list := a.runs[i].list
		for k := range list[:min(len(list), 16)] { // of more the processor reads on by itself
			a.fetched += uint32(list[k].row)
		}
	}
	for i := range a.runs[:a.ran] {
		if i == 0 || a.runs[i].page != a.runs[i-1].page {
			a.seen = set{}
		}
		a.run(&a.runs[i])
	}
	a.ran = 0
}

// run looks at those who ask no higher level; cheap reasons why not come first.
func (a *around) run(r *run) {
	me, level, most := a.me, r.lead.level(), float32(a.me.reach)/earthMetres+slack
	least, full := a.best.least()
	for i := range r.list {
		h := &r.list[i]
		// All at once: the processor guesses better what comes of it than of each.
		lacks := uint64(me.lim.lacking(h.asks&a.asks)|me.musts&^h.offers) | h.mask&^a.week[h.word]
		lacks |= negative(int(level)-int(h.least)) | negative(int(a.room)-int(h.pay))
		if lacks|h.somewhere&uint64(math.Float32bits(most*most-h.at.squared(me.at))>>31) != 0 {
			continue
		}
		gained, able := a.gained(h, r.lead)
		if !able {
			continue
		}
		if !h.only {
			if a.seen.has(int(h.row)) {
				continue
			}
			a.seen.add(int(h.row))
		}
		ceiling := a.most.of(h, gained)
		if full && !a.most.enough(ceiling, least) {
			continue
		}
		if a.queue.room() == 0 {
			a.judge()
			least, full = a.best.least()
		}
		a.queue.add(ceiling, int(r.page), int(h.row))
	}
}

// negative is 1 of such a number, else 0.
func negative(n int) uint64 { return uint64(n) >> 63 }

// gained is what the member holds of what a shift asks, and whether it may be enough.
func (a *around) gained(h *keyed, lead holder) (g gained, able bool) {
	if h.unknown {
		return gained(h.want) | gainedGoal, true
	}
	g = gained(min(lead.level(), h.level))
	goals := lead
	for _, one := range h.others {
		if one == 0 {
			break
		}
		own := a.holds[one.number()]
		goals |= own
		if level := own.level(); level >= one.least() {
			g += gained(min(level, one.level()))
		} else if one.required() {
			return 0, false
		}
	}
	if goals.goal() {
		g |= gainedGoal
	}
	return g, true
}

// held is how the member holds a skill; 0: not at all.
func (a *around) held(number uint16) holder {
	if int(number) < len(a.holds) {
		return a.holds[number]
	}
	return a.self.holds(number)
}

// judge judges what waits, as long as something can come into the list.
func (a *around) judge() {
	a.queue.order()
	for a.queue.n > 0 {
		var some [8]waiting
		n := a.queue.some(some[:])
		for _, w := range some[:n] {
			a.fetched += a.stored(w).lines()
		}
		for _, w := range some[:n] {
			if least, full := a.best.least(); full && !a.most.enough(w.ceiling(), least) {
				a.queue.n = 0
				return
			}
			if a.at(&a.stored(w).sought); a.mayAsk() {
				a.facts.Asked = slices.Grow(a.facts.Asked[:0], len(a.wants))[:len(a.wants)]
				a.look.facts(&a.facts)
				a.best.offer(Score(&a.facts, a.most.weights).Total(), stood{a.sought, a.far})
			}
		}
	}
}

func (a *around) stored(w waiting) *stored { return &a.shown.pages[w.page()].all[w.row()] }

// at looks at a shift.
func (a *around) at(s *sought) {
	a.sought, a.far, a.have = s, unmeasured, a.have[:0]
	for _, w := range s.wants {
		a.have = append(a.have, a.held(w.number))
	}
}

// explained gives the facts and points of those who are chosen, and of nobody else.
func (a *around) explained() []RankedShift {
	list, n := a.best.sorted(), 0
	for i := range list {
		n += len(list[i].it.wants)
	}
	ranked, asked := make([]RankedShift, len(list)), make([]AskedSkill, n)
	for i, one := range list {
		a.at(one.it.sought)
		a.far = one.it.far
		r := &ranked[i]
		r.Shift, r.Gig = a.Shift, a.Gig
		r.Facts.Asked, asked = taken(asked, len(a.wants))
		a.look.facts(&r.Facts)
		r.Points = Score(&r.Facts, a.most.weights)
		r.Total = r.Points.Total()
	}
	return ranked
}
