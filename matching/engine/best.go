package engine

import (
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
	if most <= 0 || s.full() {
		return []Ranked{}
	}
	var f finder
	f.best = top[member]{most: most, lot: func(m member) [32]byte { return lot(s.Shift, m.page.ids[m.row]) }, list: make([]placed[member], 0, min(most, 32))}
	f.start(v, s, now, weights)
	var room [128]uint32
	for list := v.found(room[:0], s, by); len(list) > 0; {
		n := min(len(list), together)
		f.ahead(list[:n])
		for _, page := range list[:n] {
			f.in(int(page))
		}
		list = list[n:]
	}
	f.judge()
	return f.explained()
}
