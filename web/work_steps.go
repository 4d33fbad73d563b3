package web

import (
	"net/http"

	"meent/members"
	"meent/members/coaching"
)

// moveWorkStep handles POST /caseload/:member/progress/steps: the coach puts the
// member on a step of the ladder of work.
func moveWorkStep(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.looksMedical("why") {
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	err = r.web.Coaching.MoveWorkStep(r.Request.Context(), r.actor, r.progressMember(), coaching.WorkStep(f.text("workstep")), f.lines("why"))
	if err := f.wrong(err); err != nil {
		return err
	}
	f.move("step", "workstep")
	if f.bad() {
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("worksteps.moved")
	return r.to(r.progressPath() + "#worksteps")
}

// moveSays says who moved, and when.
func (r *request) moveSays(w coaching.WorkStepMove) string {
	return r.t("worksteps.by", "Name", w.ByName, "Day", r.words.DayOf(members.DayOf(w.At)))
}
