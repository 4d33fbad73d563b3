package engine

import (
	"math"
	"slices"
	"time"

	"meent/jobs"
	"meent/members"
)

// Shifts holds open work, and finds in it for one member. It is read and written as
// Columns are.
type Shifts struct{ sheets *sheets[*sought, shiftPage] }

// NewShifts has no work.
func NewShifts() *Shifts {
	return &Shifts{newSheets(kind[*sought, shiftPage]{
		most:   shiftRows,
		key:    func(s **sought) [16]byte { return (*s).Shift },
		spot:   func(s **sought) spot { return (*s).spot() },
		pack:   packShifts,
		unpack: func(p *shiftPage) []*sought { return slices.Clone(p.all) },
		find:   (*shiftPage).find,
		stays:  func(p *shiftPage, at int, s **sought) bool { return p.all[at].spot() == (*s).spot() },
		with: func(p *shiftPage, at []int, rows []*sought) *shiftPage {
			all := slices.Clone(p.all)
			for i := range at {
				all[at[i]] = rows[i]
			}
			return packShifts(all)
		},
		bound: func(p *shiftPage) bound { return p.bound },
	})}
}

// spot keeps work at home together.
func (s *sought) spot() spot {
	if s.Remote {
		return spot{-9}
	}
	return spotOf(s.at, 0)
}

// Put puts work in, instead of what was known of the same shifts.
func (g *Shifts) Put(list []Work) {
	all := make([]*sought, len(list))
	for i := range list {
		own := list[i]
		all[i] = soughtOf(&own)
	}
	g.sheets.change(all, nil)
}

// Drop takes shifts out.
func (g *Shifts) Drop(ids []jobs.ShiftID) {
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	g.sheets.change(nil, keys)
}

// Len counts the shifts.
func (g *Shifts) Len() int { return g.sheets.shown.Load().rows }

// RankedShift is a shift that a member may have, and why.
type RankedShift struct {
	Shift  jobs.ShiftID
	Facts  Facts
	Points Points
	Total  int
}

// For gives the shifts that an offer may be written of to the member now, the highest
// points first, at most so many. Those that they were asked for before are not among
// them.
func (g *Shifts) For(m *Member, now time.Time, most int, weights *Weights) []RankedShift {
	a := around{
		page: pack([]row{rowOf(m)}), now: momentOf(now), weights: weights, bounded: weights.bounded(),
		best: top[*sought]{most: most, lot: func(s *sought) [32]byte { return lot(s.Shift, m.ID) }},
	}
	a.me = &a.page.hot[0]
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
	member  members.MemberID
	now     moment
	weights *Weights
	bounded bool
	best    top[*sought]
	look    look
	facts   Facts
	seen    set
}

// in looks at the shifts of a page for which the member has a skill.
func (a *around) in(p *shiftPage) {
	a.seen = set{}
	h := &a.page.holders
	for i, skill := range h.skills {
		if level := h.holds[h.starts[i]].level(); level > 0 {
			a.each(p, p.by(skill), level)
		}
	}
	a.each(p, p.open, 0)
}

// each looks at those who ask no higher level; cheap reasons why not come first.
func (a *around) each(p *shiftPage, list []keyed, level uint8) {
	me, reach, room := a.me, float32(a.me.reach), int32(math.MaxInt32)
	if me.flags&roomTold != 0 && len(a.page.booked) == 0 {
		room = max(0, me.room) // of work that pays nothing it takes nothing
	}
	for _, one := range list {
		r := int(one.row)
		if one.least > level || me.lim.lacking(p.asks[r]) != 0 || p.pay[r] > room || p.at[r].beyond(me.at, reach) {
			continue
		}
		if !one.only {
			if a.seen.has(r) {
				continue
			}
			a.seen.add(r)
		}
		a.at(p.all[r])
	}
}

// at judges one.
func (a *around) at(s *sought) {
	l := &a.look
	l.of(s, a.now)
	l.at(a.page)
	l.on(0)
	l.skills()
	a.facts.Asked = slices.Grow(a.facts.Asked[:0], len(s.wants))[:len(s.wants)]
	if least, full := a.best.least(); full && a.bounded && !l.mayBe(least, &a.facts, a.weights) || l.plain() != 0 || !l.mayAsk() {
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
		r.Shift, r.Facts.Asked = one.it.Shift, make([]AskedSkill, len(one.it.wants))
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
