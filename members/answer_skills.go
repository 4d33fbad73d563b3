package members

import (
	"context"
	"maps"
	"slices"
	"strings"

	"meent/internal/check"
)

// SkillLevel is how well the member does it, in their own eyes.
type SkillLevel string

// The levels, from the least.
const (
	Learning SkillLevel = "learning"
	Can      SkillLevel = "can"
	CanWell  SkillLevel = "well"
	CanTeach SkillLevel = "can teach"
)

// SkillLevels lists them.
func SkillLevels() []SkillLevel { return []SkillLevel{Learning, Can, CanWell, CanTeach} }

// Rank is the place of the level, from 1; 0 for none.
func (l SkillLevel) Rank() int { return slices.Index(SkillLevels(), l) + 1 }

// MostOwnSkills is how many skills one member names.
const MostOwnSkills = 60

// Skilled is what the member can do. A skill that is new counts as can.
type Skilled []string // codes

// Question is what it answers.
func (Skilled) Question() Question { return SkillsQuestion }

func (s Skilled) problems() check.Problems { return codesProblems("skills", s, MostOwnSkills) }

func (s Skilled) storeTx(ctx context.Context, t answering) error {
	return replaceSkills(ctx, t.tx, t.by, s)
}

// Levels is how well the member does what they can. Skills that they did not
// name are left alone.
type Levels map[string]SkillLevel // by code

// Question is what it answers.
func (Levels) Question() Question { return LevelsQuestion }

func (l Levels) problems() (p check.Problems) {
	if p = codesProblems("levels", slices.Collect(maps.Keys(l)), MostOwnSkills); len(p) > 0 {
		return p
	}
	for code, level := range l {
		check.OneOf(&p, "level-"+code, level, SkillLevels()...)
	}
	return p
}

func (l Levels) storeTx(ctx context.Context, t answering) error {
	for code, level := range l {
		if err := updateLevel(ctx, t.tx, t.by, code, level); err != nil {
			return err
		}
	}
	return nil
}

// Goals is what the member wants to learn: skills, and in their own words.
type Goals struct {
	Skills []string // codes
	Text   string   // sealed
}

// How much one member wants to learn, and how long a text is.
const (
	MostGoals = 20
	MostText  = 1000
)

// Question is what it answers.
func (Goals) Question() Question { return LearnQuestion }

func (g Goals) problems() check.Problems {
	p := codesProblems("goals", g.Skills, MostGoals)
	p.Paragraphs("text", g.Text, 0, MostText)
	return p
}

func (g Goals) storeTx(ctx context.Context, t answering) error {
	if err := replaceGoals(ctx, t.tx, t.by, g.Skills); err != nil {
		return err
	}
	return t.ConfideTx(ctx, t.tx, t.by.Person, t.by.Cooperative, LearnText, strings.TrimSpace(g.Text))
}

func codesProblems(field string, codes []string, most int) (p check.Problems) {
	if len(codes) > most {
		p.Add(field, "too_many", map[string]any{"Max": most})
		return p
	}
	skills, err := Skills()
	for _, code := range codes {
		if err != nil || !slices.ContainsFunc(skills, func(s Skill) bool { return s.Code == code }) {
			p.Add(field, "not_a_choice", nil)
			return p
		}
	}
	return p
}
