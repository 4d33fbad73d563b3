package engine

import "math"

// ceilings say the most points that somebody can have for some work, from what is at
// hand of them. Most have exactly so many, so few are judged who do not come into a list.
type ceilings struct {
	*sought
	weights     *Weights
	bounded     bool  // no part takes points away
	first, last int32 // days of which all work counts as received
}

func ceilingsOf(s *sought, weights *Weights) ceilings {
	first, last := s.shareDays()
	return ceilings{s, weights, weights.bounded(), first, last}
}

// of a row that holds so much of what is asked, and may have ties.
func (c *ceilings) of(h *hot, g gained, tied bool) int {
	if !c.bounded {
		return 0
	}
	s, w, wanted := c.sought, c.weights, h.wants()
	most := w.fit(g.have(), s.want) + w.growth(g.grows(), s.Helps) + w.calm(headroom(h.lim, s.asks))
	most += w.room(h.flags&roomTold != 0, int(h.room), s.Pay) + w.fair(wanted, wanted-h.given.within(c.first, c.last))
	if most += w.Of[Near]; !s.Remote {
		most -= w.Of[Near] - w.near(int(h.reach), h.at.least(s.at))
	}
	if tied {
		most += w.known(math.MaxInt32)
	}
	return most
}

// hopes say the same of the shifts that one member may have.
type hopes struct {
	ceilings
	me          *hot
	fair, given int   // points of who received nothing, and of who received all of their work
	from, until int32 // minutes between which a shift begins of which all of it counts
	known       int
}

func hopesOf(me *hot, tied bool, weights *Weights) hopes {
	h := hopes{ceilings: ceilings{weights: weights, bounded: weights.bounded()}, me: me}
	wanted, side := me.wants(), ShareSide.Microseconds()
	h.fair, h.given = weights.fair(wanted, wanted), weights.fair(wanted, wanted-int(me.given.minutes))
	h.from = number(int(((int64(me.given.last)+1)*dayMicros - side) / minuteMicros))
	h.until = number(int((int64(me.given.first)*dayMicros+side)/minuteMicros - 1))
	if tied {
		h.known = weights.known(math.MaxInt32)
	}
	return h
}

// of a shift of which the member holds so much.
func (h *hopes) of(k *keyed, g gained) int {
	if !h.bounded {
		return 0
	}
	w, me := h.weights, h.me
	most := h.known + w.fit(g.have(), int(k.want)) + w.growth(g.grows(), k.helps) + w.calm(headroom(me.lim, k.asks)) + w.room(me.flags&roomTold != 0, int(me.room), int(k.pay))
	if most += w.Of[Near]; !k.remote {
		most -= w.Of[Near] - w.near(int(me.reach), me.at.least(k.at))
	}
	if k.minute >= h.from && k.minute <= h.until {
		return most + h.given
	}
	return most + h.fair
}

// enough reports that it may come to so many points.
func (c *ceilings) enough(ceiling, least int) bool { return ceiling >= least || !c.bounded }

// bounded reports that no part takes points away, and no sum is too high to be one.
func (w *Weights) bounded() bool {
	for _, most := range w.Of {
		if most < 0 || most > MostWeight {
			return false
		}
	}
	return true
}

// gained is how much a row holds of what is asked: the sum of levels, and a bit where
// one of them is its goal.
type gained uint32

const gainedGoal = 1 << 31

func (g gained) have() int            { return int(g &^ gainedGoal) }
func (g gained) grows() bool          { return g&gainedGoal != 0 }
func (g gained) with(o gained) gained { return g + o&^gainedGoal | o&gainedGoal }

// gains are those of a holder of each kind.
type gains [holderKinds]gained

func (w want) gains(asked uint8) (all gains) {
	for i := range all {
		if level := uint8(i) & mostLevel; level >= w.least {
			all[i] = gained(min(level, asked))
		}
		if i > mostLevel {
			all[i] |= gainedGoal
		}
	}
	return all
}

// given is the work that somebody has: whole minutes, from its first day until its last.
type given struct {
	minutes     uint16
	first, last uint16 // since 1970
}

const (
	dayMicros    = 24 * 60 * 60 * 1e6
	minuteMicros = 60 * 1e6
)

// givenOf a list in order; what it cannot hold it does not know of.
func givenOf(list []booking) given {
	if len(list) == 0 {
		return given{}
	}
	first, last := list[0].starts/dayMicros, list[len(list)-1].starts/dayMicros
	if list[0].starts < 0 || last > math.MaxUint16 {
		return given{}
	}
	sum := int64(0)
	for i := range list {
		sum += list[i].ends - list[i].starts
	}
	return given{uint16(min(max(0, sum/minuteMicros), math.MaxUint16)), uint16(first), uint16(last)}
}

// within is how much of it lies within such days for sure.
func (g given) within(first, last int32) int {
	if int32(g.first) < first || int32(g.last) > last {
		return 0
	}
	return int(g.minutes)
}

// shareDays are the days of which all work is within ShareSide of this.
func (s *sought) shareDays() (first, last int32) {
	side := ShareSide.Microseconds()
	from, until := (s.from-side)/dayMicros+1, (s.from+side)/dayMicros-1
	return int32(min(max(0, from), math.MaxInt32)), int32(min(max(-1, until), math.MaxInt32))
}
