package engine

import (
	"math"
	"slices"
	"time"

	"meent/jobs"
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
	a := aroundOf(m, now, weights)
	a.best = topOf(most, func(s *sought) [32]byte { return lot(s.Shift, m.ID) })
	shown := g.sheets.shown.Load()
	for i, p := range shown.pages {
		if b := shown.bound[i]; !b.wider(float32(a.me.reach)).beyond(a.me.at) {
			a.in(p)
		}
	}
	return a.explained()
}

// around is one member who looks around.
type around struct {
	page    *page // of them alone
	me      *hot
	now     moment
	weights *Weights
	bounded bool
	best    top[*sought]
	look    look
	facts   Facts
	seen    set

	week  week   // all of it, where it does not tell
	asks  uint32 // what of it counts
	room  int32
	goals uint64
	rest  int // the most points of what is not known before a shift is judged
}

func aroundOf(m *Member, now time.Time, weights *Weights) *around {
	r := rowOf(m)
	a := &around{page: pack([]row{r}), now: momentOf(now), weights: weights, bounded: weights.bounded(), week: r.week, asks: ^uint32(0), room: math.MaxInt32}
	a.me = &a.page.hot[0]
	if r.flags&told == 0 || r.flags&excepted != 0 {
		for i := range a.week {
			a.week[i] = ^uint64(0)
		}
	}
	if !r.lim.always() { // who needs help at first may know the place
		a.asks &^= 0xff << supportAt
	}
	if r.flags&roomTold != 0 && len(r.booked) == 0 {
		a.room = max(0, r.room) // of work that pays nothing it takes nothing
	}
	for _, number := range r.goals {
		a.goals |= skillBit(number)
	}
	if a.rest = weights.Of[Fit] + weights.Of[Room] + weights.Of[Fair]; len(r.ties) > 0 {
		a.rest += weights.Of[Known]
	}
	return a
}

// in looks at the shifts of a page for which the member has a skill.
func (a *around) in(p *shiftPage) {
	a.seen = set{}
	h := &a.page.holders
	for i, skill := range h.skills.list() {
		if level := h.holds[h.starts[i]].level(); level > 0 {
			a.each(p, p.by(skill), level)
		}
	}
	a.each(p, p.open, 0)
}

// each looks at those who ask no higher level; cheap reasons why not come first.
func (a *around) each(p *shiftPage, list []keyed, level uint8) {
	me, reach := a.me, float32(a.me.reach)
	for i := range list {
		h := &list[i]
		if h.least > level || me.lim.lacking(h.asks&a.asks) != 0 || me.musts&^h.offers != 0 || h.pay > a.room || h.mask&^a.week[h.word] != 0 || h.at.beyond(me.at, reach) {
			continue
		}
		if !h.only {
			if a.seen.has(int(h.row)) {
				continue
			}
			a.seen.add(int(h.row))
		}
		if least, full := a.best.least(); full && a.bounded && a.ceiling(h) < least {
			continue
		}
		a.at(&p.all[h.row].sought)
	}
}

// ceiling is more points than the shift can have, or as many.
func (a *around) ceiling(h *keyed) int {
	most, w := a.rest, a.weights
	if h.asked&a.goals != 0 {
		most += w.Of[Growth]
	}
	near := 1.0
	if way := math.Sqrt(float64(h.at.squared(a.me.at))) - slack; way > 0 { // work at home has no way
		near = max(0, 1-way*earthMetres/float64(max(1, a.me.reach)))
	}
	most += min(w.Of[Near], int(near*float64(w.Of[Near]))+1)
	f := Facts{}
	for i := range f.Bears {
		f.Bears[i], f.Loads[i] = a.me.lim.bears(i), int(h.asks>>(8*i)&0xff)
	}
	return most + w.Of[Calm]*f.headroom()/(3*mostHeadroom)
}

// at judges one.
func (a *around) at(s *sought) {
	l := &a.look
	l.of(s, a.now)
	l.at(a.page)
	if l.on(0); l.plain() != 0 {
		return
	}
	l.skills()
	a.facts.Asked = slices.Grow(a.facts.Asked[:0], len(s.wants))[:len(s.wants)]
	if least, full := a.best.least(); full && least < 0 || !l.mayAsk() {
		return
	}
	l.facts(&a.facts)
	a.best.offer(Score(&a.facts, a.weights).Total(), s)
}

// of makes it a look for other work.
func (l *look) of(s *sought, now moment) {
	n := len(s.wants)
	l.sought, l.now, l.who, l.have = s, now, slices.Grow(l.who[:0], n)[:n], slices.Grow(l.have[:0], n)[:n]
}

// explained gives the facts and points of those who are chosen, and of nobody else.
func (a *around) explained() []RankedShift {
	list := a.best.sorted()
	ranked := make([]RankedShift, len(list))
	for i, one := range list {
		l := &a.look
		l.of(one.it, a.now)
		l.at(a.page)
		l.on(0)
		l.skills()
		r := &ranked[i]
		r.Shift, r.Gig, r.Facts.Asked = one.it.Shift, one.it.Gig, make([]AskedSkill, len(one.it.wants))
		l.facts(&r.Facts)
		r.Points = Score(&r.Facts, a.weights)
		r.Total = r.Points.Total()
	}
	return ranked
}

// wider is a bound for whoever reaches so far themselves.
func (b bound) wider(metres float32) *bound {
	b.most += metres / earthMetres
	return &b
}
