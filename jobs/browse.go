package jobs

import (
	"context"
	"slices"
	"time"

	"meent/members"
)

// Wish is what somebody looks for in the list of open gigs. What is left out
// does not limit.
type Wish struct {
	Text   string
	Group  string // of skills: its code
	Metres int    // from the acting member's place; for nobody else
	Page   int    // from 1
}

// Empty reports a wish for nothing in particular.
func (w Wish) Empty() bool { return len(w.words()) == 0 && w.Group == "" && w.Metres <= 0 }

func (w Wish) words() []string { return Query{Text: w.Text}.Words() }

// Found is one page of open gigs, and how they were found.
type Found struct {
	Page
	Plain bool // the index did not answer, so Postgres looked for the bare words
}

// answerTime is how long a page waits for the index.
const answerTime = 300 * time.Millisecond

// Browse finds open gigs with a free seat. The index, nil where there is none,
// only finds: every gig that is shown is read from Postgres, so that one that
// has closed is left out. When the index does not answer in time Postgres finds
// what it can. An empty wish is OpenGigs.
func (s *Service) Browse(ctx context.Context, index Index, by members.Actor, w Wish) (Found, error) {
	w.Page = max(1, w.Page)
	if w.Empty() {
		page, err := s.OpenGigs(ctx, by, w.Page)
		return Found{Page: page}, err
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
	return Found{Page: page}, err
}

func searchInTime(ctx context.Context, index Index, q Query) (Hits, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	return index.Search(ctx, q)
}

// query is the wish as the index understands it.
func (s *Service) query(ctx context.Context, by members.Actor, w Wish) (q Query, err error) {
	q = Query{Cooperative: by.Cooperative, Text: w.Text, Page: w.Page}
	if w.Group != "" {
		if q.Skills, err = listSkillCodes(ctx, s.db, w.Group); err != nil {
			return q, err
		}
		if len(q.Skills) == 0 {
			q.Skills = []string{w.Group} // an unknown group limits too: to nothing
		}
	}
	if w.Metres > 0 && by.Kind == members.RoleMember {
		q.Metres = w.Metres
		q.Near, err = findHome(ctx, s.db, by)
	}
	return q, err
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
	list, err := listPicked(ctx, s.db, by, picked{words: w.words(), group: w.Group, most: mostPlain}, s.now())
	if w.Metres > 0 {
		list = slices.DeleteFunc(list, func(l Listing) bool { return l.Metres > w.Metres })
	}
	from := min(len(list), (w.Page-1)*PageSize)
	return Page{Gigs: list[from:min(len(list), from+PageSize)], Number: w.Page, Total: len(list)}, err
}
