package engine

import (
	"math"
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
	shown  *shown[shiftPage]
	me     *hot
	most   hopes
	queue  queue
	best   top[stood]
	facts  Facts
	runs   [64]run
	ran    int
	seen   set    // shifts that more than one skill may find, and one did
	seenIn uint32 // the page of which

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
	a.look, a.shown, a.self = look{now: momentOf(now), page: alone(&r), own: &r.week}, shown, &r
	a.on(0)
	a.me, a.side = a.hot, r.side
	a.most = hopesOf(a.me, len(r.ties) > 0, weights)
	a.lets()
	a.learned()
}

// lets keeps out nobody for whom a rule may hold: the rules themselves come later.
func (a *around) lets() {
	r := a.self
	if a.week = r.week; r.flags&excepted != 0 {
		a.week = always()
	}
	if a.asks = ^uint32(0); !r.lim.always() { // who needs help at first may know the place
		a.asks &^= 0xff << supportAt
	}
	if a.room = math.MaxInt32; r.flags&roomTold != 0 {
		a.room = max(0, r.room) // of work that pays nothing it takes nothing
	}
}

// learned is how each skill is held, so that it is found in one look.
func (a *around) learned() {
	r := a.self
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
