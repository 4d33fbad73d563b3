package web

import (
	"context"
	"slices"

	"meent/jobs"
	"meent/matching"
)

// suggested is a gig that suits a member, with the shift that suits them best as the
// next one, and why.
type suggested struct {
	jobs.Listing
	why  string
	earn string // for that shift
}

// suggestions are what the member's first page suggests; none to who is no member now.
func (r *request) suggestions(ctx context.Context) (list []suggested, err error) {
	found, err := r.web.Matching.Suggestions(ctx, r.actor, memberGigs)
	if err != nil {
		return nil, err
	}
	gigs := make([]jobs.GigID, len(found))
	for i, s := range found {
		gigs[i] = s.Gig
	}
	listed, err := r.web.Jobs.Listings(ctx, r.actor, gigs)
	for _, l := range listed {
		s := found[slices.Index(gigs, l.ID)]
		l.Next = s.Shift
		list = append(list, suggested{l, r.bestWhy(s.Explanation), r.earns(l.Rate, jobs.Seat{Rate: l.Rate, Shift: s.Shift}.Pay())})
	}
	return list, err
}

// bestWhy is the strongest reason of the work itself: of which the member has the
// largest part of the points. How much work they had is the same for each suggestion.
func (r *request) bestWhy(e matching.Explanation) (why string) {
	best, said := 0, e.Says(matching.ToMember)
	for _, kind := range []matching.PointKind{matching.KnownPoints, matching.GrowthPoints, matching.FitPoints, matching.NearPoints, matching.CalmPoints, matching.RoomPoints} {
		for _, s := range said {
			if s.Kind == kind && 1000*s.Points/s.Of > best {
				why, best = r.saidToMember(s), 1000*s.Points/s.Of
			}
		}
	}
	return why
}
