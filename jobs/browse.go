package jobs

import (
	"context"
	"slices"
	"time"

	"meent/members"
)

// answerTime is how long a page waits for the index: half of its 300 ms, for
// without an answer Postgres is asked after that. See breaker.
const answerTime = 150 * time.Millisecond

// Browse finds open gigs with a free seat. The index, nil where there is none,
// only finds: every gig that is shown is read from Postgres, so that one that
// has closed is left out. When the index does not answer in time Postgres finds
// all but stems and typing errors. An empty wish is OpenGigs, with counts.
func (s *Service) Browse(ctx context.Context, index Index, by members.Actor, w Wish) (Found, error) {
	w.Page = max(1, w.Page)
	q, err := s.query(ctx, by, w)
	if err != nil {
		return Found{}, err
	}
	hits, plain, err := s.find(ctx, index, by, q)
	if err != nil {
		return Found{}, err
	}
	if w.Empty() && (by.Kind == members.RoleCoordinator || index != nil && !plain) {
		page, err := s.OpenGigs(ctx, by, w.Page)
		return Found{Page: page, Counts: hits.Counts}, err
	}
	page, err := s.read(ctx, by, w.ranked(hits))
	page.Number = w.Page
	return Found{Page: page, Counts: hits.Counts, Plain: plain && !w.Empty(), read: hits.read}, err
}

// find asks the index, and Postgres when that gives no answer. It reports that
// there is an index, and that it gave none.
func (s *Service) find(ctx context.Context, index Index, by members.Actor, q Query) (hits Hits, plain bool, err error) {
	if index != nil {
		blocked, err := s.keptAway(ctx, by)
		if err != nil {
			return Hits{}, false, err
		}
		if hits, err := s.findByIndex(ctx, index, by, q, blocked); err == nil || !unanswered(err) {
			return hits, false, err
		}
	}
	hits, err = s.findPlain(ctx, by, q)
	return hits, index != nil, err
}

// read turns hits into what lists show, in the order of the hits. What has closed
// since they were found is left out.
func (s *Service) read(ctx context.Context, by members.Actor, hits Hits) (Page, error) {
	list, err := listPicked(ctx, s.db, by, hits.Gigs, s.now())
	slices.SortFunc(list, func(a, b Listing) int {
		return slices.Index(hits.Gigs, a.ID) - slices.Index(hits.Gigs, b.ID)
	})
	return Page{Gigs: list, Total: hits.Total - (len(hits.Gigs) - len(list))}, err
}
