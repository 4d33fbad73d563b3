package jobs

import (
	"context"
	"time"

	"meent/members"
)

// DisputedWork is work with the part of its hours that is in dispute, and what
// was said about them.
type DisputedWork struct {
	Work
	Disagreement Disagreement
	Steps        []Step
}

// Disputes lists the disputes of the acting coordinator's cooperative that wait,
// the oldest first, at most 200; none for everybody else.
func (s *Service) Disputes(ctx context.Context, by members.Actor) ([]DisputedWork, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listDisputes(ctx, s.db, by.Cooperative)
}

// DisputesWaiting counts them, and gives since when the oldest waits.
func (s *Service) DisputesWaiting(ctx context.Context, by members.Actor) (count int, oldest time.Time, err error) {
	if by.Kind != members.RoleCoordinator {
		return 0, oldest, nil
	}
	return countDisputes(ctx, s.db, by.Cooperative)
}

// DisputeOf gives the dispute about an engagement to its member, its client and
// the coordinators, with the words of both sides. It returns members.ErrNotFound to
// everybody else and where there is none, and members.ErrNoKey.
func (s *Service) DisputeOf(ctx context.Context, by members.Actor, engagement EngagementID) (d DisputedWork, err error) {
	if d.Work, err = findSideWork(ctx, s.db, by, engagement); err != nil {
		return d, err
	}
	if d.Disagreement, err = findDispute(ctx, s.db, by.Cooperative, engagement); err != nil {
		return d, err
	}
	one := &d.Disagreement
	err = s.people.OpenAll(ctx, s.db, []members.SealedText{
		{Person: d.person, Column: disputeColumn(engagement), Sealed: one.reason, Into: &one.Reason, Gone: &one.Gone},
		{Person: d.person, Column: decisionColumn(engagement), Sealed: one.decision, Into: &one.Decision, Gone: &one.Gone},
	})
	if err == nil {
		d.Steps, err = s.steps(ctx, by.Cooperative, d.Work)
	}
	return d, err
}
