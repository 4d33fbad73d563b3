package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

type skillGroup = jobs.SkillGroup

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
		members.RoomQuestion:      {beginRoom, readRoom, roomFields, only("room", "withheld"), saysRoom},
		members.ContactQuestion:   {beginContact, readContact, contactFields, only("channel", "phone", "quiet-from", "quiet-until", "offers", "rest"), saysContact},
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

func beginTravel(f *form, k known) {
	f.set("place", k.PlaceName)
	f.set("reach", strconv.Itoa(k.ReachMetres/1000))
	f.set("travel", string(k.Travel))
}

// A number that could not be read is 0, which the domain refuses too.
func readTravel(f *form, _ known) members.Answer {
	return members.Journey{Place: f.text("place"), ReachMetres: f.kilometres("reach"), Travel: members.Travel(f.text("travel"))}
}

func saysTravel(r *request, k known) []string {
	return []string{k.PlaceName, r.words.With("travel."+string(k.Travel), nil) + ", " + r.t("profile.reach_text", "Distance", r.words.Distance(k.ReachMetres))}
}

// kilometres reads whole kilometres from 1 to 100, as metres.
func (f *form) kilometres(field string) (metres int) {
	n := f.number(field)
	if !f.problems.At(field) {
		f.problems.Between(field, n, 1, members.MaxReach/1000)
	}
	if f.problems.At(field) {
		return 0
	}
	return n * 1000
}

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

func beginHours(f *form, k known) {
	if k.Hours.Wanted > 0 {
		f.set("wanted", strconv.Itoa(k.Hours.Wanted))
		f.set("most", strconv.Itoa(k.Hours.Most))
	}
}

func readHours(f *form, _ known) members.Answer {
	return members.Hours{Wanted: f.number("wanted"), Most: f.number("most")}
}

func saysHours(r *request, k known) []string {
	if k.Hours.Wanted == 0 {
		return nil
	}
	return []string{r.t("profile.hours_text", "Wanted", k.Hours.Wanted, "Most", k.Hours.Most)}
}

func beginAbilities(f *form, k known) {
	for code, strength := range k.Abilities {
		f.set("ability-"+code, string(strength))
	}
}

// readAbilities leaves out what does not matter.
func readAbilities(f *form, _ known) members.Answer {
	abilities := members.Abilities{}
	for field := range f.values {
		code, ok := strings.CutPrefix(field, "ability-")
		if strength := f.text(field); ok && strength != "" && strength != noMatter {
			abilities[code] = members.Strength(strength)
		}
	}
	return abilities
}

// noMatter stands for an ability that is neither needed nor preferred.
const noMatter = "no"

func saysAbilities(r *request, k known) (lines []string) {
	list, _ := members.AbilityList() // of our own file; a test reads it
	for _, strength := range []members.Strength{members.Must, members.Prefer} {
		for _, a := range list {
			if k.Abilities[a.Code] == strength {
				lines = append(lines, a.Label(r.words.Locale)+" "+r.words.With("profile.says."+string(strength), nil))
			}
		}
	}
	return lines
}

func loadParts() []string { return []string{"physical", "sensory", "mental"} }

func (k known) loads() []int { return []int{k.Load.Physical, k.Load.Sensory, k.Load.Mental} }

func beginLoad(f *form, k known) {
	for i, n := range k.loads() {
		if n > 0 {
			f.set(loadParts()[i], strconv.Itoa(n))
		}
	}
}

func readLoad(f *form, _ known) members.Answer {
	return members.Load{Physical: f.choice("physical"), Sensory: f.choice("sensory"), Mental: f.choice("mental")}
}

// choice reads one of a few numbers; nothing chosen is a problem at the field.
func (f *form) choice(field string) int {
	n, err := strconv.Atoi(f.text(field))
	if err != nil {
		f.problems.Add(field, "not_a_choice", nil)
	}
	return n
}

func saysLoad(r *request, k known) (lines []string) {
	for i, n := range k.loads() {
		if part := loadParts()[i]; n > 0 {
			lines = append(lines, r.words.With("profile.load."+part, nil)+": "+r.loadWord(part, n))
		}
	}
	return lines
}

func (r *request) loadWord(part string, n int) string {
	return r.words.With("profile.load_"+part+".l"+strconv.Itoa(n), nil)
}

func saysSupport(r *request, k known) []string {
	if k.Support == "" {
		return nil
	}
	return []string{r.words.With("profile.support."+string(k.Support), nil)}
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

func beginRoom(f *form, k known) {
	switch {
	case k.Room == nil:
	case k.Room.Withheld:
		f.set("withheld", "yes")
	default:
		f.set("room", f.amount(k.Room.Cents))
	}
}

// amount writes an amount as people type it.
func (f *form) amount(cents int) string {
	comma := ","
	if f.request.words.Locale == members.English {
		comma = "."
	}
	return fmt.Sprintf("%d%s%02d", cents/100, comma, cents%100)
}

func readRoom(f *form, _ known) members.Answer {
	if f.text("withheld") == "yes" {
		return members.Room{Withheld: true}
	}
	return members.Room{Cents: int(f.cents("room"))}
}

func saysRoom(r *request, k known) []string {
	switch {
	case k.Room == nil:
		return nil
	case k.Room.Withheld:
		return []string{r.t("profile.withhold")}
	default:
		return []string{r.t("profile.room_text", "Amount", r.words.Money(payments.Cents(k.Room.Cents)))}
	}
}

func beginContact(f *form, k known) {
	f.set("channel", string(k.ContactWays.Channel))
	f.set("phone", k.Phone)
	if quiet := k.ContactWays.Quiet; quiet != nil {
		f.set("quiet-from", f.request.words.Quarter(quiet.From))
		f.set("quiet-until", f.request.words.Quarter(quiet.Until))
	}
	f.set("offers", strconv.Itoa(cmp.Or(k.ContactWays.MostOffers, members.MostOffersAtOnce)))
	f.set("rest", strconv.Itoa(k.ContactWays.RestDays))
}

func readContact(f *form, _ known) members.Answer {
	c := members.ContactWays{Channel: members.Channel(f.text("channel")), Phone: f.text("phone"), MostOffers: f.choice("offers"), RestDays: f.number("rest")}
	if f.text("quiet-from") != "" || f.text("quiet-until") != "" {
		c.Quiet = f.span("quiet-from", "quiet-until")
	}
	return c
}

func saysContact(r *request, k known) []string {
	if k.ContactWays.Channel == "" {
		return nil
	}
	lines := append([]string{r.words.With("profile.channel."+string(k.ContactWays.Channel), nil)}, some(k.Phone)...)
	if k.ContactWays.Quiet != nil {
		lines = append(lines, r.t("profile.quiet_text", "Time", r.words.QuarterSpan(k.ContactWays.Quiet.From, k.ContactWays.Quiet.Until)))
	}
	lines = append(lines, r.words.N("profile.offers_text", k.ContactWays.MostOffers))
	if k.ContactWays.RestDays > 0 {
		lines = append(lines, r.words.N("profile.rest_text", k.ContactWays.RestDays))
	}
	return lines
}
