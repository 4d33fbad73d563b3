package web

import (
	"errors"
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// showUnsafe handles GET /engagements/:engagement/unsafe: what is unsafe, and what
// became of it.
func showUnsafe(r *request) error { return r.unsafePage(http.StatusOK, r.emptyForm()) }

// reportUnsafe handles POST /engagements/:engagement/unsafe.
func reportUnsafe(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := coaching.NewReport{Ref: r.work.ID.String(), Kind: coaching.ReportKind(f.text("kind")), Text: f.text("text")}
	_, err = r.web.Coaching.Report(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.unsafePage(http.StatusUnprocessableEntity, f)
	}
	r.flash("unsafe.sent")
	return r.to(unsafePath(r.work.ID))
}

func (r *request) unsafePage(status int, f *form) error {
	list, err := r.web.Coaching.OwnReports(r.Request.Context(), r.actor, r.work.ID.String())
	if err != nil {
		return err
	}
	return r.page(status, r.t("unsafe.title"), unsafeBody(r, r.work, list, f))
}

func unsafePath(e jobs.EngagementID) string { return "/engagements/" + e.String() + "/unsafe" }

// unsafeOn is the page on which the member can report this gig as unsafe, or
// nothing when they do not work on it.
func (r *request) unsafeOn(gig jobs.GigID) (path string, err error) {
	if r.actor.Kind != members.RoleMember {
		return "", nil
	}
	e, err := r.web.Jobs.EngagedOn(r.Request.Context(), r.actor, gig)
	if errors.Is(err, members.ErrNotFound) {
		return "", nil
	}
	return unsafePath(e), err
}

// unsafeKinds are what can be unsafe, as a question.
func (r *request) unsafeKinds() (choices []ui.Choice) {
	for _, kind := range coaching.ReportKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.words.With("unsafe.kind."+string(kind), nil)})
	}
	return choices
}
