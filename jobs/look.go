package jobs

import (
	"context"

	"meent/members"
)

// Look is how a list shows a gig at a glance.
type Look struct {
	Group string // of its first skill, in the order of the Dutch words; empty for none
	Photo Photo  // the first; the zero Photo for none
}

// Groups says of which kind the gigs of the actor's cooperative are; the caller knows
// that the actor sees each.
func (s *Service) Groups(ctx context.Context, by members.Actor, gigs []GigID) (map[GigID]string, error) {
	if len(gigs) == 0 {
		return nil, nil
	}
	return listGroups(ctx, s.db, by, gigs)
}

// Group is the kind of work: of its first skill, or empty.
func (g Gig) Group() string {
	if len(g.Skills) == 0 {
		return ""
	}
	return g.Skills[0].GroupCode // in the order of the Dutch words
}
