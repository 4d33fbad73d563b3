package members

import (
	"context"
	"time"

	"meent/internal/id"
)

// RestrictionID identifies a restriction.
type RestrictionID = id.Of[Restriction]

// Restriction keeps a person from taking anything new in one cooperative. It is
// the word of a named coordinator, with a reason; no task, timer or rule makes
// one.
type Restriction struct {
	ID              RestrictionID
	Cooperative     id.Cooperative
	CooperativeName string
	Person          PersonID
	By              string
	Why             string
	At              time.Time
	Lifted          time.Time // zero: it holds
	LiftedBy        string
	LiftedWhy       string
	Gone            bool // of the reasons, what is empty cannot be read any more
}

// Holds reports whether it has not ended.
func (r Restriction) Holds() bool { return r.Lifted.IsZero() }

// RestrictionChanged is the task that tells a person that they were restricted,
// or are not any more.
type RestrictionChanged struct {
	Restriction RestrictionID
	Cooperative id.Cooperative
}

// Kind names the task.
func (RestrictionChanged) Kind() string { return "members.restriction_changed" }

// Restriction gives one of the person's own, in whichever cooperative. It
// returns ErrNotFound for somebody else's, and ErrNoKey.
func (s *Service) Restriction(ctx context.Context, by Actor, restriction RestrictionID) (Restriction, error) {
	kept, err := findRestriction(ctx, s.db, by.Person, restriction)
	if err != nil {
		return Restriction{}, err
	}
	opened, err := s.openRestrictions(ctx, []keptRestriction{kept})
	return opened[0], err
}

// Restrictable is a person as the office sees them that may restrict them.
type Restrictable struct {
	Person PersonID
	Name   string
	Roles  []Role        // in the cooperative
	Past   []Restriction // the newest first; the first may hold
}

// Now is the restriction that holds, or the zero one.
func (r Restrictable) Now() Restriction {
	if len(r.Past) > 0 && r.Past[0].Holds() {
		return r.Past[0]
	}
	return Restriction{}
}

// Restrictable gives a person of the acting coordinator's cooperative, with what
// was decided about them. It returns ErrNotFound for everybody else, and to
// everybody else, and ErrNoKey.
func (s *Service) Restrictable(ctx context.Context, by Actor, person PersonID) (r Restrictable, err error) {
	if by.Kind != RoleCoordinator {
		return r, ErrNotFound
	}
	if r, err = findRestrictable(ctx, s.db, by.Cooperative, person); err != nil {
		return r, err
	}
	kept, err := listRestrictions(ctx, s.db, by.Cooperative, person)
	if err != nil {
		return r, err
	}
	r.Past, err = s.openRestrictions(ctx, kept)
	return r, err
}

// ToldRestriction gives a restriction without its reasons and its person, for
// who tells them. It returns ErrNotFound.
func (s *Service) ToldRestriction(ctx context.Context, c id.Cooperative, restriction RestrictionID) (Restriction, Person, error) {
	return findToldRestriction(ctx, s.db, c, restriction)
}
