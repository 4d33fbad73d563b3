package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Profile is what a member tells of themselves, without what they confided.
// What is zero, or nil, was not told.
type Profile struct {
	Name        string
	Email       Email
	PlaceCode   string
	PlaceName   string
	ReachMetres int
	Travel      Travel
	Skills      []OwnSkill
	Goals       []Skill
	Abilities   Abilities
	Load        Load
	Support     Support
	Week        *Week
	Hours       Hours
	Room        *Room
	Languages   Languages
	Certificate Certificate
	ContactWays ContactWays // without the phone number
	Exceptions  []Exception
	Progress    Progress
}

// OwnSkill is a skill of a member, and who saw it.
type OwnSkill struct {
	Skill
	Level SkillLevel
	Seen  []Evidence
}

// Evidence is somebody who saw that the member can do it, at this level or a
// higher one.
type Evidence struct {
	By   RoleID
	Name string
	Kind RoleKind
	At   time.Time
}

// Confidences is what a member confided, in the clear.
type Confidences struct {
	Phone     string
	LearnText string
	CoachNote string
}

// Profile gives the acting member's own profile. It returns ErrNotFound to
// everybody who is not a member.
func (s *Service) Profile(ctx context.Context, by Actor) (Profile, error) {
	return findProfile(ctx, s.db, by.Cooperative, by.Member, DayOf(s.now()))
}

// Confidences gives what the acting member confided. It returns ErrNotFound to
// everybody who is not a member.
func (s *Service) Confidences(ctx context.Context, by Actor) (c Confidences, err error) {
	if by.Member.IsZero() {
		return c, ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		c, err = s.confidencesTx(ctx, tx, by.Person, by.Cooperative)
		return err
	})
	return c, err
}

// ReadProfileTx gives the profile of a member who lets the acting role read it,
// with what they confided, and notes that it was read. It returns ErrNotGranted.
func (s *Service) ReadProfileTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID) (p Profile, c Confidences, err error) {
	if _, err = s.ReadTx(ctx, tx, by, m, ProfileScope); err != nil {
		return p, c, err
	}
	if p, err = findProfile(ctx, tx, by.Cooperative, m, DayOf(s.now())); err != nil {
		return p, c, err
	}
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return p, c, err
	}
	c, err = s.confidencesTx(ctx, tx, person, by.Cooperative)
	return p, c, err
}

func (s *Service) confidencesTx(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative) (c Confidences, err error) {
	for _, one := range []struct {
		what Confided
		in   id.Cooperative
		into *string
	}{{Phone, id.Cooperative{}, &c.Phone}, {LearnText, in, &c.LearnText}, {CoachNote, in, &c.CoachNote}} {
		if *one.into, err = s.ConfidedTx(ctx, tx, person, one.in, one.what); err != nil {
			return Confidences{}, err
		}
	}
	return c, nil
}

// EraseProfileTx deletes all that a member told in this cooperative: the plain
// answers and what they confided to it. Their phone number and birth date are
// the person's: see DestroyKeyTx.
func (s *Service) EraseProfileTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) error {
	return deleteProfile(ctx, tx, c, m)
}
