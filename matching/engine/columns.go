package engine

import (
	"bytes"
	"crypto/sha256"
	"time"

	"meent/jobs"
	"meent/members"
)

// Columns holds the members of a cooperative, and finds among them. Many may read
// while one writes: each query sees one state, and waits for nobody.
type Columns struct{ sheets *sheets[row, page] }

// NewColumns has nobody.
func NewColumns() *Columns {
	return &Columns{newSheets(kind[row, page]{
		most:   pageRows,
		key:    func(r *row) [16]byte { return r.id },
		cell:   func(r *row) uint64 { return cell(r.cold.home) },
		pack:   pack,
		unpack: unpack,
		bound:  func(p *page) bound { return p.bound },
		skills: func(p *page) []uint16 { return p.skills },
	})}
}

// Put puts members in, instead of what was known of them. All of them appear at
// once. What they point at is not changed by the caller any more.
func (c *Columns) Put(list []Member) {
	rows := make([]row, len(list))
	for i := range list {
		rows[i] = rowOf(&list[i])
	}
	c.sheets.change(rows, nil)
}

// Drop takes members out. Who is not there stays away.
func (c *Columns) Drop(ids []members.MemberID) {
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	c.sheets.change(nil, keys)
}

// Now is the state at this moment. It never changes.
func (c *Columns) Now() *View { return &View{c.sheets.shown.Load()} }

// View is one state of the columns.
type View struct{ *shown[page] }

// Len counts the members.
func (v *View) Len() int { return v.rows }

// Ranked is a member who may be asked, and why.
type Ranked struct {
	Member members.MemberID
	Facts  Facts
	Points Points
	Total  int
}

// Best gives who may be asked for the work now, the highest points first, at most so
// many. Ties break by a lot of the shift. Who was asked before is not among them.
func (v *View) Best(w *Work, now time.Time, most int, weights *Weights) []Ranked {
	s := soughtOf(w)
	return v.best(s, momentOf(now), most, weights, v.plan(s))
}

func (v *View) best(s *sought, now moment, most int, weights *Weights, by plan) []Ranked {
	best := top[member]{most: most, lot: func(m member) [32]byte { return lot(s.Shift, m.page.ids[m.row]) }}
	facts := Facts{Asked: make([]AskedSkill, len(s.wants))}
	v.each(s, by, func(p *page, l *lists) {
		l.able(s).each(func(r int) {
			if !s.mayAsk(p, r, l, now) {
				return
			}
			s.facts(p, r, l.have, &facts)
			best.offer(Score(&facts, weights).Total(), member{p, r})
		})
	})
	ranked := make([]Ranked, 0, len(best.list))
	for _, one := range best.sorted() {
		ranked = append(ranked, rankedOf(s, one.it.page, one.it.row, weights))
	}
	return ranked
}

type member struct {
	page *page
	row  int
}

func rankedOf(s *sought, p *page, r int, weights *Weights) Ranked {
	l := listsOf(p, s)
	l.of(r)
	f := Facts{Asked: make([]AskedSkill, len(s.wants))}
	s.facts(p, r, l.have, &f)
	points := Score(&f, weights)
	return Ranked{p.ids[r], f, points, points.Total()}
}

// mayAsk reports that an offer may be written: that somebody helps the first time is
// for a coach who sees it first.
func (s *sought) mayAsk(p *page, r int, l *lists, now moment) bool {
	if s.plain(p, r) != 0 || p.side[r] != nil && within(p.side[r].had, s.Shift) {
		return false
	}
	if !s.Remote && p.at[r].beyond(s.at, float32(p.reach[r])) || len(s.week.words) > 0 && !s.fits(p, r) {
		return false
	}
	l.of(r)
	enough := 1
	if p.side[r].coached(now) {
		enough = 2
	}
	return s.judge(p, r, l.have, now, enough)&^s.passes(p, r, now) == 0
}

// passes are the rules that do not keep an offer from being written.
func (s *sought) passes(p *page, r int, now moment) Rules {
	if p.side[r].coached(now) {
		return Rules(0).With(RailFirstRule)
	}
	return 0
}

// Judge gives all rules that do not hold for a member, and what the points would be
// made of. Who is not here breaks WorksRule.
func (v *View) Judge(w *Work, id members.MemberID, now time.Time) (Rules, Facts) {
	s, p := soughtOf(w), (*page)(nil)
	if p, _, _ = v.find(id); p == nil {
		return Rules(0).With(WorksRule), Facts{}
	}
	for r := range p.ids {
		if p.ids[r] == id {
			l := listsOf(p, s)
			l.of(r)
			f := Facts{Asked: make([]AskedSkill, len(s.wants))}
			s.facts(p, r, l.have, &f)
			return s.judge(p, r, l.have, momentOf(now), int(rules)+1), f
		}
	}
	return Rules(0).With(WorksRule), Facts{}
}

// NearMisses counts, of each rule, for how many it is the only one that keeps an offer
// from them. Who was asked before is not among them.
func (v *View) NearMisses(w *Work, now time.Time) map[Rule]int {
	s, at, counts := soughtOf(w), momentOf(now), map[Rule]int{}
	for _, p := range v.pages {
		l := listsOf(p, s)
		for r := range p.ids {
			if p.side[r] != nil && within(p.side[r].had, s.Shift) || s.plain(p, r).Len() > 1 {
				continue
			}
			l.of(r)
			// One more than two, because one of them may be one that passes.
			if broken := s.judge(p, r, l.have, at, 3) &^ s.passes(p, r, at); broken.Len() == 1 {
				counts[broken.List()[0]]++
			}
		}
	}
	return counts
}

// facts fills in what points are made of. Asked has its length already.
func (s *sought) facts(p *page, r int, have []holder, f *Facts) {
	c := &p.cold[r]
	*f = Facts{Asked: f.Asked, Helps: s.Helps, Metres: s.metres(p, r), Reach: int(p.reach[r]), Remote: s.Remote, Loads: s.Loads, Pay: s.Pay, Wanted: ShareWeeks * c.wanted}
	for i := range s.wants {
		f.Asked[i] = AskedSkill{Want: s.Asked[i].Level}
		if level := have[i].level(); level >= s.wants[i].least {
			f.Asked[i].Have = level
		}
		f.Grows = f.Grows || have[i].goal()
	}
	for i := range f.Bears {
		f.Bears[i] = c.bear(i)
	}
	if c.wanted <= 0 {
		f.Wanted = UsualWant
	}
	if p.flags[r]&roomTold != 0 {
		f.Limited, f.Left = true, c.room
	}
	side := p.side[r]
	if side == nil {
		return
	}
	if f.Limited {
		f.Left -= s.earned(side.booked)
	}
	for _, b := range s.near(side.booked, ShareSide) {
		f.Received += b.Ends.Sub(b.Starts)
	}
	if t := side.tie(s.Client); t != nil {
		f.Times = t.Agreed
	}
}

// lot breaks ties: it is drawn anew for each shift, so that no order favours anybody
// for ever.
func lot(shift jobs.ShiftID, m members.MemberID) [32]byte {
	return sha256.Sum256(append(shift[:], m[:]...))
}

// top keeps the best so many.
type top[T any] struct {
	most int
	lot  func(T) [32]byte
	list []placed[T] // a heap: the worst first
}

type placed[T any] struct {
	total int
	lot   [32]byte
	drawn bool
	it    T
}

// worse orders two places; lots are only drawn where points do not decide.
func (t *top[T]) worse(a, b *placed[T]) bool {
	if a.total != b.total {
		return a.total < b.total
	}
	for _, one := range [2]*placed[T]{a, b} {
		if !one.drawn {
			one.lot, one.drawn = t.lot(one.it), true
		}
	}
	return bytes.Compare(a.lot[:], b.lot[:]) > 0
}

func (t *top[T]) offer(total int, it T) {
	one := placed[T]{total: total, it: it}
	if len(t.list) < t.most {
		t.list = append(t.list, one)
		for i := len(t.list) - 1; i > 0 && t.worse(&t.list[i], &t.list[(i-1)/2]); i = (i - 1) / 2 {
			t.list[i], t.list[(i-1)/2] = t.list[(i-1)/2], t.list[i]
		}
		return
	}
	if t.most <= 0 || total < t.list[0].total || !t.worse(&t.list[0], &one) {
		return
	}
	t.list[0] = one
	t.sink(len(t.list))
}

func (t *top[T]) sink(n int) {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < n; child++ {
			if t.worse(&t.list[child], &t.list[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		t.list[i], t.list[least], i = t.list[least], t.list[i], least
	}
}

// sorted ends it: the best first.
func (t *top[T]) sorted() []placed[T] {
	for n := len(t.list) - 1; n > 0; n-- {
		t.list[0], t.list[n] = t.list[n], t.list[0]
		t.sink(n)
	}
	return t.list
}
