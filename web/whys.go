package web

import (
	"errors"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// seesGigOrOffer finds the gig of the path: an open one, or one for which the member was
// asked, or asked, whatever became of it.
func (r *request) seesGigOrOffer() error {
	if err := r.seesGig(); !errors.Is(err, members.ErrNotFound) {
		return err
	}
	gig, err := id.Parse[jobs.Gig](r.Param("gig"))
	if err != nil {
		return err
	}
	has, err := r.web.Matching.HasOffer(r.Request.Context(), r.actor, gig)
	if err != nil {
		return err
	}
	if !has {
		return members.ErrNotFound
	}
	r.gig, err = r.web.Jobs.GigOf(r.Request.Context(), r.actor, gig)
	return err
}

// showAskWhy handles GET /gigs/:gig/why: what stops the member at a shift, and a person
// to ask why.
func showAskWhy(r *request) error {
	return r.askWhyPage(http.StatusOK, r.Query("shift"), r.emptyForm())
}

func (r *request) askWhyPage(status int, shift string, f *form) error {
	v, err := r.askedWhy(shift)
	if err != nil {
		return err
	}
	f.set("shift", v.shift.ID.String())
	return r.page(status, r.t("why.ask_title"), askWhyBody(r, v, f))
}

// askedWhy is a shift about which a member asks.
type askedWhy struct {
	shift jobs.Shift
	stops []matching.Rule
}

// askedWhy finds the shift of the gig; where none is named that one at which the
// least stops the member, or the first.
func (r *request) askedWhy(named string) (v askedWhy, err error) {
	chances, err := r.web.Matching.Chances(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return v, err
	}
	best, said := matching.BestOf(chances)
	for _, s := range r.gig.Shifts {
		at := slices.IndexFunc(chances, func(c matching.Chance) bool { return c.Shift == s.ID })
		fits := at >= 0 && said && chances[at].State == "" && len(chances[at].Stops) == len(best)
		if s.ID.String() == named || named == "" && (v.shift.ID.IsZero() && (fits || !said)) {
			v.shift = s
			if at >= 0 {
				v.stops = chances[at].Stops
			}
		}
	}
	if v.shift.ID.IsZero() {
		return v, members.ErrNotFound
	}
	return v, nil
}

// askWhy handles POST /gigs/:gig/why.
func askWhy(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	v, err := r.askedWhy(f.text("shift"))
	if err != nil {
		return err
	}
	n := matching.NewReview{Shift: v.shift.ID, Words: f.lines("words"), Shows: f.text("shows") == "yes"}
	review, err := r.web.Matching.AskReview(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.askWhyPage(http.StatusUnprocessableEntity, f.text("shift"), f)
	}
	r.flash("why.asked")
	return r.to("/reviews/why/" + review.String())
}

// whys handles GET /whys: what a member asked, what a coach looks at, and all of the
// office.
func whys(r *request) error {
	open, answered, err := r.web.Matching.Reviews(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("why.title"), whysBody(r, open, answered))
}

// seesWhy finds the review of the path for who asked, who looks and the office.
func (r *request) seesWhy() error {
	review, err := id.Parse[matching.Review](r.Param("why"))
	if err != nil {
		return err
	}
	r.reviewed, err = r.web.Matching.Review(r.Request.Context(), r.actor, review)
	return err
}

// showWhy handles GET /reviews/why/:why.
func showWhy(r *request) error { return r.whyPage(http.StatusOK, r.emptyForm()) }

func (r *request) whyPage(status int, f *form) error {
	seen, err := r.seesMended(r.reviewed)
	if err != nil {
		return err
	}
	return r.page(status, r.t("why.single"), whyBody(r, r.reviewed, seen, f))
}

// seesMended reports that who asked can open the gig now for which something was mended.
func (r *request) seesMended(v matching.Review) (bool, error) {
	if !r.asksWhy(v) || v.Outcome != matching.Mended {
		return false, nil
	}
	_, err := r.web.Jobs.Gig(r.Request.Context(), r.actor, v.Gig)
	if errors.Is(err, members.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// takeWhy handles POST /reviews/why/:why/take.
func takeWhy(r *request) error {
	if err := r.web.Matching.TakeReview(r.Request.Context(), r.actor, r.reviewed.ID); err != nil {
		return err
	}
	r.flash("review.taken_flash")
	return r.to(whyPath(r.reviewed))
}

// answerWhy handles POST /reviews/why/:why/answer.
func answerWhy(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.looksMedical("answer") {
		return r.whyPage(http.StatusUnprocessableEntity, f)
	}
	err = r.web.Matching.AnswerReview(r.Request.Context(), r.actor, r.reviewed.ID, matching.Outcome(f.text("outcome")), f.lines("answer"))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.whyPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("review.answered_flash")
	return r.to(whyPath(r.reviewed))
}

func whyPath(v matching.Review) string { return "/reviews/why/" + v.ID.String() }

// whyClock is how long there is until the answer, or how late it is.
func (r *request) whyClock(v matching.Review) (text string, tone ui.Tone) {
	now := r.web.Now()
	switch {
	case !v.Open():
		return r.words.With("why.outcome."+string(v.Outcome), nil), ui.Good
	case v.Late(now):
		return r.words.N("review.late", max(1, wholeDays(now.Sub(v.Due)))), ui.Bad
	default:
		return r.words.N("review.left", wholeDays(v.Until(now))), ui.Waits
	}
}

// whyFacts are what it is about; in a list its heading says the name or the work already.
func (r *request) whyFacts(v matching.Review, listed bool) (facts []ui.Fact) {
	if !listed && !r.asksWhy(v) {
		facts = append(facts, ui.Fact{Icon: ui.IconPerson, Text: r.t("back.asked_by", "Name", v.Name)})
	}
	if v.Open() {
		facts = append(facts, ui.Fact{Icon: ui.IconCalendar, Text: r.t("review.until", "Moment", r.words.LongDate(v.Due)+", "+r.words.Time(v.Due))})
	}
	looks := r.t("review.taker", "Name", v.Looks)
	if v.Open() && !v.Able {
		looks = r.t("why.left", "Name", v.Looks)
	}
	about := v.Title + ", " + v.ClientName
	if listed && r.asksWhy(v) {
		about = v.ClientName
	}
	return append(facts, ui.Fact{Icon: ui.IconPerson, Text: looks}, ui.Fact{Icon: ui.IconGig, Text: about},
		ui.Fact{Icon: ui.IconClock, Text: r.words.LongDate(v.Shift.Starts) + ", " + r.words.Span(v.Shift.Starts, v.Shift.Ends)})
}

// asksWhy reports that the actor is who asked.
func (r *request) asksWhy(v matching.Review) bool {
	return r.actor.Kind == members.RoleMember && r.actor.Member == v.Member
}

// mayAnswerWhy and mayTakeWhy say what the actor can do.
func (r *request) mayAnswerWhy(v matching.Review) bool {
	return v.Answers && !r.actor.Restricted()
}

func (r *request) mayTakeWhy(v matching.Review) bool {
	return v.Takes && !r.actor.Restricted()
}

// whyOutcomes are the answers that who looks can give.
func (r *request) whyOutcomes(v matching.Review) (choices []ui.Choice) {
	for _, outcome := range matching.Outcomes() {
		ahead := v.Shift.Starts.After(r.web.Now()) && v.Offer.IsZero() && r.actor.Kind == members.RoleCoordinator
		if outcome != matching.Offered || ahead {
			choices = append(choices, ui.Choice{Value: string(outcome), Text: r.words.With("why.do."+string(outcome), nil)})
		}
	}
	return choices
}
