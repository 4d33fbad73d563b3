package jobs

import (
	"slices"

	"meent/internal/check"
	"meent/members"
	"meent/members/coaching"
)

// Need is how much a gig needs a skill.
type Need string

// The needs. Of useful skills some are enough; with a required one, nobody is
// asked who lacks it.
const (
	Required Need = "required"
	Useful   Need = "useful"
)

// Needs lists them.
func Needs() []Need { return []Need{Required, Useful} }

// AskedSkill is a skill that a gig asks, and how well. To post one only its code
// is needed.
type AskedSkill struct {
	members.Skill
	Need  Need
	Level members.SkillLevel
}

// Enough reports whether somebody who does it at this level does it well enough.
// Who has a useful skill that is asked at no higher level than can also counts
// while they are learning: somebody may learn at work.
func (a AskedSkill) Enough(level members.SkillLevel) bool {
	if a.Need == Useful && a.Level.Rank() <= members.Can.Rank() {
		return true
	}
	return level.Rank() >= a.Level.Rank()
}

// Asks is what a gig asks of who works, and what its work is like.
type Asks struct {
	Skills      []AskedSkill
	Abilities   []string              // codes of what the work is like, in the words of a member's profile; shown, and matched by nobody
	Loads       members.Load          // as a member says what they can bear; zero: not said
	Dutch       members.LanguageLevel // shown; empty: not said
	Certificate bool                  // a certificate of conduct (VOG) is needed
	Step        coaching.WorkStep     // of the ladder of work; empty is solo
}

// Of lists the skills of a need.
func (a Asks) Of(need Need) (list []AskedSkill) {
	for _, s := range a.Skills {
		if s.Need == need {
			list = append(list, s)
		}
	}
	return list
}

// MostRequired is how many skills a gig may require: each keeps people away.
const MostRequired = 3

// settle fills in what was left out, and puts the skills of n.Skills, which are
// useful, with those that it needs.
func (n *NewGig) settle() {
	if n.Needs.Step == "" {
		n.Needs.Step = coaching.SoloStep
	}
	if n.Form == "" {
		n.Form = members.MemberEntrepreneur
	}
	if n.Form == members.TrialPlacement {
		n.Needs.Step, n.Rate = coaching.TrialStep, 0
	}
	n.Needs.Skills = n.mergedSkills()
	for _, a := range n.Needs.Skills {
		if !slices.Contains(n.Skills, a.Code) {
			n.Skills = append(slices.Clone(n.Skills), a.Code)
		}
	}
}

// mergedSkills are the skills of both lists, each once.
func (n NewGig) mergedSkills() (list []AskedSkill) {
	for _, code := range n.Skills {
		n.Needs.Skills = append(slices.Clone(n.Needs.Skills), AskedSkill{Skill: members.Skill{Code: code}})
	}
	for _, a := range n.Needs.Skills {
		if slices.ContainsFunc(list, func(have AskedSkill) bool { return have.Code == a.Code }) {
			continue
		}
		if a.Need == "" {
			a.Need = Useful
		}
		if a.Level == "" {
			a.Level = members.Can
		}
		list = append(list, a)
	}
	return list
}

// problems is what is wrong with it, as far as no table is needed.
func (a Asks) problems(p *check.Problems) {
	for _, s := range a.Skills {
		check.OneOf(p, "need-"+s.Code, s.Need, Needs()...)
		check.OneOf(p, "level-"+s.Code, s.Level, members.SkillLevels()...)
	}
	if len(a.Of(Required)) > MostRequired {
		p.Add("skills", "too_many_required", map[string]any{"Max": MostRequired})
	}
	if a.Loads != (members.Load{}) {
		p.Between("physical", a.Loads.Physical, 1, 5)
		p.Between("sensory", a.Loads.Sensory, 1, 5)
		p.Between("mental", a.Loads.Mental, 1, 5)
	}
	check.OneOf(p, "dutch", a.Dutch, append(members.LanguageLevels(), "")...)
	check.OneOf(p, "step", a.Step, coaching.WorkSteps()...)
	list, err := members.AbilityList()
	for _, code := range a.Abilities {
		if err != nil || !slices.ContainsFunc(list, func(one members.Ability) bool { return one.Code == code }) {
			p.Add("abilities", "not_a_choice", nil)
			return
		}
	}
}
