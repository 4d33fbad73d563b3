package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
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

// findPlaceTx finds the code of the place that n names, where it has none. Of
// places that share a name the client's own counts; otherwise none does.
func (n *NewGig) findPlaceTx(ctx context.Context, tx pgx.Tx, by members.Actor, p *check.Problems) error {
	if n.PlaceCode != "" || p.At("place") {
		return nil
	}
	found, err := findPlaces(ctx, tx, by.Cooperative, n.Client, n.Place)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		p.Add("place", "unknown_place", nil)
	case len(found) == 1 || found[0].own:
		n.PlaceCode = found[0].code
	default:
		p.Add("place", "several_places", map[string]any{"Names": names(found)})
	}
	return nil
}

// skillProblemsTx asks for skills of the vocabulary.
func (n NewGig) skillProblemsTx(ctx context.Context, tx pgx.Tx, p *check.Problems) error {
	if p.At("skills") {
		return nil
	}
	known, err := knowsSkills(ctx, tx, n.Skills)
	if err == nil && !known {
		p.Add("skills", "not_a_choice", nil)
	}
	return err
}
