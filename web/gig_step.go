package web

import (
	"cmp"
	"slices"
	"strings"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// step is one of the three pages on which a gig is described.
type step string

// The steps, as they stand in the path.
const (
	stepWhat  step = "what"
	stepWhen  step = "when"
	stepPrice step = "price"
)

func gigSteps() []step { return []step{stepWhat, stepWhen, stepPrice} }

// number is from 1.
func (s step) number() int { return slices.Index(gigSteps(), s) + 1 }

// asks reports whether the step asks for this field.
func (s step) asks(field string) bool { return s == stepOf(field) }

// stepOf is where a field is filled in.
func stepOf(field string) step {
	switch {
	case field == "rate", field == "form":
		return stepPrice
	case field == "place", field == "address", strings.HasPrefix(field, "shift"):
		return stepWhen
	default:
		return stepWhat
	}
}

func stepPath(gig jobs.GigID, s step) string { return "/gigs/" + gig.String() + "/" + string(s) }

// runsGig finds the gig of the path for those who run it: its client's contacts
// and the coordinators.
func (r *request) runsGig() error {
	if err := r.seesGig(); err != nil {
		return err
	}
	if !r.runs() {
		return members.ErrNotFound
	}
	return nil
}

// draft reports whether nobody has seen the gig yet.
func (g *gigForm) draft() bool { return g.gig.State == jobs.Draft }

// gigForm is the form of one step.
type gigForm struct {
	*form
	step   step
	gig    jobs.Gig        // as it stands
	rows   int             // of the second step that are shown, from 1
	rowsOf []int           // the row of each of its shifts
	shifts []jobs.NewShift // as they were read
	more   *addingForm     // of the second step: a series, or copies of a week
}

// stepForm reads what was sent to the step.
func (r *request) stepForm(s step) (*gigForm, error) {
	f, err := r.form()
	return &gigForm{form: f, step: s, gig: r.gig}, err
}

// begunStep is the step as it stands. After ?check= it says what is missing.
func (r *request) begunStep(s step, fill func(*gigForm)) (*gigForm, error) {
	if r.gig.State == jobs.Done || r.gig.State == jobs.Cancelled {
		if asks, err := r.asksRaise(s); err != nil || !asks {
			return nil, cmp.Or(err, error(jobs.ErrGigOver))
		}
	}
	switch {
	case r.gig.State != jobs.Draft && s == stepWhen:
		return nil, jobs.ErrPosted
	}
	g := &gigForm{form: r.emptyForm(), step: s, gig: r.gig}
	fill(g)
	if r.Query("check") == "" {
		return g, nil
	}
	missing, err := r.web.Jobs.Missing(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return nil, err
	}
	return g, g.wrong(slices.DeleteFunc(missing, func(p check.Problem) bool { return !s.asks(p.Field) }))
}

// asksRaise reports whether the step can raise what the law keeps off a bill, of a
// gig that is over.
func (r *request) asksRaise(s step) (bool, error) {
	if s != stepPrice {
		return false, nil
	}
	return r.web.Jobs.AsksRaise(r.Request.Context(), r.actor, r.gig.ID)
}

// pressed reports which button sent the form.
func (f *form) pressed(button string) bool { return f.values.Has(button) }

// discardGig handles POST /gigs/:gig/discard.
func discardGig(r *request) error {
	if err := r.web.Jobs.Discard(r.Request.Context(), r.actor, r.gig.ID); err != nil {
		return err
	}
	r.flash("newgig.discarded")
	return r.to("/gigs")
}

// stepLinks are the three steps, of which each can be looked at.
func (g *gigForm) stepLinks() (links []ui.Link) {
	r := g.request
	for _, s := range gigSteps() {
		links = append(links, ui.Link{Text: r.words.With("newgig.tab."+string(s), nil), Path: stepPath(g.gig.ID, s), Current: s == g.step})
	}
	return links
}

// changed leads back to an open gig after a change.
func (r *request) changed() error {
	r.flash("changed.done")
	return r.to("/gigs/" + r.gig.ID.String())
}

// frozenTerms are what decided who was asked.
func (r *request) frozenTerms(g jobs.Gig) []ui.Term {
	return []ui.Term{
		{Word: r.t("gig.load"), Meaning: r.gigLoad(g.Load)},
		{Word: r.t("gig.help"), Meaning: r.yesNo(g.SupportOnSite, "gig.help_yes", "gig.help_no")},
		{Word: r.t("gig.together"), Meaning: r.yesNo(g.WithOthers, "gig.together_yes", "gig.together_no")},
	}
}

// draftTitle is the title, which a draft may not have yet.
func (r *request) draftTitle(title string) string {
	if title == "" {
		return r.t("newgig.untitled")
	}
	return title
}

// draftPath leads to the first step of a gig that is not done.
func draftPath(g jobs.Gig) string {
	return unfinishedPath(jobs.Unfinished{ID: g.ID, Planned: len(g.Shifts) > 0,
		Described: g.Title != "" && g.Description != "" && g.Load != "" && g.Support != nil && g.Others != nil})
}

// unfinishedPath leads to where somebody was with a draft.
func unfinishedPath(u jobs.Unfinished) string {
	switch {
	case !u.Described:
		return stepPath(u.ID, stepWhat)
	case !u.Planned:
		return stepPath(u.ID, stepWhen)
	default:
		return stepPath(u.ID, stepPrice)
	}
}
