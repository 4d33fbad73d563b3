package engine

import (
	"math"
	"math/bits"
)

// run is some shifts of a page that are found by a skill, which the member holds so.
type run struct {
	list []keyed
	lead holder
	page uint32
}

// in finds the shifts of some pages for which the member has a skill.
func (a *around) in(pages []uint32) {
	for _, page := range pages {
		p := a.shown.pages[page]
		a.fetched += uint32(len(p.keys) + len(p.open))
	}
	for _, page := range pages {
		if keys := a.shown.pages[page].keys; len(keys) > 0 {
			a.fetched += keys[0].before + keys[len(keys)/2].before
		}
	}
	for _, page := range pages {
		p := a.shown.pages[page]
		for word := range p.keys[:min(len(p.keys), len(a.fits))] {
			for left := p.keys[word].is & a.fits[word]; left != 0; left &= left - 1 {
				number := 64*word + bits.TrailingZeros64(left)
				a.add(run{p.at(p.keys.place(number)), a.holds[number], page})
			}
		}
		for _, number := range a.others {
			if at, is := p.keys.find(number); is {
				a.add(run{p.at(at), a.held(number), page})
			}
		}
		a.add(run{p.open, 0, page})
	}
}

func (a *around) add(r run) {
	if len(r.list) == 0 {
		return
	}
	if a.ran == len(a.runs) {
		a.each()
	}
	a.runs[a.ran] = r
	a.ran++
}

// each looks at the runs.
func (a *around) each() {
	for i := range a.runs[:a.ran] {
		list := a.runs[i].list
		for k := range list[:min(len(list), 16)] { // of more the processor reads on by itself
			a.fetched += uint32(list[k].row)
		}
	}
	for i := range a.runs[:a.ran] {
		if page := a.runs[i].page; page != a.seenIn { // the runs of a page may come in two parts
			a.seen, a.seenIn = set{}, page
		}
		a.run(&a.runs[i])
	}
	a.ran = 0
}

// run looks at those who ask no higher level; cheap reasons why not come first.
func (a *around) run(r *run) {
	me, level, most := a.me, r.lead.level(), float32(a.me.reach)/earthMetres+slack
	least, full := a.best.least()
	for i := range r.list {
		h := &r.list[i]
		// All at once: the processor guesses better what comes of it than of each.
		lacks := uint64(me.lim.lacking(h.asks&a.asks)|me.musts&^h.offers) | h.mask&^a.week[h.word]
		lacks |= negative(int(level)-int(h.least)) | negative(int(a.room)-int(h.pay))
		if lacks|h.somewhere&uint64(math.Float32bits(most*most-h.at.squared(me.at))>>31) != 0 {
			continue
		}
		gained, able := a.gained(h, r.lead)
		if !able {
			continue
		}
		if !h.only {
			if a.seen.has(int(h.row)) {
				continue
			}
			a.seen.add(int(h.row))
		}
		ceiling := a.most.of(h, gained)
		if full && !a.most.enough(ceiling, least) {
			continue
		}
		if a.queue.room() == 0 {
			a.judge()
			least, full = a.best.least()
		}
		a.queue.add(ceiling, int(r.page), int(h.row))
	}
}

// negative is 1 of such a number, else 0.
func negative(n int) uint64 { return uint64(n) >> 63 }

// gained is what the member holds of what a shift asks, and whether it may be enough.
func (a *around) gained(h *keyed, lead holder) (g gained, able bool) {
	if h.unknown {
		return gained(h.want) | gainedGoal, true
	}
	g = gained(min(lead.level(), h.level))
	goals := lead
	for _, one := range h.others {
		if one == 0 {
			break
		}
		own := a.holds[one.number()]
		goals |= own
		if level := own.level(); level >= one.least() {
			g += gained(min(level, one.level()))
		} else if one.required() {
			return 0, false
		}
	}
	if goals.goal() {
		g |= gainedGoal
	}
	return g, true
}

// held is how the member holds a skill; 0: not at all.
func (a *around) held(number uint16) holder {
	if int(number) < len(a.holds) {
		return a.holds[number]
	}
	return a.self.holds(number)
}
