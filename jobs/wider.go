package jobs

import (
	"context"
	"time"

	"meent/members"
)

// widerTime is how long a page waits for all that it tells of wider lists.
const widerTime = 150 * time.Millisecond

// Wider is how many gigs Browse would find for each of the wishes, which are that of
// an empty list with less of it. Where Postgres found that list it has read all that
// it takes, and is not asked again. When the index gives no answer any more, or the
// time for all of them is over, the totals end there: nobody waits for it again.
func (s *Service) Wider(ctx context.Context, index Index, by members.Actor, empty Found, wishes []Wish) (totals []int, err error) {
	within, done := context.WithTimeout(ctx, widerTime)
	defer done()
	for _, w := range wishes {
		if empty.read != nil && !(w.Empty() && by.Kind == members.RoleCoordinator) {
			totals = append(totals, total(empty.read, w.asked(by)))
			continue
		}
		n, err := s.totalOf(within, index, by, w)
		if unanswered(err) || within.Err() != nil && ctx.Err() == nil {
			return totals, nil
		}
		if err != nil {
			return totals, err
		}
		totals = append(totals, n)
	}
	return totals, nil
}

// totalOf is what Browse finds, without counts, and without Postgres where the index
// gives no answer: that is an unansweredError.
func (s *Service) totalOf(ctx context.Context, index Index, by members.Actor, w Wish) (int, error) {
	if w.Empty() || index == nil { // without an index only what is empty comes here
		page, err := s.OpenGigs(ctx, by, 1)
		return page.Total, err
	}
	q, err := s.query(ctx, by, w)
	if err != nil {
		return 0, err
	}
	q.Count = false
	blocked, err := s.keptAway(ctx, by)
	if err != nil {
		return 0, err
	}
	hits, err := s.findByIndex(ctx, index, by, q, blocked)
	if err != nil {
		return 0, err
	}
	page, err := s.read(ctx, by, hits)
	return page.Total, err
}

// total is how many of them fit.
func total(all []candidate, q Query) (n int) {
	w := newWanted(q)
	for _, c := range all {
		if matches(c, w) {
			n++
		}
	}
	return n
}
