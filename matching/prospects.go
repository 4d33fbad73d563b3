package matching

import (
	"context"

	"meent/jobs"
	"meent/members"
)

// Prospects are the open gigs with a free seat that a member may see: of each,
// the rules that stop them on the shift that fits best. None: they can do it.
type Prospects map[jobs.GigID][]Rule

// Fits lists those that the member can do; never nil.
func (p Prospects) Fits() []jobs.GigID {
	fits := []jobs.GigID{}
	for gig, broken := range p {
		if len(broken) == 0 {
			fits = append(fits, gig)
		}
	}
	return fits
}

// Prospects looks at the gigs one by one. Nobody but a member has any.
func (s *Service) Prospects(ctx context.Context, by members.Actor) (Prospects, error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	all := Prospects{}
	for number := 1; ; number++ {
		page, err := s.jobs.OpenGigs(ctx, by, number)
		if err != nil {
			return nil, err
		}
		for _, l := range page.Gigs {
			chances, err := s.Chances(ctx, by, l.ID)
			if err != nil {
				return nil, err
			}
			for i, c := range chances {
				if i == 0 || len(c.Broken) < len(all[l.ID]) {
					all[l.ID] = c.Broken
				}
			}
		}
		if number >= page.Pages() {
			return all, nil
		}
	}
}
