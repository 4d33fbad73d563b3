package web

import (
	"strconv"

	"meent/members"
	"meent/web/ui"
)

// field is the field of a form with its texts and what is wrong.
func (a ask) field(r *request, name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Wrong: a.f.problem(name), Value: a.f.typed(name)}
}

func (r *request) levelChoices() (choices []ui.Choice) {
	for _, level := range members.SkillLevels() {
		choices = append(choices, ui.Choice{Value: string(level), Text: r.levelWord(level)})
	}
	return choices
}

func (r *request) loadChoices(part string) (choices []ui.Choice) {
	for n := 1; n <= 5; n++ {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: r.loadWord(part, n)})
	}
	return choices
}

func (r *request) supportChoices() (choices []ui.Choice) {
	for _, s := range members.Supports() {
		choices = append(choices, ui.Choice{Value: string(s), Text: r.words.With("profile.support."+string(s), nil)})
	}
	return choices
}

func (r *request) certificateChoices() (choices []ui.Choice) {
	for _, c := range members.Certificates() {
		choices = append(choices, ui.Choice{Value: string(c), Text: r.words.With("profile.certificate."+string(c), nil)})
	}
	return choices
}

func (r *request) languageChoices() (choices []ui.Choice) {
	for _, l := range members.LanguageLevels() {
		choices = append(choices, ui.Choice{Value: string(l), Text: r.words.With("profile.speaks."+string(l), nil)})
	}
	return choices
}

func (r *request) channelChoices() (choices []ui.Choice) {
	for _, c := range members.Channels() {
		choice := ui.Choice{Value: string(c), Text: r.words.With("profile.channel."+string(c), nil)}
		if c == members.BySMS {
			choice.Hint = r.t("profile.sms_later")
			if r.web.Texts {
				choice.Hint = r.t("profile.sms_confirm")
			}
		}
		choices = append(choices, choice)
	}
	return choices
}

func (r *request) offerChoices() (choices []ui.Choice) {
	for n := 1; n <= members.MostOffersAtOnce; n++ {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: r.words.N("profile.offers_text", n)})
	}
	return choices
}

func (r *request) strengthChoices() []ui.Choice {
	return []ui.Choice{
		{Value: string(members.Must), Text: r.t("profile.must")}, {Value: string(members.Prefer), Text: r.t("profile.prefer")},
		{Value: noMatter, Text: r.t("profile.no_matter")},
	}
}

// abilityGroup is the abilities of one kind.
type abilityGroup struct {
	code string
	list []members.Ability
}

// abilityGroups puts those of one kind together; they come in that order.
func abilityGroups() (groups []abilityGroup) {
	list, _ := members.AbilityList() // of our own file; a test reads it
	for _, a := range list {
		if last := len(groups) - 1; last < 0 || groups[last].code != a.GroupCode {
			groups = append(groups, abilityGroup{code: a.GroupCode})
		}
		groups[len(groups)-1].list = append(groups[len(groups)-1].list, a)
	}
	return groups
}

func abilityFields() (names []string) {
	for _, group := range abilityGroups() {
		for _, a := range group.list {
			names = append(names, "ability-"+a.Code)
		}
	}
	return names
}

// abilityField is one of them; what was not answered does not matter.
func (a ask) abilityField(r *request, one members.Ability) ui.Field {
	f := a.field(r, "ability-"+one.Code, one.Label(r.words.Locale))
	f.Class = "row"
	if f.Value == "" {
		f.Value = noMatter
	}
	return f
}

// chosenIn are the codes that a field holds, known or not.
func (f *form) chosenIn(field string) map[string]bool {
	chosen := map[string]bool{}
	for _, code := range f.values[field] {
		chosen[code] = true
	}
	return chosen
}

// timeField asks for a time of day.
func (a ask) timeField(r *request, name, label string) ui.Field {
	f := a.field(r, name, label)
	f.Mode, f.Class, f.Complete, f.Most, f.Free = "text", "short", "off", 9, true
	return f
}

// numberField asks for a small number of something.
func (a ask) numberField(r *request, name, label, unit string) ui.Field {
	f := a.field(r, name, label)
	f.Mode, f.Class, f.Complete, f.Most, f.Unit = "numeric", "short", "off", 2, unit
	return f
}
