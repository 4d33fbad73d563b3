package jobs

import (
	"context"
	"time"

	"meent/members"
)

// AbsencesDenied lists the work of which the member says that they were there, and
// nobody of the office looked: the oldest first, at most 200; none for everybody
// but a coordinator.
func (s *Service) AbsencesDenied(ctx context.Context, by members.Actor) ([]Work, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listDenied(ctx, s.db, by.Cooperative)
}

// AbsencesWaiting counts them, and gives since when the oldest waits.
func (s *Service) AbsencesWaiting(ctx context.Context, by members.Actor) (count int, oldest time.Time, err error) {
	if by.Kind != members.RoleCoordinator {
		return 0, oldest, nil
	}
	return countDenied(ctx, s.db, by.Cooperative)
}

// Answered is what a coordinator said to a member who denied an absence.
type Answered struct {
	At   time.Time
	By   string // their name
	Why  string
	Gone bool // the reason cannot be read any more
}

// AbsenceAnswer gives why it stays, to the member and the coordinators. It returns
// members.ErrNotFound where nobody said so and to everybody else, and
// members.ErrNoKey.
func (s *Service) AbsenceAnswer(ctx context.Context, by members.Actor, engagement EngagementID) (a Answered, err error) {
	w, err := findAnyWork(ctx, s.db, by.Cooperative, engagement)
	if err != nil {
		return a, err
	}
	if by.Kind != members.RoleCoordinator && (by.Kind != members.RoleMember || by.Member != w.Member) {
		return a, members.ErrNotFound
	}
	a, sealed, err := findUpheld(ctx, s.db, by.Cooperative, engagement)
	if err != nil {
		return a, err
	}
	return a, s.people.OpenAll(ctx, s.db, []members.SealedText{
		{Person: w.person, Column: upheldColumn(engagement), Sealed: sealed, Into: &a.Why, Gone: &a.Gone},
	})
}
