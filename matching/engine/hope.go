package engine

import "math"

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
