package web

import (
	"net/http"

	"meent/members"
	"meent/web/ui"
)

// ask is one question of the profile on a page of its own.
type ask struct {
	members.Question
	asking
	k        known
	f        *form
	changing bool // the member came to change this one answer
	skills   []skillGroup
}

// findQuestion reads which question the path names, and what was told so far.
func (r *request) findQuestion() (a ask, err error) {
	a.Question = members.Question(r.Param("question"))
	if a.Number() == 0 {
		return a, members.ErrNotFound
	}
	if r.actor.Helped() && !a.ForHelper() {
		return a, errTheirs
	}
	a.asking = askings()[a.Question]
	if a.k, err = r.known(); err != nil {
		return a, err
	}
	if a.needsSkills() {
		a.skills, err = r.web.Jobs.SkillGroups(r.Request.Context())
	}
	return a, err
}

// needsSkills reports a question that shows the whole vocabulary.
func (a ask) needsSkills() bool {
	return a.Question == members.SkillsQuestion || a.Question == members.LearnQuestion
}

// showProfileQuestion handles GET /profile/:question.
func showProfileQuestion(r *request) error {
	a, err := r.findQuestion()
	if err != nil {
		return err
	}
	a.f, a.changing = r.emptyForm(), r.Query("change") != "" || r.actor.Helped()
	a.begin(a.f, a.k)
	return r.questionPage(http.StatusOK, a)
}

// answerProfile handles POST /profile/:question: it saves, or skips, and goes
// on.
func answerProfile(r *request) error {
	a, err := r.findQuestion()
	if err != nil {
		return err
	}
	if a.f, err = r.form(); err != nil {
		return err
	}
	a.changing = a.f.pressed("change") || r.actor.Helped()
	switch {
	case a.f.pressed("skip"):
		if err := r.web.Members.Skip(r.Request.Context(), r.actor, a.Question); err != nil {
			return err
		}
	case a.f.pressed("copy"):
		a.f.copyMonday()
		return r.questionPage(http.StatusOK, a)
	default:
		if err := r.answer(a); err != nil {
			return err
		}
		if a.f.bad() {
			return r.questionPage(http.StatusUnprocessableEntity, a)
		}
	}
	return r.goOn(a)
}

// answer stores what the form says. What could not be read is not sent to the
// domain, which might take it for another answer.
func (r *request) answer(a ask) error {
	answer := a.read(a.f, a.k)
	if a.f.bad() {
		return nil
	}
	return a.f.wrong(r.web.Members.Answer(r.Request.Context(), r.actor, answer))
}

// goOn leads to the next question that the member did not see yet, or to all of
// them.
func (r *request) goOn(a ask) error {
	if next := a.next(); next != "" {
		return r.to(questionPath(next))
	}
	r.flash("profile.saved")
	return r.to("/profile")
}

func (a ask) next() members.Question {
	if a.changing {
		return ""
	}
	for _, q := range members.Questions()[a.Number():] {
		if a.k.Progress[q] == "" {
			return q
		}
	}
	return ""
}

// before is the page above this one: the question before, or all of them.
func (a ask) before() string {
	if a.changing || a.Number() == 1 {
		return "/profile"
	}
	return questionPath(members.Questions()[a.Number()-2])
}

func (r *request) questionPage(status int, a ask) error {
	return r.page(status, r.questionWord(a.Question, "title"), questionBody(r, a))
}

// save is what the main button says.
func (r *request) save(a ask) ui.Button {
	if a.changing {
		return ui.Button{Text: r.t("form.save"), Icon: ui.IconCheck, Main: true}
	}
	return ui.Button{Text: r.t("profile.save"), Icon: ui.IconRight, Main: true}
}
