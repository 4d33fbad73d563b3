package web

import (
	"net/http"
	"strconv"

	"meent/members"
	"meent/members/coaching"
)

// showScore handles GET /progress/score: three questions about this week, and
// what the member said before.
func showScore(r *request) error {
	f := r.emptyForm()
	list, err := r.web.Coaching.Scores(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	if len(list) > 0 && list[0].Week == coaching.WeekOf(r.web.Now()) { // said already: they may say it anew
		f.set("feel", strconv.Itoa(list[0].Feel))
		f.set("work", strconv.Itoa(list[0].Work))
		f.set("next", strconv.Itoa(list[0].Next))
	}
	return r.scorePage(http.StatusOK, list, f)
}

// giveScore handles POST /progress/score.
func giveScore(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	var n coaching.NewScore
	for field, answer := range map[string]*int{"feel": &n.Feel, "work": &n.Work, "next": &n.Next} {
		*answer, _ = strconv.Atoi(f.text(field)) // none is 0, which the domain refuses
	}
	if err := f.wrong(r.web.Coaching.GiveScore(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		list, err := r.web.Coaching.Scores(r.Request.Context(), r.actor)
		if err != nil {
			return err
		}
		return r.scorePage(http.StatusUnprocessableEntity, list, f)
	}
	r.flash("score.given")
	return r.to("/progress/score")
}

// removeScore handles POST /progress/score/remove: one week, or all of them.
func removeScore(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	if week := f.text("week"); week == "all" {
		err = r.web.Coaching.RemoveScores(ctx, r.actor)
	} else {
		err = r.web.Coaching.RemoveScore(ctx, r.actor, members.Day(week))
	}
	if err != nil {
		return err
	}
	r.flash("score.removed")
	return r.to("/progress/score")
}

func (r *request) scorePage(status int, list []coaching.SelfScore, f *form) error {
	return r.page(status, r.t("score.title"), scoreBody(r, list, f))
}

// answerWord is an answer as a word.
func (r *request) answerWord(answer int) string {
	return r.words.With("score.answer."+[]string{"none", "worst", "poor", "fair", "good", "best"}[max(0, min(answer, coaching.HighestScore))], nil)
}

// mouth is that of the face of an answer, as an SVG path: from a bow down to a bow
// up.
func mouth(answer int) string {
	return "M15 31Q24 " + strconv.Itoa(31+(answer-3)*5) + " 33 31"
}
