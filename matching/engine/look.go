package engine

import (
	"math/bits"
	"time"

	"meent/members"
)

// moment is when somebody asks.
type moment struct {
	at  int64 // microseconds
	day members.Day
}

func momentOf(now time.Time) moment { return moment{now.UnixMicro(), members.DayOf(now)} }

// look is a look at one member for one piece of work.
type look struct {
	*sought
	now     moment
	page    *page // nil: of who looks around alone
	table   *table
	row     int
	hot     *hot
	own     *week // of the only row, where the table does not hold it
	side    *side
	who     [][]holder // in the page, of each skill that is wanted
	have    []holder   // how the row holds each; 0: not
	fetched uint32     // the sum of what was read ahead: of no use but that it was read
	far     int        // metres; unmeasured: not measured yet
}

const unmeasured = -1

func lookOf(s *sought, now moment) look {
	return look{sought: s, now: now, who: make([][]holder, len(s.wants)), have: make([]holder, len(s.wants))}
}

// at looks into a page, and reports whether somebody may have what is required.
func (l *look) at(p *page) bool {
	l.page, l.table = p, &p.table
	some := true
	for i, w := range l.wants {
		l.who[i] = p.holders.who(w.number)
		some = some && (len(l.who[i]) > 0 || !w.required)
	}
	return some
}

// on looks at a row.
func (l *look) on(r int) {
	l.row, l.hot, l.far = r, &l.table.hot[r], unmeasured
}

// fetch reads a little of each row: the processor waits for all of them at once, and
// not for one after another.
func (l *look) fetch(rows *set) {
	for i, word := range rows {
		for ; word != 0; word &= word - 1 {
			l.fetched += uint32(l.table.hot[64*i+bits.TrailingZeros64(word)].flags)
		}
	}
}

// skills reads how the row holds each that is wanted.
func (l *look) skills() {
	for i, who := range l.who {
		l.have[i] = held(who, l.row)
	}
}

// skilledNearby are those who may reach the work and have the skills.
func (l *look) skilledNearby() (able set) {
	if able = l.nearby(); !l.skilledOnes(&able) {
		return set{}
	}
	return able
}

// free leaves those whom the work may suit, at that time.
func (l *look) free(able *set) {
	if able.empty() {
		return
	}
	if l.page.gates.keep(able, l.sought); !able.empty() && !l.time.never {
		l.table.week.keep(able, &l.page.gates.excepted, l.time.quarters)
	}
}

// nearby are those in blocks of which somebody may reach the work.
func (l *look) nearby() set {
	all := everyone(len(l.table.hot))
	if !l.Remote {
		for i := range l.page.blocks {
			if l.page.blocks[i].beyond(l.sought.at) {
				all[i] = 0
			}
		}
	}
	return all
}

// skilledOnes leaves those who have the skills, and reports whether there are any.
func (l *look) skilledOnes(able *set) bool {
	if len(l.wants) == 0 {
		return true
	}
	var any set
	for i, w := range l.wants {
		switch {
		case w.required:
			var one set
			one.hold(l.who[i], w.least)
			able.and(&one)
		case l.required == 0:
			any.hold(l.who[i], w.least)
		}
	}
	if l.required == 0 {
		able.and(&any)
	}
	return !able.empty()
}

// hold adds those who hold a skill so well.
func (s *set) hold(list []holder, least uint8) {
	can := uint64(0) // a bit for each level and goal
	for i := range uint(holderKinds) {
		if uint8(i)&mostLevel >= least {
			can |= 1 << i
		}
	}
	at, word := 0, uint64(0)
	for _, h := range list {
		if next := h.row() / 64; next != at {
			s[at] |= word
			at, word = next, 0
		}
		word |= can >> h.kind() & 1 << (h % 64)
	}
	s[at] |= word
}

// mayAsk reports that an offer may be written.
func (l *look) mayAsk() bool {
	if l.side = l.table.side(l.row); l.side.asked(l.Shift) {
		return false
	}
	passes := l.passes()
	return l.judge(1+passes.Len())&^passes == 0
}

// passes are the rules that do not keep an offer from being written: that somebody helps
// the first time, or at the start, is for a coach who sees it first. To pass it on is to
// come along.
func (l *look) passes() (some Rules) {
	if l.side.coached(l.now) {
		some = some.With(RailFirstRule)
		if l.hot.lim.starts() {
			some = some.With(SupportRule)
		}
	}
	return some
}

// beyond reports that it is too far for sure.
func (l *look) beyond() bool {
	return !l.Remote && l.hot.at.beyond(l.sought.at, float32(l.hot.reach))
}

// way is the way to the work in metres, measured once.
func (l *look) way() int {
	if l.far == unmeasured {
		l.far = 0
		if !l.Remote {
			l.far = l.table.homes[l.row].Metres(l.Place)
		}
	}
	return l.far
}
