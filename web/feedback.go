package web

import (
	"errors"
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// showAfter handles GET /feedback: agreed work, of which one can say something.
func showAfter(r *request) error {
	list, err := r.web.Jobs.AgreedWorks(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("feedback.list"), afterBody(r, list))
}

// showFeedback handles GET /engagements/:engagement/feedback: what both sides said.
func showFeedback(r *request) error { return r.feedbackPage(http.StatusOK, nil) }

// giveFeedback handles POST /engagements/:engagement/feedback.
func giveFeedback(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	err = r.web.Jobs.GiveFeedback(r.Request.Context(), r.actor, r.work.ID, f.feedback())
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.feedbackPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("feedback.given")
	return r.to(r.feedbackPath())
}

// feedback reads the words that were chosen; none is no word.
func (f *form) feedback() jobs.NewFeedback {
	n := jobs.NewFeedback{Skills: map[string]jobs.SkillWord{}, Place: map[jobs.Aspect]jobs.PlaceWord{}, Sentence: f.text("sentence")}
	for name := range f.values {
		word := f.text(name)
		if code, is := cutField(name, "skill-"); is && word != "" {
			n.Skills[code] = jobs.SkillWord(word)
		}
		if aspect, is := cutField(name, "place-"); is && word != "" {
			n.Place[jobs.Aspect(aspect)] = jobs.PlaceWord(word)
		}
	}
	return n
}

// answerFeedback handles POST /engagements/:engagement/feedback/answer.
func answerFeedback(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Jobs.AnswerFeedback(r.Request.Context(), r.actor, r.work.ID, f.text("answer"))); err != nil {
		return err
	}
	if f.bad() {
		return r.feedbackPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("feedback.answered")
	return r.to(r.feedbackPath())
}

// chooseFeedback handles POST /engagements/:engagement/feedback/choose.
func chooseFeedback(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	chosen := f.text("chosen") == "yes"
	if err := r.web.Jobs.ChooseFeedback(r.Request.Context(), r.actor, r.work.ID, chosen); err != nil {
		return err
	}
	said := "feedback.unchosen"
	if chosen {
		said = "feedback.chosen"
	}
	r.flash(said)
	return r.to(r.feedbackPath())
}

// clientFeedback handles GET /clients/:client/feedback: what members said about
// work there, for the office.
func clientFeedback(r *request) error {
	list, err := r.web.Jobs.FeedbackAbout(r.Request.Context(), r.actor, r.client.ID)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("feedback.about", "Client", r.client.Name), clientFeedbackBody(r, list))
}

func (r *request) feedbackPath() string { return r.engagementPath() + "/feedback" }

// feedbackPage begins with what was said, or with what was typed.
func (r *request) feedbackPage(status int, f *form) error {
	p, err := r.web.Jobs.FeedbackOn(r.Request.Context(), r.actor, r.work.ID)
	if err != nil {
		return err
	}
	if f == nil {
		f = r.emptyForm()
		if p.Mine != nil {
			f.saidBefore(*p.Mine)
		}
	}
	return r.page(status, r.t("feedback.title"), feedbackBody(r, p, f))
}

func (f *form) saidBefore(said jobs.Feedback) {
	for _, s := range said.Skills {
		f.set("skill-"+s.Code, string(s.Word))
	}
	for aspect, word := range said.Place {
		f.set("place-"+string(aspect), string(word))
	}
	f.set("sentence", said.Sentence)
}

// feedbackFields are those of the form, in their order.
func feedbackFields(r *request, p jobs.FeedbackPage) (fields []string) {
	if r.actor.Kind == members.RoleClient {
		for _, s := range p.Asked {
			fields = append(fields, "skill-"+s.Code)
		}
		return append(fields, "skills", "sentence", "answer")
	}
	for _, a := range jobs.Aspects() {
		fields = append(fields, "place-"+string(a))
	}
	return append(fields, "place", "sentence", "answer")
}

func (r *request) wentChoices() (choices []ui.Choice) {
	for _, word := range jobs.SkillWords() {
		choices = append(choices, ui.Choice{Value: string(word), Text: r.skillWord(word)})
	}
	return choices
}

func (r *request) skillWord(word jobs.SkillWord) string {
	return r.words.With("feedback.skill."+string(word), nil)
}

func (r *request) placeChoices(a jobs.Aspect) (choices []ui.Choice) {
	for _, word := range jobs.PlaceWords() {
		choices = append(choices, ui.Choice{Value: string(word), Text: r.placeWord(a, word)})
	}
	return choices
}

func (r *request) placeWord(a jobs.Aspect, word jobs.PlaceWord) string {
	return r.words.With("feedback.place."+string(a)+"_"+string(word), nil)
}

// saidLines are the words of one side, a sentence each.
func (r *request) saidLines(said jobs.Feedback) (lines []string) {
	for _, s := range said.Skills {
		lines = append(lines, s.Label(r.words.Locale)+": "+r.skillWord(s.Word))
	}
	for _, a := range jobs.Aspects() {
		if word, has := said.Place[a]; has {
			lines = append(lines, r.words.With("feedback.aspect."+string(a), nil)+": "+r.placeWord(a, word))
		}
	}
	return lines
}

// whyNoFeedback says why one cannot say anything now, or nothing where there is
// nothing to say.
func (r *request) whyNoFeedback(p jobs.FeedbackPage) string {
	switch {
	case errors.Is(p.Why, jobs.ErrNoFeedback):
		return r.t("feedback.not_yet")
	case errors.Is(p.Why, jobs.ErrFeedbackClosed):
		return r.t("feedback.closed")
	default:
		return ""
	}
}

// otherName is whom the other side of the work is.
func (r *request) otherName(w jobs.Work) string {
	if r.actor.Kind == members.RoleClient {
		return members.FirstName(w.MemberName)
	}
	return w.ClientName
}

// settledWork reports whether there is something after the work, to lead to.
func settledWork(w jobs.Work) bool {
	return w.State == jobs.Agreed || w.State == jobs.Billed || w.State == jobs.Paid || w.State == jobs.Closed
}
