package engine

import (
	"math/bits"
	"time"

	"meent/members"
)

// Ranked is a member who may be asked, and why.
type Ranked struct {
	Member members.MemberID
	Facts  Facts
	Points Points
	Total  int
}

// Best gives who may be asked for the work now, the highest points first, at most so
// many. Ties break by a lot of the shift. Who was asked before is not among them.
func (v *View) Best(w *Work, now time.Time, most int, weights *Weights) []Ranked {
	s := soughtOf(w)
	return v.best(s, momentOf(now), most, weights, v.plan(s))
}

func (v *View) best(s *sought, now moment, most int, weights *Weights, by plan) []Ranked {
	best := top[member]{most: most, lot: func(m member) [32]byte { return lot(s.Shift, m.page.ids[m.row]) }}
	if most <= 0 || s.full() {
		return []Ranked{}
	}
	l, f, bounded := lookOf(s, now), Facts{Asked: make([]AskedSkill, len(s.wants))}, weights.bounded()
	v.each(s, by, func(p *page) {
		if !l.at(p) {
			return
		}
		able := l.able()
		l.fetch(&able)
		for i, word := range able {
			for ; word != 0; word &= word - 1 {
				l.on(64*i + bits.TrailingZeros64(word))
				if l.beyond() || l.plain() != 0 {
					continue
				}
				l.skills()
				if least, full := best.least(); full && bounded && !l.mayBe(least, &f, weights) {
					continue
				}
				if l.mayAsk() {
					l.facts(&f)
					best.offer(Score(&f, weights).Total(), member{p, l.row})
				}
			}
		}
	})
	return l.explained(best.sorted(), weights)
}

type member struct {
	page *page
	row  int
}

// explained gives the facts and points of those who are chosen, and of nobody else.
func (l *look) explained(list []placed[member], weights *Weights) []Ranked {
	ranked, n := make([]Ranked, len(list)), len(l.wants)
	asked := make([]AskedSkill, len(list)*n)
	for i, one := range list {
		l.at(one.it.page)
		l.on(one.it.row)
		l.skills()
		r := &ranked[i]
		r.Member, r.Facts.Asked = l.page.ids[l.row], asked[i*n:i*n+n:i*n+n]
		l.facts(&r.Facts)
		r.Points = Score(&r.Facts, weights)
		r.Total = r.Points.Total()
	}
	return ranked
}
