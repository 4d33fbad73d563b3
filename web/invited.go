package web

import (
	"errors"
	"net/http"

	"meent/members"
)

// showInvited handles GET /invited/:secret. It changes nothing, because mail
// programs open links by themselves; a visitor comes back after signing in.
func showInvited(r *request) error {
	invited, err := r.web.Members.InvitedColleague(r.Request.Context(), r.Param("secret"))
	if errors.Is(err, members.ErrInvitationSpent) {
		return r.invitedPage(http.StatusOK, members.InvitedColleague{}, r.t("invited.spent"))
	}
	if err != nil {
		return err
	}
	if r.actor.Person.IsZero() {
		r.rememberNext(r.Request.URL.Path)
	}
	return r.invitedPage(http.StatusOK, invited, "")
}

// acceptInvited handles POST /invited/:secret.
func acceptInvited(r *request) error {
	role, err := r.web.Members.AcceptColleagueInvitation(r.Request.Context(), r.actor, r.Param("secret"))
	switch {
	case errors.Is(err, members.ErrInvitationSpent):
		return r.invitedPage(http.StatusUnprocessableEntity, members.InvitedColleague{}, r.t("invited.spent"))
	case errors.Is(err, members.ErrNotInvited):
		return r.invitedPage(http.StatusUnprocessableEntity, members.InvitedColleague{}, r.t("invited.other_address"))
	case err != nil:
		return err
	}
	r.actAs(role)
	r.flash("invited.welcome")
	return r.to("/home")
}

func (r *request) invitedPage(status int, invited members.InvitedColleague, wrong string) error {
	return r.page(status, r.t("invited.title"), invitedBody(r, invited, wrong))
}
