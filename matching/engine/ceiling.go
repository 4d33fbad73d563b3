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

// needs is how much of what is asked somebody must hold: who learns nothing of it and has no
// ties, who learns some of it, who has ties, and who has and does both.
type needs [4]int

func (n *needs) met(g gained, tied uint64) bool { return g.have() >= n[uint64(g>>31)|tied<<1] }

// needs says it for so many points, if all else is as good as can be.
func (c *ceilings) needs(least int) (n needs) {
	if !c.bounded {
		return n
	}
	w := c.weights
	for i := range n {
		rest := w.Of[Near] + w.Of[Calm] + w.Of[Room] + w.Of[Fair] + w.growth(i&1 != 0, c.Helps)
		if i&2 != 0 {
			rest += w.known(math.MaxInt32)
		}
		for n[i] <= c.want && rest+w.fit(n[i], c.want) < least {
			n[i]++
		}
	}
	return n
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
