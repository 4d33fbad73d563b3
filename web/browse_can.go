package web

import (
	"context"

	"meent/jobs"
	"meent/matching"
)

// canDo are the acting member's prospects: which gigs they can do, and what
// stops them at the others. Nil for everybody else.
func (r *request) canDo(ctx context.Context) (matching.Prospects, error) {
	return r.web.Matching.Prospects(ctx, r.actor)
}

// onlyFits are the gigs that the list is limited to when only those count that the
// member can do; nil is any.
func onlyFits(s sought, prospects matching.Prospects) []jobs.GigID {
	if !s.can || prospects == nil {
		return nil
	}
	return append([]jobs.GigID{}, prospects.Fits()...)
}

// stops are the rules that stop the member at the gig, none where they can do it
// or nothing is known.
func (b browse) stops(gig jobs.GigID) []matching.Rule { return b.prospects[gig] }

// fitsThem reports that the member is known to be able to do the gig.
func (b browse) fitsThem(gig jobs.GigID) bool {
	broken, known := b.prospects[gig]
	return known && len(broken) == 0
}
