package members

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Seen is a skill of which a client says that it went well, and the level that
// the work asked; empty: none in particular.
type Seen struct {
	Skill string
	Asked SkillLevel
}

// level is what was seen of a member who gives themselves that level.
func (s Seen) level(own SkillLevel) SkillLevel {
	if s.Asked == "" || s.Asked.atLeast(own) {
		return own
	}
	return s.Asked
}

// atLeast reports whether the level is not below the other; none is below all.
func (l SkillLevel) atLeast(other SkillLevel) bool {
	return slices.Index(SkillLevels(), l) >= slices.Index(SkillLevels(), other)
}

// ConfirmSkillsTx is ConfirmSkillTx of several skills: each at the level that was
// asked, or the member's own where that is lower. A skill that the member does not
// name is left out, so that nobody learns by it which they name. It gives those
// that are new.
func (s *Service) ConfirmSkillsTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, seen []Seen) (fresh []string, err error) {
	if by.Kind != RoleClient {
		return nil, ErrNotFound
	}
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return nil, err
	}
	seen = slices.SortedFunc(slices.Values(seen), func(a, b Seen) int { return strings.Compare(a.Skill, b.Skill) }) // one order for everybody
	for _, one := range seen {
		is, err := upsertEvidence(ctx, tx, by, m, one, s.now())
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if is {
			fresh = append(fresh, one.Skill)
		}
	}
	for range fresh { // when every row is locked
		if err := s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "skill_confirmed", Ref: "member:" + m.String()}); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}
