package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// Profile is what a member shows of themselves.
type Profile struct {
	Name        string
	Email       Email
	PlaceCode   string
	PlaceName   string
	ReachMetres int
	Travel      Travel
	Skills      []Skill
}

// ProfileChange is what a member may change in the profile.
type ProfileChange struct {
	Name        string
	Place       string // the name of a place, or its code
	ReachMetres int
	Travel      Travel
}

func (c ProfileChange) problems() check.Problems {
	var p check.Problems
	p.Text("name", c.Name, 1, 80)
	p.Text("place", c.Place, 1, 80)
	p.Between("reach", c.ReachMetres, MinReach, MaxReach)
	check.OneOf(&p, "travel", c.Travel, Travels()...)
	return p
}

// Profile gives the acting member's own profile. It returns ErrNotFound to
// everybody who is not a member.
func (s *Service) Profile(ctx context.Context, by Actor) (Profile, error) {
	profile, err := findProfile(ctx, s.db, by)
	if err != nil {
		return Profile{}, err
	}
	profile.Skills, err = listSkillsOf(ctx, s.db, by)
	return profile, err
}

// ChangeProfile stores the acting member's own profile. It returns
// check.Problems, and ErrNotFound to everybody who is not a member.
func (s *Service) ChangeProfile(ctx context.Context, by Actor, c ProfileChange) error {
	c.Name, c.Place = strings.TrimSpace(c.Name), strings.TrimSpace(c.Place)
	problems := c.problems()
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		place, err := c.placeTx(ctx, tx, &problems)
		if err == nil {
			err = problems.Err()
		}
		if err != nil {
			return err
		}
		return updateProfile(ctx, tx, by, place, c)
	})
}

// placeTx finds the code of the place; what cannot be a name is not looked up.
func (c ProfileChange) placeTx(ctx context.Context, tx pgx.Tx, p *check.Problems) (code string, err error) {
	if p.At("place") {
		return "", nil
	}
	code, err = findPlaceTx(ctx, tx, c.Place)
	if err == nil && code == "" {
		p.Add("place", "unknown_place", nil)
	}
	return code, err
}
