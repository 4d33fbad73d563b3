package jobs

import (
	"context"
	"slices"
	"time"

	"meent/members"
)

// answerTime is how long a page waits for the index.
const answerTime = 300 * time.Millisecond

// Browse finds open gigs with a free seat. The index, nil where there is none,
// only finds: every gig that is shown is read from Postgres, so that one that
// has closed is left out. When the index does not answer in time Postgres finds
// what it can. An empty wish is OpenGigs.
func (s *Service) Browse(ctx context.Context, index Index, by members.Actor, w Wish) (Found, error) {
	w.Page = max(1, w.Page)
	if w.Empty() {
		return s.allOpen(ctx, index, by, w)
	}
	q, err := s.query(ctx, by, w)
	if err != nil {
		return Found{}, err
	}
	if index == nil {
		page, err := s.browsePlain(ctx, by, w)
		return Found{Page: page}, err
	}
	hits, err := searchInTime(ctx, index, q)
	if err != nil {
		page, err := s.browsePlain(ctx, by, w)
		return Found{Page: page, Plain: true}, err
	}
	page, err := s.read(ctx, by, hits)
	page.Number = w.Page
	return Found{Page: page, Counts: hits.Counts}, err
}

func searchInTime(ctx context.Context, index Index, q Query) (Hits, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	return index.Search(ctx, q)
}

// read turns hits into what lists show, in the order of the hits.
func (s *Service) read(ctx context.Context, by members.Actor, hits Hits) (Page, error) {
	list, err := listPicked(ctx, s.db, by, picked{gigs: hits.Gigs, only: true, most: len(hits.Gigs)}, s.now())
	slices.SortFunc(list, func(a, b Listing) int {
		return slices.Index(hits.Gigs, a.ID) - slices.Index(hits.Gigs, b.ID)
	})
	return Page{Gigs: list, Total: hits.Total - (len(hits.Gigs) - len(list))}, err
}

// mostPlain is how many gigs Postgres looks through for a wish.
const mostPlain = 500

// browsePlain finds the bare words, without stems and typing errors, the soonest
// gig first.
func (s *Service) browsePlain(ctx context.Context, by members.Actor, w Wish) (Page, error) {
	list, err := listPicked(ctx, s.db, by, picked{words: w.words(), groups: w.Groups, most: mostPlain}, s.now())
	if w.Metres > 0 {
		list = slices.DeleteFunc(list, func(l Listing) bool { return l.Metres > w.Metres })
	}
	from := min(len(list), (w.Page-1)*PageSize)
	return Page{Gigs: list[from:min(len(list), from+PageSize)], Number: w.Page, Total: len(list)}, err
}
