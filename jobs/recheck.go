package jobs

import (
	"context"
	"slices"

	"meent/members"
)

const (
	window    = mostOnPage // hits that are looked at together
	mostExtra = 3          // windows beyond those of the page, to fill it
	recounted = 500        // gigs: up to there a page begins after what the earlier ones show, and not after what they found
)

// findByIndex gives a page of gigs that are to be seen now, whatever the index
// says: what is not is passed over, and the page is filled from what follows.
// Blocked are gigs that the actor does not want to see: neither are they counted.
// It returns an unansweredError when the index gave no answer.
func (s *Service) findByIndex(ctx context.Context, index Index, by members.Actor, q Query, blocked []GigID) (Hits, error) {
	ask := s.asking(ctx, index)
	defer ask.done()
	q.Size = PageSize
	q, err := q.Tidy()
	if err != nil {
		return Hits{}, err
	}
	v, err := s.view(ctx, ask, by, q, blocked)
	if err != nil {
		return Hits{}, err
	}
	v.hits.Gigs = v.page(q)
	return v.hits, v.without(ask, q, blocked)
}

// view is what was found, and which of it is to be seen.
type view struct {
	hits    Hits
	first   int // of all hits, the first that was looked at
	visible []GigID
	gone    int // hits that closed since, or were never true
}

// view looks at windows of hits until the page is full.
func (s *Service) view(ctx context.Context, ask *asking, by members.Actor, q Query, blocked []GigID) (v view, err error) {
	from := (q.Page - 1) * q.Size
	if from+q.Size > recounted {
		v.first = from / window * window
	}
	last := (from-v.first)/window + mostExtra
	for n := 0; n <= last && len(v.visible) < from-v.first+q.Size; n++ {
		some := q
		some.Size, some.Page, some.Count = window, v.first/window+n+1, q.Count && n == 0
		found, err := ask.search(some)
		if err != nil {
			return v, err
		}
		if n == 0 {
			v.hits = found
		}
		seen, err := listVisible(ctx, s.db, by, found.Gigs, s.now())
		if err != nil {
			return v, err
		}
		v.take(found.Gigs, seen, blocked)
		if len(found.Gigs) < window {
			break
		}
	}
	return v, nil
}

// take keeps the order of the hits. One that comes twice is shown once.
func (v *view) take(gigs []GigID, seen map[GigID]bool, blocked []GigID) {
	for _, gig := range gigs {
		switch {
		case seen[gig] && !slices.Contains(v.visible, gig):
			v.visible = append(v.visible, gig)
		case !slices.Contains(blocked, gig):
			v.gone++
		}
	}
}

// page is what the query's page shows.
func (v *view) page(q Query) []GigID {
	from := min(len(v.visible), (q.Page-1)*q.Size-v.first)
	return v.visible[from:min(len(v.visible), from+q.Size)]
}

// without takes what is not to be seen from the total, and what is blocked also
// from the counts: the index itself tells how often it counted that.
func (v *view) without(ask *asking, q Query, blocked []GigID) error {
	v.hits.Total = max(v.hits.Total-v.gone, 0)
	if q.Only != nil {
		blocked = slices.DeleteFunc(slices.Clone(blocked), func(gig GigID) bool { return !slices.Contains(q.Only, gig) })
	}
	if len(blocked) == 0 {
		return nil
	}
	q.Only, q.Page, q.Size = blocked, 1, 1
	hidden, err := ask.search(q)
	v.hits.Total = max(v.hits.Total-hidden.Total, len(v.visible))
	v.hits.Counts.less(hidden.Counts)
	return err
}

// keptAway are the open gigs to come of clients whom the acting member keeps
// away.
func (s *Service) keptAway(ctx context.Context, by members.Actor) ([]GigID, error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	return listKeptAway(ctx, s.db, by)
}
