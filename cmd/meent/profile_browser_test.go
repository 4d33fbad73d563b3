package main

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/members"
)

// typed is what somebody does on one question: to which field they go by Tab,
// and what they press there.
type typed struct{ field, keys string }

// byKeyboard answers each question by keyboard.
func byKeyboard() map[members.Question][]typed {
	return map[members.Question][]typed{
		members.SkillsQuestion:      {{".checks summary", " "}, {`input[name="skills"]`, " "}},
		members.LevelsQuestion:      {{"select", kb.ArrowDown}},
		members.LearnQuestion:       {{"textarea", "Ik wil leren lassen."}},
		members.WeekQuestion:        {{"#day-0-0-from", "9"}, {"#day-0-0-until", "17"}},
		members.HoursQuestion:       {{"#wanted", "12"}, {"#most", "16"}},
		members.AbilitiesQuestion:   {{`input[name="ability-quiet-place"]`, kb.ArrowUp}},
		members.LoadQuestion:        {{`input[name="physical"]`, " "}, {`input[name="sensory"]`, " "}, {`input[name="mental"]`, " "}},
		members.SupportQuestion:     {{`input[name="support"]`, " "}},
		members.CertificateQuestion: {{`input[name="certificate"]`, " "}},
		members.LanguagesQuestion:   {{`input[name="dutch"]`, " "}, {`input[name="english"]`, " "}},
		members.RoomQuestion:        {{"#room", "450"}},
		members.ContactQuestion:     {{`input[name="channel"]`, " "}},
		members.NoteQuestion:        {{"textarea", "Bel mij liever niet."}},
	}
}

// answersAll answers one question after the other by keyboard, and reads that
// everything was kept.
func (v *visitor) answersAll() {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/profile"))
	v.tabTo("main a.button.main")
	v.press("\r", "/profile/name")
	questions := members.Questions()
	for i, q := range questions {
		for _, one := range byKeyboard()[q] {
			v.tabTo("main form " + one.field)
			v.run(chromedp.KeyEvent(one.keys))
		}
		if q != members.SkillsQuestion { // where the Enter key on a box saves what is there
			v.tabTo("main form .button.main")
		}
		next := "/profile"
		if i+1 < len(questions) {
			next += "/" + string(questions[i+1])
		}
		v.press("\r", next)
	}
	text := v.text("main")
	for _, says := range []string{"Gelukt. Je profiel is bewaard.", "Ik wil leren lassen.", "9.00", "12 uur in een week, hoogstens 16 uur", "Ik werk op een rustige plek.",
		"Heel licht werk", "Nee, ik werk zelf", "450,00", "Per mail", "Bel mij liever niet."} {
		if !strings.Contains(text, says) {
			v.t.Errorf("the profile does not say %q", says)
		}
	}
	if strings.Contains(text, "Nog niets verteld") {
		v.t.Errorf("something was not kept:\n%s", text)
	}
}
