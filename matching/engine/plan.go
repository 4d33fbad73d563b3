package engine

import "github.com/RoaringBitmap/roaring/v2"

// plan is how pages are found that may have somebody. All plans find the same people.
type plan int

const (
	byPlace plan = iota // those that reach the place
	bySkill             // those in which somebody has the skills
)

// plan is the cheaper one: to look at each page's bound costs little, and to look into
// a page much more, which few pages with a rare skill save.
func (v *View) plan(s *sought) plan {
	if s.Remote {
		return bySkill
	}
	for _, w := range s.wants {
		if w.required {
			if has := v.where.of(w.number); has == nil || int(has.GetCardinality()) < len(v.pages)/16 {
				return bySkill
			}
		}
	}
	return byPlace
}

// found adds the pages that a plan finds.
func (v *View) found(list []uint32, s *sought, by plan) []uint32 {
	if by == bySkill && len(s.wants) > 0 {
		for at := v.having(s).Iterator(); at.HasNext(); {
			if i := at.Next(); s.Remote || !v.bound[i].beyond(s.at) {
				list = append(list, i)
			}
		}
		return list
	}
	for i := range v.bound {
		if s.Remote || !v.bound[i].beyond(s.at) {
			list = append(list, uint32(i))
		}
	}
	return list
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
