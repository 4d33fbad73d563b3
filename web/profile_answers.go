package web

import (
	"strings"

	"github.com/a-h/templ"

	"meent/members"
)

// asking is how one question is asked on a page.
type asking struct {
	begin  func(f *form, k known)                // fills in what was told
	read   func(f *form, k known) members.Answer // what cannot be read is a problem of the form
	fields func(r *request, a ask) templ.Component
	names  func(k known) []string             // of the fields, in their order
	says   func(r *request, k known) []string // what was told, in words
}

func only(names ...string) func(known) []string {
	return func(known) []string { return names }
}

// askings maps each question to how it is asked.
func askings() map[members.Question]asking {
	return map[members.Question]asking{
		members.NameQuestion: {
			func(f *form, k known) { f.set("name", k.Name) },
			func(f *form, _ known) members.Answer { return members.OwnName{Name: f.text("name")} },
			nameFields, only("name"), func(_ *request, k known) []string { return []string{k.Name} },
		},
		members.TravelQuestion: {beginTravel, readTravel, travelFields, only("place", "reach", "travel"), saysTravel},
		members.SkillsQuestion: {
			func(f *form, k known) { f.values["skills"] = k.skillCodes() },
			func(f *form, _ known) members.Answer { return members.Skilled(f.values["skills"]) },
			skillsFields, only("skills"), saysSkills,
		},
		members.LevelsQuestion:    {beginLevels, readLevels, levelsFields, levelNames, saysLevels},
		members.LearnQuestion:     {beginGoals, readGoals, goalsFields, only("goals", "text"), saysGoals},
		members.WeekQuestion:      {beginWeek, readWeek, weekFields, weekNames, saysWeek},
		members.HoursQuestion:     {beginHours, readHours, hoursFields, only("wanted", "most"), saysHours},
		members.AbilitiesQuestion: {beginAbilities, readAbilities, abilitiesFields, only("abilities"), saysAbilities},
		members.LoadQuestion:      {beginLoad, readLoad, loadFields, only("physical", "sensory", "mental"), saysLoad},
		members.SupportQuestion: {
			func(f *form, k known) { f.set("support", string(k.Support)) },
			func(f *form, _ known) members.Answer { return members.Support(f.text("support")) },
			supportFields, only("support"), saysSupport,
		},
		members.LanguagesQuestion: {beginLanguages, readLanguages, languagesFields, only("dutch", "english"), saysLanguages},
		members.CertificateQuestion: {
			func(f *form, k known) { f.set("certificate", string(k.Certificate)) },
			func(f *form, _ known) members.Answer { return members.Certificate(f.text("certificate")) },
			certificateFields, only("certificate"), saysCertificate,
		},
		members.RoomQuestion:    {beginRoom, readRoom, roomFields, only("room", "withheld"), saysRoom},
		members.ContactQuestion: {beginContact, readContact, contactFields, only("channel", "phone", "quiet-from", "quiet-until", "offers", "rest"), saysContact},
		members.NoteQuestion: {
			func(f *form, k known) { f.set("note", k.CoachNote) },
			func(f *form, _ known) members.Answer { return members.Note{Text: f.lines("note")} },
			noteFields, only("note"), func(_ *request, k known) []string { return some(k.CoachNote) },
		},
	}
}

// some is a line, where there is one.
func some(line string) []string {
	if line == "" {
		return nil
	}
	return []string{line}
}

// lines is the text of several lines, with the ends of lines as we keep them.
func (f *form) lines(field string) string { return strings.ReplaceAll(f.text(field), "\r\n", "\n") }
