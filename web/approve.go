package web

import (
	"errors"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/payments"
)

// mostApproved is how many hours are approved at once: what one page shows.
const mostApproved = 100

// approval is hours of members that wait for the client.
type approval struct {
	same  []jobs.Work // as planned
	other []jobs.Work
}

// approvals parts what waits for the client's answer from the other works.
func (r *request) approvals(works []jobs.Work) (a approval, rest []jobs.Work) {
	for _, w := range works {
		switch {
		case r.workState(w) != "yours":
			rest = append(rest, w)
		case w.AsPlanned():
			a.same = append(a.same, w)
		default:
			a.other = append(a.other, w)
		}
	}
	return a, rest
}

// approveHours handles POST /hours/agree: all hours that the page showed as
// planned. Those that are not as planned any more, or were answered elsewhere
// meanwhile, are left as they are, and named.
func approveHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	list := f.values["engagement"]
	if len(list) == 0 || len(list) > mostApproved {
		return errForm // nobody types it
	}
	engagements := make([]jobs.EngagementID, len(list))
	for i, text := range list {
		if engagements[i], err = id.Parse[jobs.Engagement](text); err != nil {
			return errForm
		}
	}
	failed := r.web.Jobs.AgreeAll(r.Request.Context(), r.actor, engagements)
	for _, one := range failed {
		if !leftAlone(one.Err) {
			return one.Err
		}
	}
	if len(failed) > 0 {
		return r.notApprovedPage(failed)
	}
	r.flash("approve.done")
	return r.to("/home")
}

// leftAlone reports whether hours stay as they are for a reason that the page
// names; the others are agreed all the same.
func leftAlone(err error) bool {
	return slices.ContainsFunc([]error{jobs.ErrNotTheirTurn, jobs.ErrOtherHours, payments.ErrMinor, payments.ErrBelowFloor, payments.ErrNoFigure},
		func(reason error) bool { return errors.Is(err, reason) })
}

// notApprovedPage says which hours could not be agreed.
func (r *request) notApprovedPage(failed []jobs.NotAgreed) error {
	var works []jobs.Work
	for _, one := range failed {
		w, err := r.web.Jobs.Work(r.Request.Context(), r.actor, one.Engagement)
		if err != nil {
			return err
		}
		works = append(works, w)
	}
	return r.page(http.StatusConflict, r.t("approve.some_title"), notApprovedBody(r, works))
}
