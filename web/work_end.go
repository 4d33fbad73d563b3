package web

import "meent/jobs"

// workEnd is workState, but for what has words of its own: hours of which a part
// waits for the office, and work that somebody else pays.
func (r *request) workEnd(w jobs.Work) string {
	switch {
	case w.Sheet.State == jobs.Disputed:
		return "disputed"
	case w.State == jobs.Closed:
		return "closed"
	default:
		return r.workState(w)
	}
}
