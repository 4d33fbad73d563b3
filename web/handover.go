package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// handedOver is whose hand-over a page is about, as a coach or the office sees it.
type handedOver struct {
	member     members.MemberID
	name       string
	path, back string // where the forms go, and what is above
	is         coaching.HandOver
	colleagues []coaching.Coach
	ticks      bool // the actor is the coach who hands over
}

// caseloadHandOver handles GET /caseload/:member/handover.
func caseloadHandOver(r *request) error {
	return r.handOverPage(http.StatusOK, r.handedByCoach(), r.emptyForm())
}

// moveCaseloadHandOver handles POST /caseload/:member/handover.
func moveCaseloadHandOver(r *request) error { return r.moveHandOver(r.handedByCoach()) }

// memberHandOver handles GET /members/:member/handover.
func memberHandOver(r *request) error {
	return r.handOverPage(http.StatusOK, r.handedByOffice(), r.emptyForm())
}

// moveMemberHandOver handles POST /members/:member/handover.
func moveMemberHandOver(r *request) error { return r.moveHandOver(r.handedByOffice()) }

func (r *request) handedByCoach() handedOver {
	return handedOver{member: r.member.Member, name: r.member.Name, path: r.timelinePath() + "/handover", back: r.timelinePath(), ticks: true}
}

func (r *request) handedByOffice() handedOver {
	at := "/members/" + r.stands.Member.String()
	return handedOver{member: r.stands.Member, name: r.stands.Name, path: at + "/handover", back: at}
}

// moveHandOver proposes one, notes what is done of the checklist, or takes the
// proposal back.
func (r *request) moveHandOver(h handedOver) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.text("do") == "" {
		return r.proposeHandOver(h, f)
	}
	over, err := id.Parse[coaching.HandOver](f.text("handover"))
	if err != nil {
		return errForm // nobody types it
	}
	if f.text("do") == "withdraw" {
		err = r.web.Coaching.WithdrawHandOver(r.Request.Context(), r.actor, over)
	} else {
		err = r.web.Coaching.TickHandOver(r.Request.Context(), r.actor, over, ticked(f))
	}
	if err := f.wrong(err); err != nil {
		return err
	}
	return r.handOverMoved(h, f, "handover.noted")
}

func ticked(f *form) (done []coaching.Tick) {
	for _, tick := range f.values["ticked"] {
		done = append(done, coaching.Tick(tick))
	}
	return done
}

func (r *request) proposeHandOver(h handedOver, f *form) error {
	if f.looksMedical("words") {
		return r.handOverPage(http.StatusUnprocessableEntity, h, f)
	}
	n := coaching.NewHandOver{Reason: coaching.EndReason(f.text("reason")), Words: f.text("words")}
	n.To, _ = id.Parse[members.Role](f.text("to")) // nobody is refused by the domain
	n.Day, _ = f.day("day")
	_, err := r.web.Coaching.ProposeHandOver(r.Request.Context(), r.actor, h.member, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	return r.handOverMoved(h, f, "handover.proposed")
}

func (r *request) handOverMoved(h handedOver, f *form, news string) error {
	if f.bad() {
		return r.handOverPage(http.StatusUnprocessableEntity, h, f)
	}
	r.flash(news)
	return r.to(h.path)
}

func (r *request) handOverPage(status int, h handedOver, f *form) (err error) {
	ctx := r.Request.Context()
	if h.is, err = r.web.Coaching.HandOver(ctx, r.actor, h.member); err != nil {
		return err
	}
	if h.colleagues, err = r.web.Coaching.Colleagues(ctx, r.actor); err != nil {
		return err
	}
	h.ticks = h.ticks && h.is.State.Open()
	return r.page(status, r.t("handover.title", "Name", h.name), handOverBody(r, h, f))
}

// showCoachHandOver handles GET /coach/handover: another coach is proposed, and
// the member decides.
func showCoachHandOver(r *request) error {
	is, err := r.web.Coaching.HandOver(r.Request.Context(), r.actor, r.actor.Member)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("handover.own_title"), coachHandOverBody(r, is))
}

// answerHandOver handles POST /coach/handover. Who has another coach from now on
// is led to where keys are given: the new one has none.
func answerHandOver(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	over, err := id.Parse[coaching.HandOver](f.text("handover"))
	if answer := f.text("answer"); err != nil || answer != "yes" && answer != "no" {
		return errForm
	}
	ctx := r.Request.Context()
	if err := r.web.Coaching.AnswerHandOver(ctx, r.actor, over, f.text("answer") == "yes"); err != nil {
		return err
	}
	is, err := r.web.Coaching.HandOver(ctx, r.actor, r.actor.Member)
	if err != nil {
		return err
	}
	r.flash("handover.said_" + string(is.State))
	if is.State == coaching.HandOverDone {
		return r.to("/sharing")
	}
	return r.to("/coach/handover")
}

func (r *request) handOverState(s coaching.HandOverState) string {
	return r.words.With("handover.state."+string(s), nil)
}

// ownHandOverState says it to the member themselves.
func (r *request) ownHandOverState(s coaching.HandOverState) string {
	return r.words.With("handover.mine."+string(s), nil)
}

func handOverTone(s coaching.HandOverState) ui.Tone {
	switch s {
	case coaching.HandOverProposed:
		return ui.Waits
	case coaching.HandOverAgreed, coaching.HandOverDone:
		return ui.Good
	}
	return ui.Neutral
}

// handOverTerms are what is proposed.
func (r *request) handOverTerms(is coaching.HandOver) []ui.Term {
	terms := []ui.Term{
		{Word: r.t("handover.from"), Meaning: is.From.Name},
		{Word: r.t("handover.to"), Meaning: is.To.Name},
		{Word: r.t("handover.day"), Meaning: r.words.DayOf(is.Day)},
		{Word: r.t("handover.reason"), Meaning: r.words.With("handover.why."+string(is.Reason), nil)},
	}
	switch {
	case is.Gone:
		terms = append(terms, ui.Term{Word: r.t("handover.words"), Meaning: r.t("handover.gone")})
	case is.Words != "":
		terms = append(terms, ui.Term{Word: r.t("handover.words"), Meaning: is.Words})
	}
	return append(terms, ui.Term{Word: r.t("handover.by"), Meaning: is.By})
}

func (r *request) tickChoices(is coaching.HandOver) (choices []ui.Choice) {
	for _, tick := range coaching.Ticks() {
		choices = append(choices, ui.Choice{Value: string(tick), Text: r.words.With("handover.tick."+string(tick), nil), Chosen: is.Has(tick)})
	}
	return choices
}

func (r *request) endReasonChoices() (choices []ui.Choice) {
	for _, reason := range coaching.EndReasons() {
		choices = append(choices, ui.Choice{Value: string(reason), Text: r.words.With("handover.why."+string(reason), nil)})
	}
	return choices
}

// colleagueChoices are the coaches to choose from; nobody is chosen at first.
func (r *request) colleagueChoices(list []coaching.Coach) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("member.choose_coach")}}
	for _, c := range list {
		choices = append(choices, ui.Choice{Value: c.Role.String(), Text: c.Name})
	}
	return choices
}

// datePart is one of the three fields of a date.
func (r *request) datePart(f *form, field, part string) ui.Field {
	return ui.Field{Name: field + "-" + part, Label: r.words.With("newgig."+part, nil), Value: f.typed(field + "-" + part)}
}
