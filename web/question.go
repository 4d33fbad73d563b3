package web

import (
	"net/http"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// shownQuestions is how many of their own questions a member sees.
const shownQuestions = 20

// showCoachAsk handles GET /coach/ask: what to ask, and what was asked before.
func showCoachAsk(r *request) error {
	f := r.emptyForm()
	f.set("from", r.web.ownPage(r.Query("from")))
	return r.coachAskPage(http.StatusOK, f)
}

// sendQuestion handles POST /coach/ask.
func sendQuestion(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	f.set("from", r.web.ownPage(f.text("from")))
	_, err = r.web.Coaching.Ask(r.Request.Context(), r.actor, coaching.NewQuestion{Text: f.text("text"), Page: f.text("from")})
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.coachAskPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("question.sent")
	return r.to("/coach/ask")
}

func (r *request) coachAskPage(status int, f *form) error {
	coach, err := r.web.Coaching.CoachOf(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	list, err := r.web.Coaching.Asked(r.Request.Context(), r.actor, shownQuestions)
	if err != nil {
		return err
	}
	return r.page(status, r.t("question.ask"), coachAskBody(r, coach, list, f))
}

// questions handles GET /questions: what waits for an answer, what waits longest
// on top.
func questions(r *request) error {
	list, err := r.web.Coaching.Questions(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("question.title"), questionsBody(r, list, r.emptyForm()))
}

// answerQuestion handles POST /questions/:question/answer.
func answerQuestion(r *request) error {
	question, err := id.Parse[coaching.Question](r.Param("question"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	err = f.wrong(r.web.Coaching.Answer(r.Request.Context(), r.actor, question, f.text(answerField(question))))
	if err != nil {
		return err
	}
	if f.bad() {
		return r.answerAgain(question, f)
	}
	r.flash("question.answered")
	return r.to("/questions")
}

// answerAgain shows the page with what is wrong at the question's own field.
func (r *request) answerAgain(question coaching.QuestionID, f *form) error {
	list, err := r.web.Coaching.Questions(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	for _, q := range list {
		if q.ID == question {
			f.move("answer", answerField(question))
			return r.page(http.StatusUnprocessableEntity, r.t("question.title"), questionsBody(r, list, f))
		}
	}
	return members.ErrNotFound
}

// answerField is the field for an answer; each question on the page has one.
func answerField(question coaching.QuestionID) string { return "answer-" + question.String() }

func answerFields(list []coaching.Question) (fields []string) {
	for _, q := range list {
		fields = append(fields, answerField(q.ID))
	}
	return fields
}

// askedPage says on which page a question was asked, or nothing.
func (r *request) askedPage(page string) string {
	if page == "" {
		return ""
	}
	key := "question.page." + strings.Split(page, "/")[1]
	if name := r.words.With(key, nil); name != key {
		return r.t("question.about", "Page", name)
	}
	return ""
}

// openGig is the page when those who answer may see it too: only a gig's is.
func openGig(page string) string {
	if fits("/gigs/:gig", page) {
		return page
	}
	return ""
}

func (r *request) waits(since time.Time) string {
	return r.t("question.waits", "Time", r.age(r.web.Now().Sub(since)))
}

// questionFacts are from whom, since when, and about what.
func (r *request) questionFacts(q coaching.Question) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconWait, Text: r.waits(q.Asked)}}
	if page := r.askedPage(q.Page); page != "" {
		facts = append(facts, ui.Fact{Icon: ui.IconInfo, Text: page})
	}
	return facts
}

// freshAnswers picks the questions that wait, and those with an answer of the last two
// weeks: what a first page shows.
func (r *request) freshAnswers(list []coaching.Question) (fresh []coaching.Question) {
	for _, q := range list {
		if q.Open() || r.web.Now().Sub(q.Answered) < 14*24*time.Hour {
			fresh = append(fresh, q)
		}
	}
	return fresh
}
