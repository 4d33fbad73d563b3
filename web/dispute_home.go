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
	tone        ui.Tone
}

func (r *request) waitingDisputes() (w waitingDisputes, err error) {
	count, oldest, err := r.web.Jobs.DisputesWaiting(r.Request.Context(), r.actor)
	if err != nil || count == 0 {
		return w, err
	}
	age := r.web.Now().Sub(oldest)
	w = waitingDisputes{count: count, days: int(age / (24 * time.Hour)), tone: ui.Waits}
	if age >= jobs.DisputeWithin {
		w.tone = ui.Bad
	}
	return w, nil
}
