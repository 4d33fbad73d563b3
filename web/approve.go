package web

import (
	"errors"

	"meent/internal/id"
	"meent/jobs"
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
		case w.Sheet.Worked == w.Shift.Worked():
			a.same = append(a.same, w)
		default:
			a.other = append(a.other, w)
		}
	}
	return a, rest
}

// approveHours handles POST /hours/agree: all hours that the page showed as
// planned. A member does not change hours while they wait for the client; those
// that were answered elsewhere meanwhile are left as they are.
func approveHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	list := f.values["engagement"]
	if len(list) == 0 || len(list) > mostApproved {
		return errForm // nobody types it
	}
	done := 0
	for _, text := range list {
		engagement, err := id.Parse[jobs.Engagement](text)
		if err != nil {
			return errForm
		}
		switch err := r.web.Jobs.AgreeHours(r.Request.Context(), r.actor, engagement); {
		case err == nil:
			done++
		case !errors.Is(err, jobs.ErrNotTheirTurn):
			return err
		}
	}
	if done < len(list) {
		r.flash("approve.some")
	} else {
		r.flash("approve.done")
	}
	return r.to("/home")
}
