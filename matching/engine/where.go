package engine

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// where says in which pages somebody has a skill. It never changes either.
type where []*[skillsTogether]*roaring.Bitmap

// skillsTogether are copied together.
const skillsTogether = 16

// of may be nil: nobody has it. Nobody changes what it gives.
func (w where) of(skill uint16) *roaring.Bitmap {
	group := int(skill) / skillsTogether
	if group >= len(w) || w[group] == nil {
		return nil
	}
	return w[group][int(skill)%skillsTogether]
}

// change gives it with a page that has other skills; both lists are in order.
func (w where) change(page uint32, were, are []uint16) where {
	if slices.Equal(were, are) {
		return w
	}
	next, own := slices.Clone(w), map[int]bool{}
	set := func(skill uint16, has bool) {
		group := int(skill) / skillsTogether
		for group >= len(next) {
			next = append(next, nil)
		}
		if !own[group] {
			fresh := new([skillsTogether]*roaring.Bitmap)
			if next[group] != nil {
				*fresh = *next[group]
			}
			next[group], own[group] = fresh, true
		}
		one := &next[group][int(skill)%skillsTogether]
		if *one == nil {
			*one = roaring.New()
		} else {
			*one = (*one).Clone()
		}
		if has {
			(*one).Add(page)
		} else {
			(*one).Remove(page)
		}
	}
	for _, skill := range were {
		if _, still := slices.BinarySearch(are, skill); !still {
			set(skill, false)
		}
	}
	for _, skill := range are {
		if _, already := slices.BinarySearch(were, skill); !already {
			set(skill, true)
		}
	}
	return next
}
