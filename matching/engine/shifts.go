package engine

import (
	"meent/jobs"
)

// Shifts holds open work, and finds in it for one member. It is read and written as
// Columns are.
type Shifts struct{ sheets *sheets[*sought, shiftPage] }

// NewShifts has no work.
func NewShifts() *Shifts {
	return &Shifts{newSheets(kind[*sought, shiftPage]{
		most:   shiftRows,
		key:    func(s **sought) [16]byte { return (*s).Shift },
		spot:   func(s **sought) spot { return (*s).spot() },
		pack:   packShifts,
		unpack: (*shiftPage).list,
		find:   (*shiftPage).find,
		stays:  func(p *shiftPage, at int, s **sought) bool { return p.all[at].spot() == (*s).spot() },
		with: func(p *shiftPage, at []int, rows []*sought) *shiftPage {
			all := p.list()
			for i := range at {
				all[at[i]] = rows[i]
			}
			return packShifts(all)
		},
		bound: func(p *shiftPage) bound { return p.bound },
	})}
}

// spot keeps work at home together.
func (s *sought) spot() spot {
	if s.Remote {
		return spot{-9}
	}
	return spotOf(s.at, 0)
}

// Put puts work in, instead of what was known of the same shifts.
func (g *Shifts) Put(list []Work) {
	all := make([]*sought, len(list))
	for i := range list {
		own := list[i]
		all[i] = soughtOf(&own)
	}
	g.sheets.change(all, nil)
}

// Drop takes shifts out.
func (g *Shifts) Drop(ids []jobs.ShiftID) {
	keys := make([][16]byte, len(ids))
	for i, id := range ids {
		keys[i] = id
	}
	g.sheets.change(nil, keys)
}

// Len counts the shifts.
func (g *Shifts) Len() int { return g.sheets.shown.Load().rows }
