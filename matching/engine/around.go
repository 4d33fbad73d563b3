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
	a.start(m, g.sheets.shown.Load(), now, most, weights)
	if !a.askable() {
		return nil
	}
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
func (a *around) start(m *Member, shown *shown[shiftPage], now time.Time, most int, weights *Weights) {
	alone := aloneOf(m)
	r := &alone.row
	if r.flags&told == 0 {
		r.week = always()
	}
	a.look, a.shown, a.self = look{now: momentOf(now), table: &alone.table, own: &r.week, side: r.side}, shown, r
	a.best = top[stood]{most: most, lot: func(s stood) [32]byte { return lot(s.Shift, m.ID) }, list: alone.best[:0]}
	a.on(0)
	a.me = a.hot
	a.most = hopesOf(a.me, len(r.ties) > 0, weights)
	a.lets()
	a.learned()
}

// askable is who may be asked for anything now, by rules that ask nothing of the work.
func (a *around) askable() bool {
	return a.me.flags&(works|restricted) == works && a.side.calm(a.me.flags.pace(), a.now)
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

// alone is who looks around: a table of one row, without a week, and room for what is
// found. It is one piece of memory.
type alone struct {
	row   row
	table table
	ids   [1]members.MemberID
	homes [1]members.Point
	hot   [1]hot
	sides [1]*side
	best  [32]placed[stood]
}

func aloneOf(m *Member) *alone {
	a := &alone{row: rowOf(m)}
	r := &a.row
	r.hot.booked, r.hot.ties = 0, 0
	a.ids[0], a.homes[0], a.hot[0], a.sides[0] = r.id, r.home, r.hot, r.side
	a.table = table{ids: a.ids[:], homes: a.homes[:], hot: a.hot[:], booked: r.booked, ties: r.ties, sides: a.sides[:]}
	return a
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
