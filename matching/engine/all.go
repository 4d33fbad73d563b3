package engine

import "iter"

// All gives every member as they are kept: put in again, they are kept the same.
func (v *View) All() iter.Seq[Member] {
	return func(yield func(Member) bool) {
		for _, p := range v.pages {
			for _, r := range unpack(p) {
				if !yield(r.member()) {
					return
				}
			}
		}
	}
}

// member is what rowOf was told.
func (r *row) member() Member {
	m := Member{
		ID: r.id, Works: r.flags&works != 0, Restricted: r.flags&restricted != 0, Home: r.cold.home, Reach: int(r.reach),
		Skills: r.skills, Goals: r.goals, Support: r.cold.support, Musts: r.musts, Dutch: r.flags.dutch(), Certificate: r.flags&certificate != 0, Step: r.flags.step(),
		Most: r.cold.most, Wanted: r.cold.wanted, RestDays: int(r.cold.rest), Room: r.cold.room, HasRoom: r.flags&roomTold != 0, Pace: int(r.cold.pace),
	}
	for i := range m.Bears {
		m.Bears[i] = r.cold.bear(i)
	}
	if r.flags&told != 0 {
		m.Week = r.week.of()
	}
	if s := r.side; s != nil {
		m.Exceptions, m.Waiting, m.Booked, m.Ties, m.Rails = s.exceptions, s.waiting, s.booked, s.ties, s.rails
		for _, key := range s.had {
			m.Had = append(m.Had, key)
		}
		for _, key := range s.passed {
			m.PassedOn = append(m.PassedOn, key)
		}
	}
	return m
}
