package web

import (
	"net/http"

	"github.com/a-h/templ"

	"meent/members"
	"meent/web/ui"
)

// showProfile handles GET /profile: how far the member came, each answer, and
// the way to change it.
func showProfile(r *request) error {
	k, err := r.known()
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("profile.title"), profileBody(r, k))
}

// known is all that a member told, as they and their coach may see it.
type known struct {
	members.Profile
	members.Confidences
}

func (r *request) known() (k known, err error) {
	if k.Profile, err = r.web.Members.Profile(r.Request.Context(), r.actor); err != nil {
		return k, err
	}
	if r.actor.Helped() { // confidences are not for who acts for the member
		return k, nil
	}
	k.Confidences, err = r.web.Members.Confidences(r.Request.Context(), r.actor)
	return k, err
}

// told is what a member said to one question, on a line for each thing.
type told struct {
	question members.Question
	title    string
	lines    []string
	state    members.AnswerState
}

// toldBy lists the questions with what was said.
func (r *request) toldBy(k known) (list []told) {
	for _, q := range members.Questions() {
		if r.actor.Helped() && !q.ForHelper() {
			continue
		}
		list = append(list, told{question: q, title: r.questionWord(q, "short"), lines: askings()[q].says(r, k), state: k.Progress[q]})
	}
	return list
}

// left counts the questions that the member did not see yet.
func (k known) left() (n int) {
	for _, q := range members.Questions() {
		if k.Progress[q] == "" {
			n++
		}
	}
	return n
}

// questionWord says a part of a question's texts.
func (r *request) questionWord(q members.Question, part string) string {
	return r.words.With("profile.q."+string(q)+"."+part, nil)
}

// steps says where the member is: "Vraag 4 van 14".
func (r *request) steps(q members.Question) string {
	return r.t("profile.step", "Number", q.Number(), "Of", len(members.Questions()))
}

func questionPath(q members.Question) string { return "/profile/" + string(q) }

// changePath leads to a question and back again.
func changePath(q members.Question) templ.SafeURL {
	return templ.SafeURL(questionPath(q) + "?change=yes")
}

// travels are the ways to go to work, to choose from.
func (r *request) travels() (choices []ui.Choice) {
	for _, travel := range members.Travels() {
		choices = append(choices, ui.Choice{Value: string(travel), Text: r.words.With("travel."+string(travel), nil)})
	}
	return choices
}
