package web

import (
	"meent/jobs"
	"meent/members"
)

// readBriefing handles POST /engagements/:engagement/briefing: the member read it.
func readBriefing(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	version := f.number("version")
	if f.bad() {
		return errForm
	}
	if err := r.web.Jobs.ReadBriefing(r.Request.Context(), r.actor, r.work.ID, version); err != nil {
		return err
	}
	r.flash("workday.thanks")
	return r.to(r.engagementPath())
}

// workDay is what is told of the day of the engagement of the path.
func (r *request) workDay() (jobs.Day, error) {
	if r.actor.Kind == members.RoleCoordinator { // it is said to those who work and who receive them
		return jobs.Day{}, nil
	}
	return r.web.Jobs.Day(r.Request.Context(), r.actor, r.work.ID)
}
