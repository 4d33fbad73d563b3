package demo

import (
	"cmp"
	"slices"

	"meent/internal/id"
	"meent/members"
)

// worker is a member as work is found for them.
type worker struct {
	member      members.MemberID
	cooperative id.Cooperative
	home        members.Point
	reach       int // metres
	skills      []string
}

// fits reports whether the member may be asked for the client's work.
func (w worker) fits(p poster, template row) bool {
	if w.cooperative != p.actor.Cooperative || w.home.Metres(p.place) > w.reach {
		return false
	}
	return slices.ContainsFunc(template.list("skills"), func(code string) bool { return slices.Contains(w.skills, code) })
}

// work is what a client may post.
type work struct {
	poster   poster
	template row
}

// workFor lists all that fits.
func (h *house) workFor(w worker) (fitting []work) {
	for _, p := range h.posters {
		for _, code := range p.organisation.list("templates") {
			if template, ok := h.template(code); ok && w.fits(p, template) {
				fitting = append(fitting, work{p, template})
			}
		}
	}
	return fitting
}

// regulars are the members of a cooperative for whom there is most work.
func (h *house) regulars(c id.Cooperative, n int) (list []worker) {
	for _, w := range h.workers {
		if w.cooperative == c && len(h.workFor(w)) > 0 {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b worker) int { return cmp.Compare(len(h.workFor(b)), len(h.workFor(a))) })
	return list[:min(n, len(list))]
}
