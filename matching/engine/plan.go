package engine

import "github.com/RoaringBitmap/roaring/v2"

// plan is how pages are found that may have somebody. All plans find the same people.
type plan int

const (
	cells    plan = iota // those that reach the place
	postings             // those in which somebody has the skills
)

// plan is the cheaper one: to look at each page's bound costs little, and to look into
// a page much more, which few pages with a rare skill save.
func (v *View) plan(s *sought) plan {
	if s.Remote {
		return postings
	}
	for _, w := range s.wants {
		if w.required {
			if has := v.where.of(w.number); has == nil || int(has.GetCardinality()) < len(v.pages)/16 {
				return postings
			}
		}
	}
	return cells
}

// each looks into the pages that a plan finds.
func (v *View) each(s *sought, by plan, do func(*page, *lists)) {
	l := &lists{who: make([][]holder, len(s.wants)), have: make([]holder, len(s.wants))}
	look := func(i int) {
		if !s.Remote && v.bound[i].beyond(s.at) {
			return
		}
		if p := v.pages[i]; l.fill(p, s) {
			do(p, l)
		}
	}
	if by == postings && len(s.wants) > 0 {
		for at := v.having(s).Iterator(); at.HasNext(); {
			look(int(at.Next()))
		}
		return
	}
	for i := range v.pages {
		look(i)
	}
}

// having are the pages with the required skills; where none is, with any.
func (v *View) having(s *sought) *roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, w := range s.wants {
		has := v.where.of(w.number)
		switch {
		case has != nil && (w.required || s.required == 0):
			all = append(all, has)
		case has == nil && w.required:
			return roaring.New()
		}
	}
	if s.required > 0 {
		return roaring.FastAnd(all...)
	}
	return roaring.FastOr(all...)
}

// lists are who has each wanted skill in one page, and how one row does.
type lists struct {
	n    int
	who  [][]holder
	have []holder
}

func listsOf(p *page, s *sought) *lists {
	l := &lists{who: make([][]holder, len(s.wants)), have: make([]holder, len(s.wants))}
	l.fill(p, s)
	return l
}

// fill reports whether somebody may have what is required.
func (l *lists) fill(p *page, s *sought) bool {
	l.n = len(p.ids)
	some := true
	for i, w := range s.wants {
		l.who[i] = p.who(w.number)
		some = some && (len(l.who[i]) > 0 || !w.required)
	}
	return some
}

// of fills in how a row has each.
func (l *lists) of(r int) {
	for i, who := range l.who {
		l.have[i], _ = held(who, r)
	}
}

// able are the rows that can do the work.
func (l *lists) able(s *sought) *set {
	if len(s.wants) == 0 {
		all := everyone(l.n)
		return &all
	}
	var able set
	first := true
	for i, w := range s.wants {
		if s.required > 0 && !w.required {
			continue
		}
		var one set
		for _, h := range l.who[i] {
			if h.level() >= w.least {
				one.add(h.row())
			}
		}
		switch {
		case first:
			able, first = one, false
		case s.required > 0:
			for k := range able {
				able[k] &= one[k]
			}
		default:
			for k := range able {
				able[k] |= one[k]
			}
		}
	}
	return &able
}
