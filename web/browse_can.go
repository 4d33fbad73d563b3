package web

import (
	"context"

	"meent/jobs"
	"meent/matching"
)

// learnFits knows which gigs the acting member can do, where only those are listed, and
// otherwise what stops them at each; nothing of everybody else.
func (r *request) learnFits(ctx context.Context, b *browse) (err error) {
	if b.can {
		b.fits, err = r.web.Matching.CanDo(ctx, r.actor)
	} else {
		b.prospects, err = r.web.Matching.Prospects(ctx, r.actor)
	}
	return err
}

// stops are the rules that stop the member at the gig, none where they can do it
// or nothing is known.
func (b browse) stops(gig jobs.GigID) []matching.Rule { return b.prospects[gig] }

// fitsThem reports that the member is known to be able to do the gig.
func (b browse) fitsThem(gig jobs.GigID) bool {
	broken, known := b.prospects[gig]
	return known && len(broken) == 0
}
