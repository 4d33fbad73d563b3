package jobs

import (
	"slices"
	"strings"

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
	Abilities   []string              // codes of what the work is like, in the words of a member's profile; a member who must have something else is not asked
	Loads       members.Load          // as a member says what they can bear; zero: not said
	Dutch       members.LanguageLevel // who told that they speak less is not asked; empty: not said
	Certificate bool                  // a certificate of conduct (VOG) is needed
	Step        coaching.WorkStep     // of the ladder of work; empty is solo; a trial placement is always on that of trials
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

// settle fills in what was left out, see What.settle and Rates.settle.
func (n *NewGig) settle() {
	w, r := n.what(), n.rates()
	w.settle()
	r.settle()
	n.Skills, n.Needs, n.Rate, n.Form = w.Skills, w.Needs, r.Rate, r.Form
}

// settle puts the skills of w.Skills, which are useful, with those that the gig
// needs, and the other way round: each list then has all of them.
func (w *What) settle() {
	if w.Needs.Step == "" {
		w.Needs.Step = coaching.SoloStep
	}
	w.Needs.Skills = w.mergedSkills()
	for _, a := range w.Needs.Skills {
		if !slices.Contains(w.Skills, a.Code) {
			w.Skills = append(slices.Clone(w.Skills), a.Code)
		}
	}
}

// mergedSkills are the skills of both lists, each once.
func (w What) mergedSkills() (list []AskedSkill) {
	all := slices.Clone(w.Needs.Skills)
	for _, code := range w.Skills {
		all = append(all, AskedSkill{Skill: members.Skill{Code: code}})
	}
	for _, a := range all {
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

// settle: what is not said is a member who works for their own account; nobody is
// paid for a trial placement.
func (r *Rates) settle() {
	if r.Form == "" {
		r.Form = members.MemberEntrepreneur
	}
	if PayerOf(r.Form) == NobodyPays {
		r.Rate = 0
	}
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
	check.OneOf(p, "ladder", a.Step, coaching.WorkSteps()...)
	list, err := members.AbilityList()
	for _, code := range a.Abilities {
		if err != nil || !slices.ContainsFunc(list, func(one members.Ability) bool { return one.Code == code }) {
			p.Add("abilities", "not_a_choice", nil)
			return
		}
	}
}

// wrong reports whether any of it is.
func (a Asks) wrong(p check.Problems) bool {
	return slices.ContainsFunc(p, func(one check.Problem) bool {
		return slices.Contains([]string{"skills", "abilities", "physical", "sensory", "mental", "dutch", "ladder"}, one.Field) ||
			strings.HasPrefix(one.Field, "need-") || strings.HasPrefix(one.Field, "level-")
	})
}
