package engine

import (
	"math"
	"slices"
	"time"

	"meent/jobs"
)

// Gigs holds open work, and finds in it for one member. It is read and written as
// Columns are.
type Gigs struct{ sheets *sheets[*sought, gigPage] }

// gigPage holds work at places near each other, with columns of what most work fails
// on for most members.
type gigPage struct {
	all   []*sought
	at    []vector // of work at home no number
	asks  []uint32 // bears and support
	must  []uint64 // a bit for some numbers of skills: all that are required
	some  []uint64 // any of these; 0: nothing
	bound bound
}

const gigRows = 256

// NewGigs has no work.
func NewGigs() *Gigs {
	return &Gigs{newSheets(kind[*sought, gigPage]{
		most: gigRows,
		key:  func(s **sought) [16]byte { return (*s).Shift },
		cell: func(s **sought) uint64 {
			if (*s).Remote {
				return 0
			}
			return cell((*s).Place)
		},
		pack:   packGigs,
		unpack: func(p *gigPage) []*sought { return slices.Clone(p.all) },
		bound:  func(p *gigPage) bound { return p.bound },
	})}
}

func packGigs(all []*sought) *gigPage {
	n := len(all)
	p := &gigPage{all: slices.Clone(all), at: make([]vector, n), asks: make([]uint32, n), must: make([]uint64, n), some: make([]uint64, n)}
	for i, s := range all {
		p.at[i], p.asks[i] = s.at, s.asks&^(0xff<<supportAt)
		if s.Remote {
			nan := float32(math.NaN())
			p.at[i] = vector{nan, nan, nan}
		}
		for _, w := range s.wants {
			switch {
			case w.required:
				p.must[i] |= skillBit(w.number)
			case s.required == 0:
				p.some[i] |= skillBit(w.number)
			}
		}
	}
	p.bound = boundOf(p.at, 0)
	return p
}

func skillBit(number uint16) uint64 { return 1 << (number % 64) }

// Put puts work in, instead of what was known of the same shifts.
func (g *Gigs) Put(list []Work) {
	all := make([]*sought, len(list))
	for i := range list {
		own := list[i]
		all[i] = soughtOf(&own)
	}
	g.sheets.change(all, nil)
}

// Drop takes shifts out.
func (g *Gigs) Drop(ids []jobs.ShiftID) {
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	g.sheets.change(nil, keys)
}

// Len counts the shifts.
func (g *Gigs) Len() int { return g.sheets.shown.Load().rows }

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
func (g *Gigs) For(m *Member, now time.Time, most int, weights *Weights) []RankedShift {
	v, p, at := g.sheets.shown.Load(), pack([]row{rowOf(m)}), momentOf(now)
	best := top[*sought]{most: most, lot: func(s *sought) [32]byte { return lot(s.Shift, m.ID) }}
	mine, far := uint64(0), float32(p.reach[0])
	for _, skill := range p.skills {
		mine |= skillBit(skill)
	}
	var l lists
	var facts Facts
	look := func(s *sought) {
		l.resize(len(s.wants))
		if l.fill(p, s); !s.mayAsk(p, 0, &l, at) {
			return
		}
		facts.Asked = slices.Grow(facts.Asked[:0], len(s.wants))[:len(s.wants)]
		s.facts(p, 0, l.have, &facts)
		best.offer(Score(&facts, weights).Total(), s)
	}
	for i, page := range v.pages {
		if b := v.bound[i]; b.wider(far).beyond(p.at[0]) {
			continue
		}
		for k := range page.all {
			if page.must[k]&^mine == 0 && (page.some[k] == 0 || page.some[k]&mine != 0) && lacking(p.lim[0], page.asks[k]) == 0 && !page.at[k].beyond(p.at[0], far) {
				look(page.all[k])
			}
		}
	}
	ranked := make([]RankedShift, 0, len(best.list))
	for _, one := range best.sorted() {
		r := rankedOf(one.it, p, 0, weights)
		ranked = append(ranked, RankedShift{one.it.Shift, r.Facts, r.Points, r.Total})
	}
	return ranked
}

// wider is a bound for whoever reaches so far themselves.
func (b bound) wider(metres float32) *bound {
	b.most += metres / earthMetres
	return &b
}

func (l *lists) resize(n int) {
	l.who = slices.Grow(l.who[:0], n)[:n]
	l.have = slices.Grow(l.have[:0], n)[:n]
}
