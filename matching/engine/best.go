package engine

import (
	"slices"
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
	var room [128]uint32
	list := v.found(room[:0], s, by)
	if len(list) >= many {
		return split(slices.Clone(list), together, func(f *finder) { f.start(v, s, now, most, weights) }).explained()
	}
	var f finder
	f.start(v, s, now, most, weights)
	for ; len(list) > together; list = list[together:] {
		f.through(list[:together])
	}
	f.through(list)
	f.judge()
	return f.explained()
}
