package web

import (
	"net/http"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// reviews handles GET /reviews: what is due first on top.
func reviews(r *request) error {
	open, answered, err := r.web.Members.Reviews(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("review.title"), reviewsBody(r, open, answered))
}

// seesReview finds the review of the path for who asked it and for the office
// of its cooperative, or nothing.
func (r *request) seesReview() error {
	review, err := id.Parse[members.Review](r.Param("review"))
	if err != nil {
		return err
	}
	r.review, err = r.web.Members.Review(r.Request.Context(), r.actor, review)
	return err
}

// showReview handles GET /reviews/:review.
func showReview(r *request) error { return r.reviewPage(http.StatusOK, r.emptyForm()) }

func (r *request) reviewPage(status int, f *form) error {
	return r.page(status, r.t("review.single"), reviewBody(r, r.review, f))
}

// takeReview handles POST /reviews/:review/take.
func takeReview(r *request) error {
	if err := r.web.Members.TakeReview(r.Request.Context(), r.actor, r.review.ID); err != nil {
		return err
	}
	r.flash("review.taken_flash")
	return r.to(r.reviewPath())
}

// answerReview handles POST /reviews/:review/answer.
func answerReview(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	err = r.web.Members.AnswerReview(r.Request.Context(), r.actor, r.review.ID, members.Outcome(f.text("outcome")), f.text("answer"))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.reviewPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("review.answered_flash")
	return r.to(r.reviewPath())
}

func (r *request) reviewPath() string { return "/reviews/" + r.review.ID.String() }

// aboutThem finds the decision of the path when it is about the person, or
// nothing.
func (r *request) aboutThem() error {
	d, err := members.ParseDecision(r.Param("decision"))
	if err != nil {
		return err
	}
	r.decided, err = r.web.Members.Decided(r.Request.Context(), r.actor, d)
	return err
}

// showAskReview handles GET /reviews/about/:decision; a review that was asked
// is shown itself.
func showAskReview(r *request) error {
	if !r.decided.Review.IsZero() {
		return r.to("/reviews/" + r.decided.Review.String())
	}
	return r.askReviewPage(http.StatusOK, r.emptyForm())
}

func (r *request) askReviewPage(status int, f *form) error {
	return r.page(status, r.t("review.ask_title"), askReviewBody(r, r.decided, f))
}

// askReview handles POST /reviews/about/:decision.
func askReview(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	review, err := r.web.Members.AskReview(r.Request.Context(), r.actor, r.decided.Decision, f.text("words"))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.askReviewPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("review.asked_flash")
	return r.to("/reviews/" + review.String())
}

// clockWord is how long there is until the answer, or how late it is.
func (r *request) clockWord(v members.Review) string {
	if v.Late(r.web.Now()) {
		return r.words.N("review.late", max(1, wholeDays(r.web.Now().Sub(v.Due))))
	}
	return r.words.N("review.left", wholeDays(v.Until(r.web.Now())))
}

// wholeDays counts a day that has begun.
func wholeDays(d time.Duration) int { return int((d + 24*time.Hour - 1) / (24 * time.Hour)) }

func (r *request) clockTone(v members.Review) ui.Tone {
	if v.Late(r.web.Now()) {
		return ui.Bad
	}
	return ui.Waits
}

func (r *request) reviewState(v members.Review) string {
	return r.words.With("review.state."+string(v.State), nil)
}

func (r *request) outcomes() (choices []ui.Choice) {
	for _, outcome := range members.Outcomes() {
		choices = append(choices, ui.Choice{Value: string(outcome), Text: r.words.With("review.outcome."+string(outcome), nil)})
	}
	return choices
}

// decisionWord says what was decided, as the log of deeds does.
func (r *request) decisionWord(what string) string {
	key := "audit.what." + what
	if text := r.words.With(key, nil); what != "" && text != key {
		return text
	}
	return r.t("review.some_decision")
}

// looks reports whether the actor may take the review, and whether it is theirs
// to answer.
func (r *request) looks(p members.ReviewPage) (take, answer bool) {
	office := r.actor.Kind == members.RoleCoordinator && r.actor.Cooperative == p.Cooperative && r.actor.Person != p.AskedBy && !r.actor.Restricted()
	if !office || !p.Open() {
		return false, false
	}
	answer = p.State == members.ReviewTaken && p.TakenBy == r.actor.Person
	free := p.State == members.ReviewAsked || !answer && !p.LateAt.IsZero()
	return free && (r.actor.Person != p.DecidedBy || !p.Others), answer
}
