package matching

import (
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// Demands is what the work asks beside its skills' codes.
type Demands struct {
	Asked       []jobs.AskedSkill // how well, and whether it is required; what is not here is useful
	Certificate bool              // a VOG, a document: nothing here says why somebody has none
	Step        coaching.WorkStep
	Form        members.WorkForm
	Loads       members.Load          // on body, senses and head; zero: not said
	Dutch       members.LanguageLevel // empty: not said
	Abilities   []string              // codes of what the work is like
}

// Fitness is what of that is known of a member.
type Fitness struct {
	Levels      map[string]members.SkillLevel // by code; what is not here is can
	Certificate bool                          // in hand
	Step        coaching.WorkStep             // empty: on no step, and not limited
	Tried       bool                          // was on trial or worked at this client before
}

// demandRules are those that come of what a gig asks.
func demandRules() []Rule { return []Rule{CertificateRule, StepRule, TrialRule} }

func (r Rule) demandHolds(c Candidate, w Work) bool {
	switch r {
	case CertificateRule:
		return !w.Demands.Certificate || c.Fitness.Certificate
	case StepRule:
		return c.Fitness.Step.Reaches(w.Demands.Step)
	case TrialRule:
		return w.Form != members.TrialPlacement || !c.Tried
	default:
		return r.railHolds(c, w)
	}
}

// asked is how a skill of the work is asked.
func (d Demands) asked(code string) jobs.AskedSkill {
	for _, a := range d.Asked {
		if a.Code == code {
			return a
		}
	}
	return jobs.AskedSkill{Skill: members.Skill{Code: code}, Need: jobs.Useful, Level: members.Can}
}

// level is how well the member does a skill that they have.
func (f Fitness) level(code string) members.SkillLevel {
	if level, ok := f.Levels[code]; ok {
		return level
	}
	return members.Can
}

// canDo reports whether the member can do what is asked: every required skill,
// or, where none is required, one of the useful ones.
func (c Candidate) canDo(w Work) bool {
	has, required := map[string]bool{}, 0
	for _, code := range c.shared(w) {
		has[code] = true
	}
	for _, a := range w.Asked {
		if a.Need != jobs.Required {
			continue
		}
		required++
		if !has[a.Code] {
			return false
		}
	}
	return required > 0 || len(w.Skills) == 0 || len(has) > 0
}
