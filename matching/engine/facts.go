package engine

import "time"

// facts fills in what points are made of. Asked has its length already.
func (l *look) facts(f *Facts) {
	s, h, booked := l.sought, l.hot, l.table.bookedOf(l.row)
	*f = Facts{
		Asked: f.Asked, Helps: s.Helps, Metres: l.way(), Reach: int(h.reach), Remote: s.Remote, Loads: s.Loads, Pay: s.Pay,
		Wanted: time.Duration(h.wants()) * time.Minute,
	}
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
	if h.flags&roomTold != 0 {
		f.Limited, f.Left = true, int(h.room)-s.earned(booked)
	}
	for _, b := range s.near(booked, ShareSide) {
		f.Received += time.Duration(b.ends-b.starts) * time.Microsecond
	}
	if t := tieTo(l.table.tiesOf(l.row), s.Client); t != nil {
		f.Times = int(t.agreed)
	}
}
