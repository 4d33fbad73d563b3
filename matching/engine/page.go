package engine

import (
	"slices"

	"meent/members"
)

// A page holds at the most so many members, in blocks of those nearest each other.
const (
	pageRows  = 512
	blockRows = 64
)

// page holds some members who live near each other and travel about as far. It never
// changes; where a row becomes another, the next page shares what stays as it is.
type page struct {
	ids     []members.MemberID
	homes   []members.Point
	hot     []hot
	week    weeks
	booked  []booking
	ties    []tie
	sides   []*side // nil: nobody has any
	holders holders
	gates   gates
	bound   bound
	blocks  []bound
}

// changed is a row that came in the place of another.
type changed struct {
	at  int
	row row
}

func pack(rows []row) *page {
	p := &page{
		ids: make([]members.MemberID, len(rows)), homes: make([]members.Point, len(rows)), hot: make([]hot, len(rows)),
		week: weeksOf(rows), holders: holdersOf(rows), gates: gatesOf(rows),
	}
	for i := range rows {
		r := &rows[i]
		p.ids[i], p.homes[i], p.hot[i] = r.id, r.home, r.hot
	}
	p.keepLists(rows)
	p.bound, p.blocks = boundsOf(p.hot)
	return p
}

// keepLists keeps what not everybody has.
func (p *page) keepLists(rows []row) {
	booked, ties, sides := 0, 0, false
	for i := range rows {
		booked, ties, sides = booked+len(rows[i].booked), ties+len(rows[i].ties), sides || rows[i].side != nil
	}
	p.booked, p.ties, p.sides = make([]booking, 0, booked), make([]tie, 0, ties), nil
	if sides {
		p.sides = make([]*side, len(rows))
	}
	for i := range rows {
		r := &rows[i]
		p.hot[i].booked, p.hot[i].ties = partOf(&p.booked, r.booked), partOf(&p.ties, r.ties)
		if sides {
			p.sides[i] = r.side
		}
	}
}

// with has other rows in the places of some, which keep key, place and reach.
func (p *page) with(list []changed) *page {
	q := *p
	q.hot = slices.Clone(p.hot)
	rows := make([]row, len(p.ids)) // only the lists
	for i := range rows {
		rows[i].booked, rows[i].ties, rows[i].side = p.bookedOf(i), p.tiesOf(i), p.side(i)
	}
	for i := range list {
		c := &list[i]
		q.hot[c.at], rows[c.at] = c.row.hot, c.row
	}
	q.keepLists(rows)
	q.week, q.holders, q.gates = p.week.with(list), p.holders.with(list), p.gates.with(list)
	return &q
}

func unpack(p *page) []row {
	rows := make([]row, len(p.ids))
	for i := range rows {
		rows[i] = row{hot: p.hot[i], id: p.ids[i], home: p.homes[i], booked: p.bookedOf(i), ties: p.tiesOf(i), side: p.side(i)}
	}
	for block := range p.week.stride {
		p.week.read(block, rows[64*block:min(len(rows), 64*block+64)])
	}
	for i := range rows {
		if rows[i].flags&told == 0 {
			rows[i].week = week{}
		}
	}
	p.holders.each(func(h hold) {
		r := &rows[h.row()]
		if h.level() > 0 {
			r.skills = append(r.skills, Skill{h.skill, h.level()})
		}
		if h.goal() {
			r.goals = append(r.goals, h.skill)
		}
	})
	return rows
}

func (p *page) bookedOf(r int) []booking {
	from, until := p.hot[r].booked.in()
	return p.booked[from:until:until]
}

func (p *page) tiesOf(r int) []tie {
	from, until := p.hot[r].ties.in()
	return p.ties[from:until:until]
}

// side may be nil.
func (p *page) side(r int) *side {
	if p.hot[r].flags&sided == 0 {
		return nil
	}
	return p.sides[r]
}

// find is where somebody stands here, or -1.
func (p *page) find(id [16]byte) int { return slices.Index(p.ids, members.MemberID(id)) }
