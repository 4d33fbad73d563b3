package engine

import (
	"iter"
	"time"

	"meent/jobs"
	"meent/members"
)

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
		ID: r.id, Works: r.flags&works != 0, Restricted: r.flags&restricted != 0, Home: r.home, Reach: int(r.reach),
		Skills: r.skills, Goals: r.goals, Support: r.lim.support(), Musts: r.musts, Dutch: r.dutch, Certificate: r.flags&certificate != 0, Step: r.step,
		Most: time.Duration(r.most) * time.Minute, Wanted: time.Duration(r.wanted) * time.Minute, RestDays: r.flags.rest(),
		Room: int(r.room), HasRoom: r.flags&roomTold != 0, Pace: r.flags.pace(),
	}
	for i := range m.Bears {
		m.Bears[i] = r.lim.bears(i)
	}
	if r.flags&told != 0 {
		m.Week = r.week.told()
	}
	for i := range r.booked {
		m.Booked = append(m.Booked, r.booked[i].full())
	}
	for i := range r.ties {
		m.Ties = append(m.Ties, r.ties[i].full())
	}
	r.side.fill(&m)
	return m
}

// fill adds what few have; the side may be nil.
func (d *side) fill(m *Member) {
	if d == nil {
		return
	}
	for _, e := range d.exceptions {
		if m.Exceptions == nil {
			m.Exceptions = map[members.Day]members.Exception{}
		}
		full := e.full()
		m.Exceptions[full.Day] = full
	}
	few := d.few()
	for _, until := range few.waiting {
		m.Waiting = append(m.Waiting, time.UnixMicro(until).UTC())
	}
	m.Had, m.PassedOn = idsOf[jobs.ShiftID](few.had), idsOf[jobs.ShiftID](few.passed)
	if few.rails != nil {
		m.Rails = *few.rails
	}
}

func (e exception) full() members.Exception {
	full := members.Exception{Day: members.Day(time.Unix(int64(e.day)*86400, 0).UTC().Format(time.DateOnly)), Off: e.off}
	for quarter := range members.DayQuarters {
		if e.extra[quarter/64]&(1<<(quarter%64)) != 0 {
			full.Extra[quarter/8] |= 1 << (quarter % 8)
		}
	}
	return full
}

func (b *booking) full() Booking {
	s := b.stint()
	return Booking{Shift: b.shift, Starts: s.Starts, Ends: s.Ends, Break: s.Break, Pay: int(b.pay)}
}

func (t *tie) full() Tie {
	full := Tie{Client: t.client, Blocked: t.blocked, Agreed: int(t.agreed), Been: t.been}
	if t.earlier == nil {
		return full
	}
	for _, w := range t.earlier.gigs {
		full.Gigs = append(full.Gigs, Earlier{w.gig, time.UnixMicro(w.first).UTC()})
	}
	if t.earlier.rare != nil {
		full.Tried, full.Refused = t.earlier.rare.trials, t.earlier.rare.refused
	}
	return full
}

// told is the week that weekOf was told.
func (w *week) told() *members.Week {
	var full members.Week
	for i := range full {
		full[i] = byte(w[i/8] >> (8 * (i % 8)))
	}
	return &full
}

func (l limits) support() Support {
	switch {
	case l.always():
		return AlwaysSupport
	case l.starts():
		return StartSupport
	default:
		return NoSupport
	}
}

func idsOf[ID ~[16]byte](list [][16]byte) (ids []ID) {
	for _, one := range list {
		ids = append(ids, ID(one))
	}
	return ids
}
