package jobs

import (
	"context"
	"time"

	"meent/members"
)

// Facts says how the gigs of the acting contact's client stand, by gig; nothing
// to everybody else. Offers are not known here: see matching.
func (s *Service) Facts(ctx context.Context, by members.Actor) (map[GigID]Facts, error) {
	if by.Client.IsZero() {
		return nil, nil
	}
	now := s.now()
	return listFacts(ctx, s.db, by.Cooperative, by.Client, now, endOfDay(now))
}

// FactsOf says how one gig stands, to those who run it. It returns
// members.ErrNotFound to everybody else.
func (s *Service) FactsOf(ctx context.Context, by members.Actor, gig GigID) (Facts, error) {
	if !runs(by) {
		return Facts{}, members.ErrNotFound
	}
	now := s.now()
	return findFacts(ctx, s.db, by, gig, now, endOfDay(now))
}

// endOfDay is the midnight that comes, on the clock of the Netherlands.
func endOfDay(now time.Time) time.Time { return midnight(members.DayOf(now).AddDays(1)) }
