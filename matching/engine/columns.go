package engine

import "meent/members"

// Columns holds the members of a cooperative, and finds among them. Many may read
// while one writes: each query sees one state, and waits for nobody.
type Columns struct{ sheets *sheets[row, page] }

// NewColumns has nobody.
func NewColumns() *Columns {
	return &Columns{newSheets(kind[row, page]{
		most:   pageRows,
		key:    func(r *row) [16]byte { return r.id },
		spot:   func(r *row) spot { return spotOf(r.at, r.reach) },
		pack:   pack,
		unpack: unpack,
		find:   (*page).find,
		stays:  func(p *page, at int, r *row) bool { return p.homes[at] == r.home && p.hot[at].reach == r.reach },
		with: func(p *page, at []int, rows []row) *page {
			list := make([]changed, len(at))
			for i := range at {
				list[i] = changed{at[i], rows[i]}
			}
			return p.with(list)
		},
		bound:  func(p *page) bound { return p.bound },
		skills: func(p *page) []uint16 { return p.holders.skills.list() },
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
