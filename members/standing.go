package members

import (
	"context"
	"time"

	"meent/internal/id"
)

// Standing is where one member stands with the cooperative, for its office.
type Standing struct {
	Member     MemberID
	Person     PersonID
	Name       string
	Email      Email
	PlaceName  string
	Membership Membership
	TrialUntil Day                      // the last day of the last trial; may be empty
	Since      map[Membership]time.Time // when each state last began
	MovedBy    string                   // who made the last move; empty: nobody of the office
	Consent    Consent
	ConsentDay Day    // of the document
	ReferredBy string // the municipality; may be empty
}

// Standing gives one member of the acting coordinator's cooperative. It returns
// ErrNotFound to everybody else.
func (s *Service) Standing(ctx context.Context, by Actor, m MemberID) (Standing, error) {
	if by.Kind != RoleCoordinator {
		return Standing{}, ErrNotFound
	}
	return findStanding(ctx, s.db, by.Cooperative, m)
}

// News is where a member stands and who is concerned, for who tells them.
type News struct {
	CooperativeName string
	Membership      Membership
	TrialUntil      Day
	Member          Person
	Coordinators    []Person
}

// News gives it afresh. It returns ErrNotFound.
func (s *Service) News(ctx context.Context, c id.Cooperative, m MemberID) (News, error) {
	n, err := findNews(ctx, s.db, c, m)
	if err != nil {
		return n, err
	}
	n.Coordinators, err = listPeopleOf(ctx, s.db, c, RoleCoordinator)
	return n, err
}
