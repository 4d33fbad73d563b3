package web

import (
	"slices"

	"meent/jobs"
	"meent/members"
)

// stoppedWord says that the client ended the work early, and what is paid in any
// case.
func (r *request) stoppedWord(w jobs.Work) string {
	side := "client"
	if r.actor.Kind == members.RoleMember {
		side = "member"
	}
	if w.Least() == 0 {
		side += "_unpaid"
	}
	return r.words.With("stopped."+side, map[string]any{"Time": r.words.Time(w.StoppedAt), "Least": r.words.Duration(w.Least())})
}

// anyBegun reports whether somebody whose work is called off has begun.
func (r *request) anyBegun(c cancelling) bool {
	return slices.ContainsFunc(c.costs, func(one jobs.Cost) bool { return one.Begun(r.web.Now()) })
}
