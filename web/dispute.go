package web

import (
	"net/http"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// showDispute handles GET /engagements/:engagement/dispute.
func showDispute(r *request) error {
	f := r.emptyForm()
	if r.actor.Kind == members.RoleMember { // the client gives as much
		f.set("hours", hoursOf(r.work.Sheet.Worked))
		f.set("minutes", minutesOf(r.work.Sheet.Worked%time.Hour))
	}
	return r.disputePage(http.StatusOK, f)
}

func hoursOf(d time.Duration) string { return minutesOf(d / 60) }

func (r *request) disputePage(status int, f *form) error {
	if w := r.work; !w.Over(r.web.Now()) {
		return jobs.ErrNotOver
	} else if !w.MayAnswer(r.actor, r.web.Now()) || w.Sheet.State == jobs.SheetEmpty {
		return jobs.ErrNotTheirTurn
	}
	return r.page(status, r.t("dispute.title"), disputeBody(r, r.work, f))
}

// disputeHours handles POST /engagements/:engagement/dispute.
func disputeHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	d := jobs.Disputing{Undisputed: f.worked("hours", "minutes"), Reason: f.lines("reason")}
	if !f.bad() {
		if err := f.wrong(r.web.Jobs.DisputeHours(r.Request.Context(), r.actor, r.work.ID, d)); err != nil {
			return err
		}
		f.move("undisputed", "hours")
	}
	if f.bad() {
		return r.disputePage(http.StatusUnprocessableEntity, f)
	}
	r.flash("dispute.sent")
	return r.to(r.engagementPath())
}

// disputes handles GET /disputes: what waits longest on top.
func disputes(r *request) error {
	list, err := r.web.Jobs.Disputes(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	denied, err := r.web.Jobs.AbsencesDenied(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dispute.waits"), disputesBody(r, list, denied))
}

// seesDispute finds the dispute of the path for the office, or nothing.
func (r *request) seesDispute() error {
	engagement, err := id.Parse[jobs.Engagement](r.Param("engagement"))
	if err != nil {
		return err
	}
	r.dispute, err = r.web.Jobs.DisputeOf(r.Request.Context(), r.actor, engagement)
	return err
}

// showDisputed handles GET /disputes/:engagement.
func showDisputed(r *request) error { return r.disputedPage(http.StatusOK, r.emptyForm()) }

func (r *request) disputedPage(status int, f *form) error {
	return r.page(status, r.t("dispute.office"), disputedBody(r, r.dispute, f))
}

// decideHours handles POST /disputes/:engagement.
func decideHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	d := jobs.Deciding{Worked: f.worked("hours", "minutes"), Reason: f.lines("reason")}
	if !f.bad() {
		err := f.wrong(r.web.Jobs.DecideHours(r.Request.Context(), r.actor, r.dispute.ID, d))
		if err != nil {
			return err
		}
	}
	if f.bad() {
		return r.disputedPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("dispute.decided")
	return r.to("/disputes")
}

// disputeClock is how long there is until it should be decided, or how late it is.
func (r *request) disputeClock(d jobs.Disagreement) string {
	now := r.web.Now()
	if d.Late(now) {
		return r.words.N("review.late", max(1, wholeDays(now.Sub(d.Due()))))
	}
	return r.words.N("review.left", wholeDays(d.Due().Sub(now)))
}

func (r *request) disputeTone(d jobs.Disagreement) ui.Tone {
	switch {
	case d.State == jobs.DisputeDecided:
		return ui.Good
	case d.Late(r.web.Now()):
		return ui.Bad
	default:
		return ui.Waits
	}
}

// disputeTerms are the bounds of what can be decided.
func (r *request) disputeTerms(d jobs.Disagreement) []ui.Term {
	return []ui.Term{
		{Word: r.t("dispute.beyond"), Meaning: r.words.Duration(d.Undisputed)},
		{Word: r.t("dispute.most"), Meaning: r.words.Duration(d.Most)},
	}
}
