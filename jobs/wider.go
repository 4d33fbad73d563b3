package jobs

import (
	"context"

	"meent/members"
)

// Wider is how many gigs Browse would find for each of the wishes, which are that of
// an empty list with less of it. Where Postgres found that list it has read all that
// it takes, and is not asked again. When the index gives no answer any more the
// totals end there: nobody waits for it again.
func (s *Service) Wider(ctx context.Context, index Index, by members.Actor, empty Found, wishes []Wish) (totals []int, err error) {
	for _, w := range wishes {
		if empty.read != nil && !(w.Empty() && by.Kind == members.RoleCoordinator) {
			totals = append(totals, total(empty.read, w.asked(by)))
			continue
		}
		found, err := s.Browse(ctx, index, by, w)
		if err != nil || found.Plain {
			return totals, err
		}
		totals = append(totals, found.Total)
	}
	return totals, nil
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
