package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members/coaching"
)

// showReleases handles GET /caseload/:member/releases: to whom the member shows
// themselves with their coach.
func showReleases(r *request) error {
	f := r.emptyForm()
	r.usualUntil(f)
	return r.releasesPage(http.StatusOK, f)
}

func (r *request) releasesPage(status int, f *form) error {
	list, clients, err := r.web.Coaching.ReleasesOf(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(status, r.t("shown.of", "Name", r.member.Name), releasesBody(r, list, clients, f))
}

// askRelease handles POST /caseload/:member/releases: the coach's key first.
func askRelease(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	err = r.web.Coaching.AskToShow(r.Request.Context(), r.actor, r.member.Member, f.releaseOf())
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.releasesPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("shown.asked")
	return r.to(r.timelinePath() + "/releases")
}

// agreeRelease handles POST /caseload/:member/releases/:release/yes.
func agreeRelease(r *request) error {
	release, err := id.Parse[coaching.Release](r.Param("release"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.AgreeAsCoach(r.Request.Context(), r.actor, r.member.Member, release); err != nil {
		return err
	}
	r.flash("shown.coach_agreed")
	return r.to(r.timelinePath() + "/releases")
}

// stopRelease handles POST /caseload/:member/releases/:release/stop.
func stopRelease(r *request) error {
	release, err := id.Parse[coaching.Release](r.Param("release"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.StopAsCoach(r.Request.Context(), r.actor, r.member.Member, release); err != nil {
		return err
	}
	r.flash("shown.coach_stopped")
	return r.to(r.timelinePath() + "/releases")
}
