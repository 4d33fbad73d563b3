package jobs

import (
	"context"

	"meent/members"
)

// SkillGroup is a part of the vocabulary of skills.
type SkillGroup struct {
	Code   string
	NL, EN string
	Skills []members.Skill
}

// Label is the group's name in the language.
func (g SkillGroup) Label(l members.Locale) string {
	if l == members.English {
		return g.EN
	}
	return g.NL
}

// SkillGroups lists what a gig may ask, in the order of the Dutch words.
func (s *Service) SkillGroups(ctx context.Context) ([]SkillGroup, error) {
	return listSkillGroups(ctx, s.db)
}

// PlaceNames suggests places for a gig: near the acting contact's client, or,
// to a coordinator, near any client. Where places share a name, the
// municipality stands behind it.
func (s *Service) PlaceNames(ctx context.Context, by members.Actor) ([]string, error) {
	return listPlaceNames(ctx, s.db, by)
}
