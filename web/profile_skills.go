package web

import (
	"strings"

	"meent/jobs"
	"meent/members"
)

type skillGroup = jobs.SkillGroup

func (k known) skillCodes() (codes []string) {
	for _, s := range k.Skills {
		codes = append(codes, s.Code)
	}
	return codes
}

func saysSkills(r *request, k known) (lines []string) {
	for _, s := range k.Skills {
		lines = append(lines, s.Label(r.words.Locale))
	}
	return lines
}

func beginLevels(f *form, k known) {
	for _, s := range k.Skills {
		f.set("level-"+s.Code, string(s.Level))
	}
}

func readLevels(f *form, k known) members.Answer {
	levels := members.Levels{}
	for _, s := range k.Skills {
		levels[s.Code] = members.SkillLevel(f.text("level-" + s.Code))
	}
	return levels
}

func levelNames(k known) (names []string) {
	for _, s := range k.Skills {
		names = append(names, "level-"+s.Code)
	}
	return names
}

func saysLevels(r *request, k known) (lines []string) {
	for _, s := range k.Skills {
		line := s.Label(r.words.Locale) + ": " + r.levelWord(s.Level)
		for _, e := range s.Seen {
			line += ". " + r.t("profile.confirmed", "Name", e.Name)
		}
		lines = append(lines, line)
	}
	return lines
}

func (r *request) levelWord(l members.SkillLevel) string {
	return r.words.With("profile.level."+strings.ReplaceAll(string(l), " ", "_"), nil)
}

// theirLevel is levelWord, of somebody else.
func (r *request) theirLevel(l members.SkillLevel) string {
	return r.words.With("shown.level."+strings.ReplaceAll(string(l), " ", "_"), nil)
}

func beginGoals(f *form, k known) {
	for _, s := range k.Goals {
		f.values.Add("goals", s.Code)
	}
	f.set("text", k.LearnText)
}

func readGoals(f *form, _ known) members.Answer {
	return members.Goals{Skills: f.values["goals"], Text: f.lines("text")}
}

func saysGoals(r *request, k known) (lines []string) {
	for _, s := range k.Goals {
		lines = append(lines, s.Label(r.words.Locale))
	}
	return append(lines, some(k.LearnText)...)
}

func beginLanguages(f *form, k known) {
	f.set("dutch", string(k.Languages.Dutch))
	f.set("english", string(k.Languages.English))
}

func readLanguages(f *form, _ known) members.Answer {
	return members.Languages{Dutch: members.LanguageLevel(f.text("dutch")), English: members.LanguageLevel(f.text("english"))}
}

func saysLanguages(r *request, k known) []string {
	if k.Languages.Dutch == "" {
		return nil
	}
	return []string{
		r.t("profile.dutch") + ": " + r.words.With("profile.speaks."+string(k.Languages.Dutch), nil),
		r.t("profile.english") + ": " + r.words.With("profile.speaks."+string(k.Languages.English), nil),
	}
}
