package web

import (
	"slices"
	"strconv"
	"strings"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// fillAsks shows what the gig asks.
func (g *gigForm) fillAsks() {
	asks := g.gig.Needs
	for _, s := range asks.Skills {
		g.set(needField(s.Code), needValue(s))
	}
	g.values["abilities"] = asks.Abilities
	for part, n := range map[string]int{"physical": asks.Loads.Physical, "sensory": asks.Loads.Sensory, "mental": asks.Loads.Mental} {
		if n > 0 {
			g.set(part, strconv.Itoa(n))
		}
	}
	g.set("dutch", string(asks.Dutch))
	g.set("ladder", string(asks.Step))
	if asks.Certificate {
		g.set("certificate", "yes")
	}
}

// asks reads the fields. Loads are said together or not at all.
func (g *gigForm) asks() jobs.Asks {
	a := jobs.Asks{Abilities: g.values["abilities"], Dutch: members.LanguageLevel(g.text("dutch")), Step: coaching.WorkStep(g.text("ladder")),
		Certificate: g.text("certificate") == "yes"}
	for _, code := range g.values["skills"] {
		need, level, _ := strings.Cut(g.text(needField(code)), " ")
		if need != "" {
			a.Skills = append(a.Skills, jobs.AskedSkill{Skill: members.Skill{Code: code}, Need: jobs.Need(need), Level: members.SkillLevel(level)})
		}
	}
	if g.text("physical")+g.text("sensory")+g.text("mental") != "" {
		a.Loads = members.Load{Physical: g.choice("physical"), Sensory: g.choice("sensory"), Mental: g.choice("mental")}
	}
	return a
}

func needField(code string) string { return "need-" + code }

func needValue(s jobs.AskedSkill) string {
	if s.Need == jobs.Useful {
		return string(jobs.Useful)
	}
	return string(s.Need) + " " + string(s.Level)
}

// needChoices are how much a skill can be needed. Useful is at no level: of useful
// skills some are enough, also for who is learning.
func (r *request) needChoices() []ui.Choice {
	choices := []ui.Choice{{Value: string(jobs.Useful), Text: r.t("gigasks.useful")}}
	for _, level := range members.SkillLevels() {
		choices = append(choices, ui.Choice{Value: string(jobs.Required) + " " + string(level),
			Text: r.words.With("gigasks.required_"+strings.ReplaceAll(string(level), " ", "_"), nil)})
	}
	return choices
}

// chosenList are the chosen skills that the vocabulary knows.
func (g *gigForm) chosenList() (list []members.Skill) {
	all, _ := members.Skills() // of our own file; a test reads it
	for _, s := range all {
		if slices.Contains(g.values["skills"], s.Code) {
			list = append(list, s)
		}
	}
	return list
}

// hasChoices are what work can be like.
func (g *gigForm) hasChoices() (choices []ui.Choice) {
	list, _ := members.AbilityList()
	for _, a := range list {
		choices = append(choices, ui.Choice{Value: a.Code, Text: g.request.likeWord(a.Code), Chosen: slices.Contains(g.values["abilities"], a.Code)})
	}
	return choices
}

func (r *request) likeWord(code string) string { return r.words.With("gighas."+code, nil) }

// unsaid puts the choice not to say it before the others.
func (r *request) unsaid(choices []ui.Choice) []ui.Choice {
	return append([]ui.Choice{{Text: r.t("gigasks.unsaid")}}, choices...)
}

func (r *request) gigLoadChoices(part string) (choices []ui.Choice) {
	for n := 1; n <= 5; n++ {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: r.words.With("gigload_"+part+".l"+strconv.Itoa(n), nil)})
	}
	return r.unsaid(choices)
}

func (r *request) dutchChoices() (choices []ui.Choice) {
	for _, l := range members.LanguageLevels() {
		choices = append(choices, ui.Choice{Value: string(l), Text: r.words.With("gigdutch."+string(l), nil)})
	}
	return r.unsaid(choices)
}

func (r *request) workStepChoices() (choices []ui.Choice) {
	for _, s := range coaching.WorkSteps() {
		choices = append(choices, ui.Choice{Value: string(s), Text: r.workStep(s)})
	}
	return choices
}

// workStep names a step of the ladder of work.
func (r *request) workStep(s coaching.WorkStep) string {
	return r.words.With("workstep."+string(s), nil)
}

// asksTerms say in plain words what a gig asks, to everybody who sees it.
func (r *request) asksTerms(g jobs.Gig) (terms []ui.Term) {
	add := func(word, meaning string) { terms = append(terms, ui.Term{Word: word, Meaning: meaning}) }
	if l := g.Needs.Loads; l != (members.Load{}) {
		for _, one := range []struct {
			part string
			n    int
		}{{"physical", l.Physical}, {"sensory", l.Sensory}, {"mental", l.Mental}} {
			add(r.words.With("profile.load."+one.part, nil), r.words.With("gigload_"+one.part+".l"+strconv.Itoa(one.n), nil))
		}
	}
	if g.Needs.Dutch != "" {
		add(r.t("gigasks.dutch"), r.words.With("gigdutch."+string(g.Needs.Dutch), nil))
	}
	if g.Needs.Certificate {
		add(r.t("gigasks.certificate_word"), r.t("gigasks.certificate_needed"))
	}
	if g.Needs.Step != "" && g.Needs.Step != coaching.SoloStep {
		add(r.t("gigasks.step"), r.workStep(g.Needs.Step))
	}
	if g.Form != "" {
		add(r.t("gigform.label"), r.workForm(string(g.Form)))
	}
	return terms
}

// skillLines are the skills of a need, a line each; how well only where it says
// more than the heading.
func (r *request) skillLines(g jobs.Gig, need jobs.Need) (lines []string) {
	for _, s := range g.Needs.Of(need) {
		line := s.Label(r.words.Locale)
		if s.Level != members.Can {
			line += ": " + r.words.With("gigasks.level_"+strings.ReplaceAll(string(s.Level), " ", "_"), nil)
		}
		lines = append(lines, line)
	}
	return lines
}

func (r *request) likeWords(codes []string) (words []string) {
	for _, code := range codes {
		words = append(words, r.likeWord(code))
	}
	return words
}
