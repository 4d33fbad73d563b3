package engine

import (
	"math/bits"
	"slices"
)

// gates are, of some rules, the rows for whom they hold: so that a page is looked
// through in a few words. They let nobody out for whom all rules hold; who passes is
// looked at on their own.
type gates struct {
	works     set                      // and are not restricted
	certified set                      // have the certificate
	alone     set                      // need no help always
	excepted  set                      // have exceptions to their week
	tied      set                      // have ties
	ranks     [rankKinds][rankMost]set // whose limit or rank is at least one more, or who told none
	musts     []must                   // in the order of bits
}

// The limits and ranks of gates.
const (
	dutchRank = 3 + iota // after the three loads
	stepRank
	rankKinds
	rankMost = 5
)

// must is who must have an ability.
type must struct {
	bit uint32
	who set
}

func gatesOf(rows []row) (g gates) {
	for i := range rows {
		g.add(i, &rows[i])
	}
	return g
}

func (g *gates) add(at int, r *row) {
	for _, one := range [...]struct {
		is  bool
		set *set
	}{
		{r.flags&(works|restricted) == works, &g.works}, {r.flags&certificate != 0, &g.certified}, {!r.lim.always(), &g.alone},
		{r.flags&excepted != 0, &g.excepted}, {r.flags&tied != 0, &g.tied},
	} {
		if one.is {
			one.set.add(at)
		}
	}
	for kind, rank := range [rankKinds]int{r.lim.bears(0), r.lim.bears(1), r.lim.bears(2), int(r.dutch), int(r.step)} {
		for i := range rankMost {
			if rank == 0 || rank > i {
				g.ranks[kind][i].add(at)
			}
		}
	}
	for left := r.musts; left != 0; left &= left - 1 {
		g.must(left & -left).add(at)
	}
}

// must is made where it is not there yet.
func (g *gates) must(bit uint32) *set {
	at, ok := slices.BinarySearchFunc(g.musts, bit, func(m must, bit uint32) int { return bits.Len32(m.bit) - bits.Len32(bit) })
	if !ok {
		g.musts = slices.Insert(g.musts, at, must{bit: bit})
	}
	return &g.musts[at].who
}

func (g *gates) drop(at int) {
	for _, one := range [...]*set{&g.works, &g.certified, &g.alone, &g.excepted, &g.tied} {
		one.drop(at)
	}
	for kind := range g.ranks {
		for i := range g.ranks[kind] {
			g.ranks[kind][i].drop(at)
		}
	}
	for i := range g.musts {
		g.musts[i].who.drop(at)
	}
}

// with has other rows in the places of some.
func (g gates) with(list []changed) gates {
	g.musts = slices.Clone(g.musts)
	for i := range list {
		g.drop(list[i].at)
		g.add(list[i].at, &list[i].row)
	}
	return g
}

// keep leaves those in a set whom the work may suit.
func (g *gates) keep(s *set, w *sought) {
	s.and(&g.works)
	if w.Certificate {
		s.and(&g.certified)
	}
	if !w.Helps {
		s.and(&g.alone)
	}
	for kind, rank := range w.ranks {
		if rank > 1 { // who told any has one
			s.and(&g.ranks[kind][min(rank, rankMost)-1])
		}
	}
	for i := range g.musts {
		if g.musts[i].bit&w.Offers == 0 {
			s.without(&g.musts[i].who)
		}
	}
}
