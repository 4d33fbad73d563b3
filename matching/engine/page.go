package engine

import (
	"math"
	"slices"

	"meent/members"
)

// A page holds at the most so many members, in blocks of those nearest each other.
const (
	pageRows  = 1 << holderLevel
	blockRows = 64
)

// page holds some members who live near each other and travel about as far. It never
// changes; where a row becomes another, the next page shares what stays as it is.
// Gates and blocks, which every look reads, stand in the page itself: to follow a pointer
// would be one wait more.
type page struct {
	table
	holders holders
	bound   bound
	blocks  blocks
	gates   gates
}

// table is what is kept of each row, a list for each thing.
type table struct {
	ids    []members.MemberID
	homes  []members.Point
	hot    []hot
	prints []print
	week   weeks
	booked []booking
	ties   []tie
	sides  []*side // nil: nobody has any
}

// changed is a row that came in the place of another.
type changed struct {
	at  int
	row row
}

func pack(rows []row) *page {
	p := &page{
		table: table{
			ids: make([]members.MemberID, len(rows)), homes: make([]members.Point, len(rows)), hot: make([]hot, len(rows)), prints: make([]print, len(rows)),
			week: weeksOf(rows),
		},
		holders: holdersOf(rows), gates: gatesOf(rows),
	}
	for i := range rows {
		r := &rows[i]
		p.ids[i], p.homes[i], p.hot[i], p.prints[i] = r.id, r.home, r.hot, r.print()
	}
	p.keepLists(rows)
	p.bound, p.blocks = boundsOf(p.hot)
	return p
}

// keepLists keeps what not everybody has, in the order of the rows.
func (p *page) keepLists(rows []row) {
	p.setLists(func(i int) ([]booking, []tie, *side) { return rows[i].booked, rows[i].ties, rows[i].side })
}

func (p *page) setLists(of func(int) ([]booking, []tie, *side)) {
	booked, ties, sides := 0, 0, false
	for i := range p.hot {
		b, t, d := of(i)
		booked, ties, sides = booked+len(b), ties+len(t), sides || d != nil
	}
	p.booked, p.ties, p.sides = make([]booking, 0, booked), make([]tie, 0, ties), nil
	if sides {
		p.sides = make([]*side, len(p.hot))
	}
	for i := range p.hot {
		b, t, d := of(i)
		if p.hot[i].booked, p.hot[i].ties = partOf(&p.booked, b), partOf(&p.ties, t); sides {
			p.sides[i] = d
		}
	}
}

// with has other rows in the places of some, which keep key, place and reach. What is
// as it was the pages share.
func (p *page) with(list []changed) *page {
	q := *p
	q.hot = slices.Clone(p.hot)
	lists, weeks, skills := false, false, false
	for i := range list {
		c := &list[i]
		q.hot[c.at] = c.row.hot
		q.hot[c.at].booked, q.hot[c.at].ties = p.hot[c.at].booked, p.hot[c.at].ties
		lists = lists || c.row.side != nil || p.side(c.at) != nil || !slices.Equal(c.row.booked, p.bookedOf(c.at)) || !slices.Equal(c.row.ties, p.tiesOf(c.at))
		now, was := c.row.print(), p.prints[c.at]
		weeks, skills = weeks || now.week != was.week, skills || now.skills != was.skills
	}
	if lists {
		q.setListsWith(p, list)
	}
	if weeks || skills {
		q.prints = slices.Clone(p.prints)
		for i := range list {
			q.prints[list[i].at] = list[i].row.print()
		}
	}
	if weeks {
		q.week = p.week.with(list)
	}
	if skills {
		q.holders = p.holders.with(list)
	}
	q.gates = p.gates.with(list)
	return &q
}

func (p *page) setListsWith(was *page, list []changed) {
	fresh := make(map[int]*row, len(list))
	for i := range list {
		fresh[list[i].at] = &list[i].row
	}
	p.setLists(func(i int) ([]booking, []tie, *side) {
		if r := fresh[i]; r != nil {
			return r.booked, r.ties, r.side
		}
		return was.bookedOf(i), was.tiesOf(i), was.side(i)
	})
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
	p.unpackSkills(rows)
	return rows
}

// unpackSkills counts first, so that the lists of all rows stand in two.
func (p *page) unpackSkills(rows []row) {
	var skills, goals [pageRows]int
	for _, h := range p.holders.holds {
		skills[h.row()] += min(1, int(h.level()))
		goals[h.row()] += int(h / holderGoal & 1)
	}
	n := len(p.holders.holds)
	allSkills, allGoals := make([]Skill, n), make([]uint16, n)
	for i := range rows {
		rows[i].skills, allSkills = allSkills[:0:skills[i]], allSkills[skills[i]:]
		rows[i].goals, allGoals = allGoals[:0:goals[i]], allGoals[goals[i]:]
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
}

// lines reads a little of what a judge of a row needs.
func (p *page) lines(row int) (n uint32) {
	if b := p.hot[row].booked; int(b) < len(p.booked) {
		n = uint32(p.booked[b].starts)
	}
	return n + uint32(math.Float64bits(p.homes[row].Lat)) + uint32(p.ids[row][0])
}

// side may be nil.
func (t *table) side(r int) *side {
	if t.hot[r].flags&sided == 0 {
		return nil
	}
	return t.sides[r]
}

// find is where somebody stands here, or -1.
func (p *page) find(id [16]byte) int { return slices.Index(p.ids, members.MemberID(id)) }
