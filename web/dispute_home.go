package web

import (
	"time"

	"meent/jobs"
	"meent/web/ui"
)

// waitingDisputes is how many disputes wait for the office, and how old the oldest
// is.
type waitingDisputes struct {
	count, days int
	office      int // hours that the office answers, and work that cannot be billed
	tone        ui.Tone
}

func (r *request) waitingDisputes() (w waitingDisputes, err error) {
	count, oldest, err := r.web.Jobs.DisputesWaiting(r.Request.Context(), r.actor)
	if err != nil {
		return w, err
	}
	if w.office, err = r.countOfficeHours(); err != nil || count == 0 {
		return w, err
	}
	age := r.web.Now().Sub(oldest)
	w.count, w.days, w.tone = count, int(age/(24*time.Hour)), ui.Waits
	if age >= jobs.DisputeWithin {
		w.tone = ui.Bad
	}
	return w, nil
}
