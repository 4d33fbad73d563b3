package engine

import (
	"math"
	"time"
)

// facts fills in what points are made of. Asked has its length already.
func (l *look) facts(f *Facts) {
	s := l.sought
	l.quick(f)
	f.Metres = l.way()
	booked := l.page.bookedOf(l.row)
	if f.Limited {
		f.Left -= s.earned(booked)
	}
	for _, b := range s.near(booked, ShareSide) {
		f.Received += time.Duration(b.ends-b.starts) * time.Microsecond
	}
	f.Times = 0
	if t := tieTo(l.page.tiesOf(l.row), s.Client); t != nil {
		f.Times = int(t.agreed)
	}
}

// quick fills in what is at hand, and of the rest the best that it can be: somebody
// who lives there, received nothing, and was there very often if at all.
func (l *look) quick(f *Facts) {
	s, h := l.sought, l.hot
	*f = Facts{Asked: f.Asked, Helps: s.Helps, Reach: int(h.reach), Remote: s.Remote, Loads: s.Loads, Pay: s.Pay, Wanted: UsualWant}
	for i := range s.wants {
		f.Asked[i] = AskedSkill{Want: s.Asked[i].Level}
		if level := l.have[i].level(); level >= s.wants[i].least {
			f.Asked[i].Have = level
		}
		f.Grows = f.Grows || l.have[i].goal()
	}
	for i := range f.Bears {
		f.Bears[i] = h.lim.bears(i)
	}
	if h.wanted > 0 {
		f.Wanted = ShareWeeks * time.Duration(h.wanted) * time.Minute
	}
	if h.flags&roomTold != 0 {
		f.Limited, f.Left = true, int(h.room)
	}
	if len(l.page.tiesOf(l.row)) > 0 {
		f.Times = math.MaxInt32
	}
}

// mayBe reports whether the points can be so many.
func (l *look) mayBe(least int, f *Facts, weights *Weights) bool {
	l.quick(f)
	return Score(f, weights).Total() >= least
}

// bounded reports that no part takes points away, so that mayBe is right.
func (w *Weights) bounded() bool {
	for _, most := range w.Of {
		if most < 0 || most > MostWeight {
			return false
		}
	}
	return true
}
